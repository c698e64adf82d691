"""Scenarios: which there are, setting one up, and playing it to its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.errands.expectation import Mismatch, missing
from mleg_tui.errands.on_services import Performed, attempt
from mleg_tui.errands.people import People
from mleg_tui.errands.scenarios import Scenario, named, read
from mleg_tui.errands.steps import OnServices
from mleg_tui.services.demo_data import account_of, own_directory
from mleg_tui.services.services import Services
from mleg_tui.services.session import Authority
from mleg_tui.services.store import Record, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.switches import all_well
from mleg_tui.simulation.world import WORLD_ID, World


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario that was played to its end."""

    scenario: Scenario
    played: tuple[Performed, ...]
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

    def replaces(self, scenario: Scenario) -> bool:
        """Tell whether somebody of the scenario has orders or a phone, which it would replace."""

        def ask(view: View) -> bool:
            return any(
                view.select(Order, student=student.id) or view.select(Phone, owner=student.id)
                for student in scenario.students
            )

        return self._services.store.read(ask)

    def set_up(self, by: Authority, scenario: Scenario) -> tuple[Performed, ...]:
        """Put a scenario's people into the store as they are when it begins.

        What these people had is replaced, every switch is put back, and time moves on as far as
        the story needs. Nobody else is touched.
        """
        work = UnitOfWork(self._services.store, self._services.clock, Role.OFFICE)
        work.act(by, lambda work, now: _put(work, scenario, now))
        return self._performed(scenario, scenario.setup)

    def _today(self) -> date:
        return warsaw_date(self._services.time.show().now)

    def play(self, by: Authority, scenario: Scenario) -> Outcome:
        """Set a scenario up and play it to its end. Its services need a clock that stands."""
        before = self.set_up(by, scenario)
        played = (*before, *self._performed(scenario, scenario.steps))
        return Outcome(scenario, played, self.missing(scenario))

    def missing(self, scenario: Scenario) -> tuple[Mismatch, ...]:
        """Return what is not yet as it is to be at the scenario's end; nothing once it is over."""
        return missing(People(self._services, scenario.account), scenario.expect)

    def _performed(
        self, scenario: Scenario, steps: tuple[OnServices, ...]
    ) -> tuple[Performed, ...]:
        people = People(self._services, scenario.account)
        return tuple(attempt(step, people) for step in steps)


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
