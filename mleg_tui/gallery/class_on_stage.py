"""A class under way, for pictures: the same people in the same places each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from mleg_tui.domain.classroom import ClassExercise, Participant, Presence, Result
from mleg_tui.errands.play import Scenarios  # noqa: TID253 - pictures are no first page
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import Work

_EXERCISES = ("photo-waiting", "not-active", "no-pesel")


@dataclass(frozen=True, slots=True)
class _At:
    """Where somebody is: ``solved`` exercises, steps of the next one, and times in seconds ago."""

    nickname: str
    solved: int
    reached: int
    hints: int
    moved: int
    page: str
    act: str
    acted: int
    is_there: bool = True


_PEOPLE = (
    _At("Żółw", 0, 0, 1, 1260, "office.students", "office.find", 340),
    _At("Ryś", 0, 1, 2, 610, "office.student", "student.approve_photo", 45),
    _At("Wydra", 1, 0, 0, 400, "usosweb.staff_orders", "office.orders", 12, is_there=False),
    _At("Borsuk", 0, 0, 0, 320, "usosweb.news", "office.students", 5),
    _At("Sowa", 1, 1, 0, 75, "office.student", "student.reinstate", 75),
    _At("Kuna leśna", 1, 0, 1, 40, "usosweb.mlegitymacja", "mlegitymacja.order", 20),
    _At("Lis", 2, 0, 0, 15, "phone.home", "desk.switch", 8),
    _At("Jeż", 3, 0, 1, 190, "mobywatel.document", "mobywatel.add", 190),
)


def hold_class(services: Services, *, empty: bool) -> None:
    """Open a class, in which some are at work unless it is ``empty``."""
    exercises, now = Scenarios(services).for_class(_EXERCISES), services.clock.now()
    opened = services.classes.open(Administrator(), "Grupa 2", exercises, "klon42")
    if empty:
        return
    for at in _PEOPLE:
        seat = services.participants.join(opened.id, at.nickname, opened.word)
        services.store.transact(partial(_seat, seat.participant, at, exercises, now))


def _seat(
    id: str, at: _At, exercises: tuple[ClassExercise, ...], now: datetime, work: Work
) -> None:
    one = work.get(Participant, id)
    done = [_solved(exercise, now - timedelta(seconds=at.moved)) for exercise in exercises]
    results = done[: at.solved]
    if at.solved < len(exercises):
        results.append(
            Result(
                exercise=exercises[at.solved].id,
                began_at=now - timedelta(minutes=25),
                moved_on_at=now - timedelta(seconds=at.moved),
                reached=at.reached,
                hints=at.hints,
            )
        )
    work.save(
        replace(
            one,
            exercise=min(at.solved, len(exercises) - 1),
            results=tuple(results),
            seat=one.seat if at.is_there else "",
            presence=Presence(at.page, at.act, now - timedelta(seconds=at.acted)),
        )
    )


def _solved(exercise: ClassExercise, at: datetime) -> Result:
    return Result(
        exercise=exercise.id,
        began_at=at - timedelta(minutes=4, seconds=10),
        moved_on_at=at,
        reached=exercise.stages,
        solved_at=at,
    )
