"""How far an exercise is, and the notes that the unit of work takes of it in each transaction.

Only what is in the store counts, so it makes no difference who did it, and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import Event
from mleg_tui.domain.exercise import Attempt, Condition, StartedExercise
from mleg_tui.domain.text import LocalText
from mleg_tui.services.facts import Facts, Mismatch, mismatches, orders_of
from mleg_tui.services.session import Session
from mleg_tui.services.store import NotFound, View, Work
from mleg_tui.simulation.world import WORLD_ID, World

_OF_THE_ATTEMPT = ("more_orders_than", "refused", "changed")
"""What is no fact to be compared, but a bound, or what happened since the attempt began."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One condition of the goal, and what is missing for it by now."""

    condition: Condition
    missing: tuple[Mismatch, ...]

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exercise is. ``astray`` says what leads away from the goal now."""

    started: StartedExercise
    stages: tuple[Stage, ...]
    astray: tuple[LocalText, ...] = ()

    @property
    def is_solved(self) -> bool:
        """Whether the present attempt has succeeded, whatever came after."""
        return self.started.attempt.solved_at is not None

    @property
    def reached(self) -> int:
        """How many conditions of the goal are so."""
        return sum(stage.is_reached for stage in self.stages)

    @property
    def missing(self) -> tuple[Mismatch, ...]:
        """What is missing for the whole goal; nothing once it is solved."""
        if self.is_solved:
            return ()
        return tuple(one for stage in self.stages for one in stage.missing)

    @property
    def took(self) -> timedelta | None:
        """How long it took, in real time; ``None`` before it is solved."""
        return self.started.attempt.took

    @property
    def hints(self) -> tuple[LocalText, ...]:
        """The hints that were given."""
        return self.started.exercise.hints[: self.started.attempt.hints]

    @property
    def hints_left(self) -> int:
        """How many hints there are yet."""
        return len(self.started.exercise.hints) - len(self.hints)


def progress_of(view: View, started: StartedExercise, now: datetime) -> Progress:
    """Return how far an exercise is at a simulated moment."""
    stages = tuple(
        Stage(condition, _missing(view, started, condition, now))
        for condition in started.exercise.goal
    )
    astray = tuple(
        way.says
        for way in started.exercise.wrong_ways
        if started.attempt.solved_at is None and not _missing(view, started, way.when, now)
    )
    return Progress(started, stages, astray)


def mark_solved(work: Work, real_now: datetime) -> None:
    """Note within a transaction which exercises are solved by what it has done."""
    for started in _open(work):
        now = work.get(World, WORLD_ID).timeline.now(real_now)
        if not progress_of(work, started, now).missing:
            work.save(with_attempt(started, replace(started.attempt, solved_at=real_now)))


def wants_refusal(view: View, by: Session, codes: tuple[str, ...]) -> bool:
    """Tell whether an exercise of somebody asks for one of these refusals."""
    return next(_refused(view, by, codes), None) is not None


def note_refusal(work: Work, by: Session, codes: tuple[str, ...], real_now: datetime) -> None:
    """Note within a transaction a refusal that somebody has met, where an exercise asks for it."""
    for started, met in _refused(work, by, codes):
        work.save(with_attempt(started, replace(started.attempt, refused=met)))
    mark_solved(work, real_now)


def with_attempt(started: StartedExercise, attempt: Attempt) -> StartedExercise:
    """Return an exercise with another state of its present attempt."""
    return replace(started, attempts=(*started.attempts[:-1], attempt))


def _open(view: View) -> Iterator[StartedExercise]:
    """Yield what was started and is not solved; without a scenario there is nothing to look for."""
    if view.get(World, WORLD_ID).scenario is not None:
        for started in view.select(StartedExercise):
            if started.attempt.solved_at is None:
                yield started


def _refused(
    view: View, by: Session, codes: tuple[str, ...]
) -> Iterator[tuple[StartedExercise, tuple[str, ...]]]:
    """Yield the exercises that ask for a refusal, with all codes that are met of them now."""
    for started in _open(view):
        if by.account.role is Role.OFFICE or started.student == by.account.student:
            exercise, known = started.exercise, started.attempt.refused
            conditions = (*exercise.goal, *(way.when for way in exercise.wrong_ways))
            asked = {code for condition in conditions for code in condition.refused}
            met = (*known, *(code for code in codes if code in asked and code not in known))
            if met != known:
                yield started, met


def _missing(
    view: View, started: StartedExercise, condition: Condition, now: datetime
) -> tuple[Mismatch, ...]:
    who, wanted = condition.who or started.student, condition.facts()
    try:
        facts = Facts(view, who, now)
    except NotFound:  # somebody took them out
        return tuple(Mismatch(what, value, None) for what, value in wanted.items())
    compared = {what: value for what, value in wanted.items() if what not in _OF_THE_ATTEMPT}
    return (*mismatches(compared, facts), *_missing_of_the_attempt(facts, started, condition))


def _missing_of_the_attempt(
    facts: Facts, started: StartedExercise, condition: Condition
) -> Iterator[Mismatch]:
    most, attempt = condition.more_orders_than, started.attempt
    if most is not None:
        orders = len(orders_of(facts.view, facts.student.id))
        if orders <= most:
            yield Mismatch("more_orders_than", most, orders)
    if not set(condition.refused) <= set(attempt.refused):
        yield Mismatch("refused", condition.refused, attempt.refused)
    if condition.changed:
        changed = _changed(facts, attempt.started_at)
        if not set(condition.changed) <= changed:
            found = tuple(one for one in condition.changed if one in changed)
            yield Mismatch("changed", condition.changed, found)


def _changed(facts: Facts, since: datetime) -> set[str]:
    """Return which fields the student changed, or somebody changed of the student."""
    view, student = facts.view, facts.student.id
    records = (student, *(order.id for order in orders_of(view, student)))
    events = [
        *view.select(Event, actor=student),
        *(event for record in records for event in view.select(Event, record=record)),
    ]
    return {
        f"{event.table}.{change.field}"
        for event in events
        if event.real_at >= since
        for change in event.changes
    }
