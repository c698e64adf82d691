"""Exercises of a store: who has which, hints that are counted, real time, starting anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mleg_tui.domain.errors import NotYours
from mleg_tui.domain.exercise import Attempt, Condition, Difficulty, Exercise, Player
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import EnrolmentStatus, PhotoStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.services.exercise_progress import Progress
from mleg_tui.services.exercises import NoExercise, NoMoreHints, NotStarted
from mleg_tui.services.ordering import CannotOrder
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.world import WORLD_ID, World
from tests.factories import House, house

BY = Administrator()
ANNA, JAN = "anna.nowak", "jan.kowalski"
TEXT = LocalText({"pl": "Zrób to", "en": "Do it"})


def exercise(*goal: Condition, **changes: object) -> Exercise:
    given: dict[str, object] = {
        "task": TEXT,
        "difficulty": Difficulty.EASY,
        "played_by": Player.BOTH,
        "goal": goal or (Condition(status=OrderStatus.PENDING),),
        "hints": (TEXT, TEXT),
    }
    return Exercise(**{**given, **changes})  # type: ignore[arg-type]  # whatever a test names


def practising(*goal: Condition, student: str = ANNA, name: str = "one") -> House:
    usos = house()
    start(usos, exercise(*goal), student, name)
    return usos


def start(usos: House, what: Exercise, student: str = ANNA, name: str = "one") -> Progress:
    def named(work: object) -> None:
        world = work.get(World, WORLD_ID)  # type: ignore[attr-defined]
        work.save(type(world)(**{**fields_of(world), "scenario": name}))  # type: ignore[attr-defined]

    usos.services.store.transact(named)
    return usos.services.exercises.start(BY, name, TEXT, student, what)


def fields_of(world: World) -> dict[str, object]:
    return {name: getattr(world, name) for name in world.__dataclass_fields__}


def current(usos: House, login: str = ANNA) -> Progress:
    found = usos.services.exercises.current(usos.session(login))
    assert found is not None
    return found


def test_it_takes_real_time_whatever_the_simulation_does() -> None:
    usos = practising()
    usos.services.time.forward(timedelta(days=3))
    usos.later(seconds=250)
    usos.services.ordering.place(usos.session())
    usos.later(seconds=900)
    progress = current(usos)
    assert progress.is_solved
    assert progress.took == timedelta(seconds=250)


def test_what_the_machines_do_solves_it_too() -> None:
    usos = practising(Condition(status=OrderStatus.READY))
    usos.services.ordering.place(usos.session())
    assert not current(usos).is_solved
    usos.services.time.forward(timedelta(minutes=20))
    usos.services.progression.catch_up()
    assert current(usos).is_solved


def test_what_time_alone_does_is_noted_when_somebody_looks() -> None:
    usos = practising(Condition(els_valid=False))
    usos.services.time.forward(timedelta(days=400))
    assert current(usos).is_solved


def test_hints_come_one_by_one_and_are_counted() -> None:
    usos = practising()
    assert (current(usos).hints, current(usos).hints_left) == ((), 2)
    assert usos.services.exercises.hint(usos.session()).hints == (TEXT,)
    assert usos.services.exercises.hint(usos.session()).hints_left == 0
    with pytest.raises(NoMoreHints):
        usos.services.exercises.hint(usos.session())
    assert len(current(usos).hints) == 2


def test_a_student_has_their_own_and_the_office_the_last() -> None:
    usos = practising()
    usos.later(seconds=1)
    start(usos, exercise(), JAN, "two")
    assert current(usos).started.id == "one"
    assert current(usos, JAN).started.id == "two"
    assert current(usos, "dziekanat").started.id == "two"
    assert usos.services.exercises.current(usos.session("ewa.lis")) is None
    with pytest.raises(NoExercise):
        usos.services.exercises.hint(usos.session("ewa.lis"))


def test_a_student_asks_for_no_other_ones() -> None:
    usos = practising()
    ask = usos.services.exercises.progress
    assert ask(usos.session(), "one").started.student == ANNA
    assert ask(BY, "one") == ask(usos.session("dziekanat"), "one")
    for name in ("one", "nothing"):
        with pytest.raises(NotYours):
            ask(usos.session(JAN), name)
    with pytest.raises(NotStarted):
        ask(BY, "nothing")


def test_only_the_office_starts_one() -> None:
    with pytest.raises(NotYours):
        house().services.exercises.start(house().session(), "one", TEXT, ANNA, exercise())


def test_starting_anew_counts_anew_and_keeps_what_was_solved() -> None:
    usos = practising()
    usos.services.exercises.hint(usos.session())
    usos.services.ordering.place(usos.session())
    usos.later(seconds=5)
    start(usos, exercise(Condition(status=OrderStatus.COLLECTED)))
    progress = current(usos)
    assert (progress.is_solved, progress.hints, progress.started.was_solved) == (False, (), True)
    usos.later(seconds=5)
    start(usos, exercise(Condition(status=OrderStatus.COLLECTED)))
    solved = [attempt.solved_at is not None for attempt in current(usos).started.attempts]
    assert solved == [True, False]


def test_one_that_was_put_away_is_shown_no_more_until_it_begins_again() -> None:
    usos = practising()
    usos.services.exercises.put_away(usos.session())
    assert usos.services.exercises.current(usos.session()) is None
    assert not usos.services.exercises.progress(BY, "one").is_solved
    start(usos, exercise())
    assert current(usos).started.id == "one"


def test_a_refusal_that_was_met_counts_where_it_is_asked_for() -> None:
    usos = practising(Condition(refused=("ELS_NOT_EXTENDED",)), student=JAN)
    with pytest.raises(CannotOrder):
        usos.services.ordering.place(usos.session(JAN))
    assert current(usos, JAN).is_solved


def test_a_greyed_commands_refusal_counts_too_but_not_another_ones() -> None:
    usos = practising(Condition(refused=("ELS_NOT_EXTENDED",)), student=JAN)
    refusal = CannotOrder(usos.services.ordering.card(usos.session(JAN)).why_cannot_order)
    usos.services.exercises.met(usos.session(ANNA), refusal)
    assert not current(usos, JAN).is_solved
    usos.services.exercises.met(usos.session(JAN), refusal)
    assert current(usos, JAN).is_solved


def test_a_refusal_that_nobody_asks_for_writes_nothing() -> None:
    usos = practising()
    before = usos.services.store.revision()
    with pytest.raises(CannotOrder):
        usos.services.ordering.place(usos.session(JAN))
    assert usos.services.store.revision() == before


def test_what_was_changed_counts_from_the_start_on() -> None:
    usos = house()
    office = usos.session("dziekanat")
    usos.services.office_students.suspend(office, ANNA)
    usos.later(seconds=1)
    start(usos, exercise(Condition(changed=("students.enrolment",))))
    assert not current(usos).is_solved
    usos.later(seconds=1)
    usos.services.office_students.suspend(office, JAN)
    assert not current(usos).is_solved
    usos.services.office_students.reinstate(office, ANNA)
    assert current(usos).is_solved


def test_all_of_the_goal_must_be_so_at_once() -> None:
    usos = practising(
        Condition(enrolment=EnrolmentStatus.SUSPENDED), Condition(photo=PhotoStatus.APPROVED)
    )
    assert current(usos).reached == 1
    usos.services.office_students.suspend(usos.session("dziekanat"), ANNA)
    assert current(usos).is_solved


def test_a_student_who_is_gone_makes_it_hopeless_and_harms_nobody() -> None:
    usos = practising(Condition(who="nobody", orders=0))
    usos.services.ordering.place(usos.session())
    assert [one.found for one in current(usos).missing] == [None]


def test_a_reset_takes_them_away() -> None:
    usos = practising()
    usos.services.simulation.reset(BY)
    assert usos.services.exercises.started() == ()
    assert usos.services.exercises.current(usos.session()) is None


def test_a_clock_that_was_set_back_takes_no_time_away() -> None:
    begun = house().clock.now()
    attempt = Attempt(started_at=begun, solved_at=begun - timedelta(hours=1))
    assert attempt.took == timedelta(0)
