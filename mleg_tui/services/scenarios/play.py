"""Scenarios: which there are, setting one up, and playing it to its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import msgspec

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.services.demo_data import account_of, own_directory
from mleg_tui.services.scenarios.actions import Action, CheckResult, Refresh
from mleg_tui.services.scenarios.expectation import Mismatch, outcome
from mleg_tui.services.scenarios.files import Scenario, named, read
from mleg_tui.services.scenarios.perform import perform
from mleg_tui.services.scenarios.stage import Stage
from mleg_tui.services.services import Services
from mleg_tui.services.session import Authority
from mleg_tui.services.store import Record, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.switches import all_well
from mleg_tui.simulation.world import WORLD_ID, World


@dataclass(frozen=True, slots=True)
class Played:
    """An action that was performed: what it found, how it was refused, what was not as told."""

    action: Action
    found: str | None
    refusal: MlegError | None
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario that was played to its end."""

    scenario: Scenario
    played: tuple[Played, ...]
    at_the_end: tuple[Mismatch, ...]

    @property
    def as_told(self) -> bool:
        """Tell whether everything went as the scenario says."""
        return not self.at_the_end and not any(played.mismatches for played in self.played)


class Scenarios:
    """The scenarios of a directory of demo data, on the store of some services."""

    def __init__(self, services: Services, directory: Path | None = None) -> None:
        self._services = services
        self._directory = directory or own_directory()

    def all(self) -> tuple[Scenario, ...]:
        """Return all scenarios, with days relative to the simulated today."""
        return read(self._directory, self._today())

    def named(self, id: str) -> Scenario:
        """Return a scenario by its name. Raises ``UnknownScenario``."""
        return named(self._directory, self._today(), id)

    def set_up(self, by: Authority, scenario: Scenario) -> tuple[Played, ...]:
        """Put a scenario's people into the store as they are when it begins.

        What these people had is replaced, every switch is put back, and time moves on as far as
        the story needs. Nobody else is touched.
        """
        work = UnitOfWork(self._services.store, self._services.clock, Role.OFFICE)
        work.act(by, lambda work, now: _put(work, scenario, now))
        return tuple(_played(Stage(self._services, scenario.account), scenario.setup))

    def _today(self) -> date:
        return warsaw_date(self._services.time.show().now)

    def play(self, by: Authority, scenario: Scenario) -> Outcome:
        """Set a scenario up and play it to its end. Its services need a clock that stands."""
        before = self.set_up(by, scenario)
        stage = Stage(self._services, scenario.account)
        played = (*before, *_played(stage, scenario.steps))
        return Outcome(scenario, played, tuple(outcome(stage, scenario.expect)))


def _played(stage: Stage, actions: Iterable[Action]) -> Iterator[Played]:
    for action in actions:
        found, refusal = None, None
        try:
            found = perform(action, stage)
        except MlegError as error:
            refusal = error
        stage.remember_codes(action)
        yield Played(action, found, refusal, tuple(_mismatches(action, found, refusal)))


def _mismatches(action: Action, found: str | None, refusal: MlegError | None) -> Iterator[Mismatch]:
    codes = refusal.codes if refusal else ()
    if codes != action.refused:
        yield Mismatch("refused", action.refused, codes)
    said = _said(refusal) if refusal else ""
    if action.says is not None and action.says not in said:
        yield Mismatch("says", action.says, said)
    if isinstance(action, Refresh | CheckResult) and action.sees not in (msgspec.UNSET, found):
        yield Mismatch("sees", action.sees, found)


def _said(error: MlegError) -> str:
    """Return what a refusal says in Polish, which is the language of the messages' ids."""
    errors = error.reasons or (error,)
    return " ".join(
        one.message.format_map({name: _in_polish(part) for name, part in one.details.items()})
        for one in errors
    )


def _in_polish(detail: object) -> object:
    return detail[SOURCE_LANGUAGE] if isinstance(detail, LocalText) else detail


def _put(work: Work, scenario: Scenario, now: datetime) -> None:
    for student in scenario.students:
        _clear(work, student.id)
    password_hash = next(a.password_hash for a in work.select(Account) if a.role is Role.OFFICE)
    for student in scenario.students:
        work.add(student)
        work.add(account_of(student, password_hash))
    for due in scenario.dues:
        work.add(due)
    for payment in scenario.payments:
        work.add(payment)
    world = work.get(World, WORLD_ID)
    faults = all_well(world.faults, now)
    work.save(replace(world, faults=faults, scenario=scenario.id))


def _clear(work: Work, student: str) -> None:
    """Take a student out, with all that is theirs."""
    theirs: tuple[Record, ...] = (
        *work.select(Order, student=student),
        *work.select(Due, student=student),
        *work.select(Payment, student=student),
        *work.select(BankAccount, student=student),
        *work.select(Phone, owner=student),
    )
    known = (work.find(Student, student), work.find(Account, student))
    theirs += tuple(record for record in known if record is not None)
    for record in theirs:
        work.remove(record)
