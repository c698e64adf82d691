"""What can go wrong, and how it is repaired: from the rules and the scenarios of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from mleg_tui.domain.eligibility import CAUSES, CONDITION_LABELS
from mleg_tui.domain.university import OrderPath, University
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.scenarios import Scenario
from mleg_tui.gallery.beginning import NOW, NewStore, founded
from mleg_tui.locale import _, local
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition with its label, and why it may fail, each time with the repair."""

    label: str
    causes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mishap:
    """What people really meet, what it teaches, and the scenario in which it can be practised."""

    title: str
    lesson: str
    scenario: str


def unmet_conditions(university: University) -> tuple[Unmet, ...]:
    """Return the conditions of the university, and how each one is repaired."""
    return tuple(
        Unmet(
            _(CONDITION_LABELS[condition]),
            tuple((_(cause.message), _(cause.repair)) for cause in CAUSES[condition]),
        )
        for condition in university.regulation.conditions
    )


def mishaps(university: University, new_store: NewStore, data: Path | None) -> Iterator[Mishap]:
    """Yield the scenarios that go at this university as they are told: they are played there."""
    known = Scenarios(_services(new_store, data), data).all()
    for scenario in known:
        if scenario.dues and OrderPath.PAYMENTS not in university.paths:
            continue
        if _goes_here(scenario, university, _services(new_store, data)):
            yield Mishap(local(scenario.title), local(scenario.teaches), scenario.id)


def _goes_here(scenario: Scenario, university: University, services: Services) -> bool:
    students = tuple(replace(one, university=university.id) for one in scenario.students)
    moved = msgspec.structs.replace(scenario, students=students)
    return Scenarios(services).play(Administrator(), moved).as_told


def _services(new_store: NewStore, data: Path | None) -> Services:
    return Services(founded(new_store, data), StandingClock(NOW))
