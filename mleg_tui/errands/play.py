"""Scenarios: which there are, setting one up, and playing it to its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.classroom import ClassExercise
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.exercise import Difficulty
from mleg_tui.domain.fees import BankAccount, Due, Payment
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.errands.expectation import missing
from mleg_tui.errands.on_services import Performed, attempt
from mleg_tui.errands.people import People
from mleg_tui.errands.scenarios import FILE, Scenario, UnknownScenario, named, read
from mleg_tui.errands.steps import OnServices
from mleg_tui.services.demo_data import BadDemoData, account_of, own_directory
from mleg_tui.services.exercise_progress import Progress
from mleg_tui.services.exercises import forget_attempt
from mleg_tui.services.facts import Mismatch
from mleg_tui.services.mistakes import Mistake
from mleg_tui.services.services import Services
from mleg_tui.services.session import Authority
from mleg_tui.services.store import Record, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.switches import all_well
from mleg_tui.simulation.world import WORLD_ID, World


class NotAnExercise(BadInput):
    """A scenario that cannot be practised."""

    message = N_("Scenariusz „{id}” nie ma ćwiczenia.")
    advice = N_("Ćwiczenia pokazuje polecenie mleg-tui scenario list.")


class GoalAtOnce(Mistake):
    """An exercise with nothing to do."""

    message = N_("cel jest osiągnięty, zanim ktokolwiek coś zrobi")


class GoalMissed(Mistake):
    """An exercise that the scenario's own steps do not solve."""

    message = N_("po wszystkich krokach {what}: miało być {expected}, jest {found}")


class WayIsRight(Mistake):
    """A wrong way that the scenario's own steps go."""

    message = N_("krok {number} scenariusza jest tą złą drogą")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario that was played to its end.

    ``faults`` are what is wrong with its exercise, each with its place in the file.
    """

    scenario: Scenario
    played: tuple[Performed, ...]
    at_the_end: tuple[Mismatch, ...]
    faults: tuple[BadDemoData, ...] = ()

    @property
    def as_told(self) -> bool:
        """Tell whether everything went as the scenario says."""
        went = not any(played.mismatches for played in self.played)
        return went and not self.at_the_end and not self.faults


class Scenarios:
    """The scenarios of a directory of demo data, on the store of some services."""

    def __init__(self, services: Services, directory: Path | None = None) -> None:
        self._services = services
        self._directory = directory or own_directory()

    def all(self) -> tuple[Scenario, ...]:
        """Return all scenarios, with days relative to the simulated today."""
        return read(self._directory, self._today(), self._universities())

    def by_difficulty(self) -> tuple[tuple[Scenario, bool], ...]:
        """Return all, the easiest exercises first, and whether each was solved in this store."""
        started = self._services.exercises.started()
        solved = {one.id for one in started if one.was_solved}
        ordered = sorted(self.all(), key=_difficulty)
        return tuple((scenario, scenario.id in solved) for scenario in ordered)

    def named(self, id: str) -> Scenario:
        """Return a scenario by its name. Raises ``UnknownScenario``."""
        return named(self._directory, self._today(), id, self._universities())

    def for_class(self, ids: Iterable[str]) -> tuple[ClassExercise, ...]:
        """Return scenarios as exercises of a class.

        Raises ``UnknownScenario`` and ``NotAnExercise``.
        """
        known = {scenario.id: scenario for scenario in self.all()}
        return tuple(_for_class(known, id_) for id_ in ids)

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
        the story needs. Nobody else is touched. Its exercise begins, or begins anew.
        """
        work = UnitOfWork(self._services.store, self._services.clock, Role.OFFICE)
        work.act(by, lambda work, now: _put(work, scenario, now))
        performed = self._performed(scenario, scenario.setup)
        if scenario.exercise is not None:
            student, exercise = scenario.account, scenario.exercise
            self._services.exercises.start(by, scenario.id, scenario.title, student, exercise)
        return performed

    def _today(self) -> date:
        return warsaw_date(self._services.time.show().now)

    def _universities(self) -> tuple[str, ...]:
        return tuple(university.id for university in self._services.campus.universities())

    def play(self, by: Authority, scenario: Scenario) -> Outcome:
        """Set a scenario up and play it to its end. Its services need a clock that stands."""
        played = list(self.set_up(by, scenario))
        people = People(self._services, scenario.account)
        seen = [self._practised(by, scenario)]
        for step in scenario.steps:
            played.append(attempt(step, people))
            seen.append(self._practised(by, scenario))
        missing, faults = self.missing(scenario), tuple(_faults(scenario, seen))
        return Outcome(scenario, tuple(played), missing, faults)

    def missing(self, scenario: Scenario) -> tuple[Mismatch, ...]:
        """Return what is not yet as it is to be at the scenario's end; nothing once it is over."""
        return missing(People(self._services, scenario.account), scenario.expect)

    def _practised(self, by: Authority, scenario: Scenario) -> Progress | None:
        if scenario.exercise is None:
            return None
        self._services.progression.catch_up()
        return self._services.exercises.progress(by, scenario.id)

    def _performed(
        self, scenario: Scenario, steps: tuple[OnServices, ...]
    ) -> tuple[Performed, ...]:
        people = People(self._services, scenario.account)
        return tuple(attempt(step, people) for step in steps)


def _for_class(known: Mapping[str, Scenario], id_: str) -> ClassExercise:
    if id_ not in known:
        raise UnknownScenario(id=id_)
    scenario = known[id_]
    if scenario.exercise is None:
        raise NotAnExercise(id=id_)
    stages, hints = len(scenario.exercise.goal), len(scenario.exercise.hints)
    return ClassExercise(id_, scenario.title, stages, hints)


def _difficulty(scenario: Scenario) -> int:
    """Return what sorts scenarios: the easiest first, those that are no exercise last."""
    known = list(Difficulty)
    return known.index(scenario.exercise.difficulty) if scenario.exercise else len(known)


def _put(work: Work, scenario: Scenario, now: datetime) -> None:
    forget_attempt(work, scenario.id)
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


def _faults(scenario: Scenario, seen: Sequence[Progress | None]) -> Iterator[BadDemoData]:
    """Yield what is wrong with an exercise, as it was seen at first and after each step."""
    place = f"{scenario.place}.exercise"
    known = [progress for progress in seen if progress is not None]
    if not known:
        return
    if not known[0].missing:
        yield BadDemoData(file=FILE, place=f"{place}.goal", reason=GoalAtOnce("at once"))
    ways = known[0].started.exercise.wrong_ways
    for step, progress in enumerate(known):
        for number, way in enumerate(ways):
            if way.says in progress.astray:
                where = f"{place}.wrong_ways[{number}]"
                reason = WayIsRight(f"step {step}", number=step)
                yield BadDemoData(file=FILE, place=where, reason=reason)
    stages = () if known[-1].is_solved else known[-1].stages
    for number, stage in enumerate(stages):
        for one in stage.missing:
            details = {"what": one.what, "expected": one.expected, "found": one.found}
            missed = GoalMissed(one.what, **details)
            yield BadDemoData(file=FILE, place=f"{place}.goal[{number}]", reason=missed)


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
