"""A class: opened, joined, worked in, looked at, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from mleg_tui.compose import own_worlds
from mleg_tui.domain.account import Account, LoginAttempts
from mleg_tui.domain.audit import Event
from mleg_tui.domain.classroom import (
    BadClassText,
    BadExercises,
    Classroom,
    Frame,
    Participant,
    Presence,
    WorldRecord,
)
from mleg_tui.domain.errors import MlegError, NotYours
from mleg_tui.domain.inert import NotInert
from mleg_tui.domain.order import Order
from mleg_tui.errands.play import NotAnExercise, Scenarios
from mleg_tui.errands.scenarios import UnknownScenario
from mleg_tui.services.attempts import Throttled
from mleg_tui.services.classes import (
    LEASE,
    AllHintsGiven,
    ClassExists,
    ClassUnknown,
    LastExercise,
    ParticipantUnknown,
)
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.participants import (
    ClassOver,
    NicknameTaken,
    Seat,
    SeatTaken,
    WrongNumber,
    WrongWord,
)
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import KINDS, View
from mleg_tui.services.worlds import Worlds
from tests.factories import House, house

BY = Administrator()
EXERCISES = ("photo-waiting", "not-active")


@pytest.fixture
def school() -> House:
    return house()


@pytest.fixture
def group(school: House) -> Classroom:
    return school.services.classes.open(BY, "Grupa 2", exercises(school), "Klon")


def exercises(school: House) -> tuple[Any, ...]:
    return Scenarios(school.services).for_class(EXERCISES)


def worlds_of(school: House) -> Worlds:
    return own_worlds(school.services, Beginning())


def join(school: House, nickname: str = "Żółw") -> Seat:
    return school.services.participants.join("grupa-2", nickname, "klon")


def participant(school: House, nickname: str = "żółw") -> Participant:
    return school.services.store.read(lambda view: view.get(Participant, f"grupa-2/{nickname}"))


def set_up(world: Services, exercise: str) -> None:
    scenarios = Scenarios(world)
    scenarios.set_up(BY, scenarios.named(exercise))


def contents(world: Services) -> dict[str, object]:
    def everything(view: View) -> dict[str, object]:
        found: dict[str, object] = {name: view.select(kind) for name, kind in KINDS.items()}
        accounts = view.select(Account)  # whose hashes are made anew, of the same passwords
        return found | {"accounts": [replace(one, password_hash="") for one in accounts]}

    return world.store.read(everything)


def test_a_class_is_opened_with_a_word_of_its_own_unless_one_is_chosen(school: House) -> None:
    opened = school.services.classes.open(BY, "  Zażółć gęślą  ", exercises(school))
    assert (opened.id, opened.name) == ("zazolc-gesla", "Zażółć gęślą")
    assert len(opened.word) > 4
    assert school.services.classes.opened(BY) == (replace(opened, version=1),)


@pytest.mark.parametrize(
    ("name", "chosen", "error"),
    [
        ("", EXERCISES, BadClassText),
        ("-", EXERCISES, BadClassText),
        ("x" * 61, EXERCISES, BadClassText),
        ("x\x1b[2J", EXERCISES, NotInert),
        ("x", (), BadExercises),
        ("x", ("not-active", "not-active"), BadExercises),
        ("x", ("nothing",), UnknownScenario),
        ("Grupa 2", EXERCISES, ClassExists),
        ("GRUPA: 2", EXERCISES, ClassExists),
    ],
)
@pytest.mark.usefixtures("group")
def test_a_class_is_not_opened(
    school: House, name: str, chosen: tuple[str, ...], error: type[MlegError]
) -> None:
    with pytest.raises(error):
        school.services.classes.open(BY, name, Scenarios(school.services).for_class(chosen))
    assert len(school.services.classes.opened(BY)) == 1


@pytest.mark.usefixtures("group")
def test_a_class_is_the_offices(school: House) -> None:
    classes, office = school.services.classes, school.session("dziekanat")
    assert classes.board(office, "grupa-2").participants == ()
    anna = school.session("anna.nowak")
    asks: tuple[Callable[[], object], ...] = (
        lambda: classes.opened(anna),
        lambda: classes.board(anna, "grupa-2"),
        lambda: classes.open(anna, "moja", exercises(school)),
        lambda: classes.say(anna, "grupa-2", "Cześć"),
        lambda: classes.close(anna, "grupa-2"),
        lambda: classes.show(anna, "grupa-2", "[]"),
    )
    for ask in asks:
        with pytest.raises(NotYours):
            ask()


@pytest.mark.usefixtures("group")
def test_one_joins_by_the_word_and_comes_back_by_the_number(school: House) -> None:
    people = school.services.participants
    assert [offer.name for offer in people.offers()] == ["Grupa 2"]
    with pytest.raises(WrongWord):
        people.join("grupa-2", "Żółw", "brzoza")
    with pytest.raises(ClassUnknown):
        people.join("grupa-3", "Żółw", "klon")
    seat = join(school)
    with pytest.raises(NicknameTaken):
        join(school, "ŻÓŁW")
    number = participant(school).number
    for wrong in ("", number[::-1] + "0"):
        with pytest.raises(WrongNumber):
            people.come_back("grupa-2", "żółw", wrong)
    with pytest.raises(WrongNumber):
        people.come_back("grupa-2", "nikt", "")
    again = people.come_back("grupa-2", "żółw", f" {number} ")
    assert people.look(again)[0].nickname == "Żółw"
    with pytest.raises(SeatTaken):
        people.look(seat)


@pytest.mark.usefixtures("group")
def test_who_guesses_a_number_waits(school: House) -> None:
    join(school)
    people = school.services.participants
    for _ in range(3):
        with pytest.raises(WrongNumber):
            people.come_back("grupa-2", "żółw", "x", "203.0.113.9")
    number = participant(school).number
    with pytest.raises(Throttled):
        people.come_back("grupa-2", "żółw", number, "203.0.113.9")
    school.later(minutes=1)
    back = people.come_back("grupa-2", "żółw", number, "203.0.113.9")
    assert people.look(back)[0].nickname == "Żółw"


@pytest.mark.usefixtures("group")
def test_a_world_is_as_it_was_left_in_another_process_and_on_another_day(school: House) -> None:
    world = worlds_of(school).of(join(school))
    set_up(world, "photo-waiting")
    world.ordering.place(world.login.vouch("ewa.lis"))
    world.time.set_speed(60)
    before = contents(world)
    school.later(days=2)
    number = participant(school).number
    back = school.services.participants.come_back("grupa-2", "żółw", number)
    world_again = worlds_of(school).of(back)
    assert contents(world_again) == before
    world_again.progression.catch_up()
    assert world_again.store.read(lambda view: view.select(Order))
    assert not school.orders()


@pytest.mark.usefixtures("group")
def test_what_a_session_does_whose_seat_was_taken_does_not_happen(school: House) -> None:
    world = worlds_of(school).of(join(school))
    ewa = world.login.vouch("ewa.lis")
    number = participant(school).number
    worlds_of(school).of(school.services.participants.come_back("grupa-2", "żółw", number))
    with pytest.raises(SeatTaken):
        world.ordering.place(ewa)
    assert not world.store.read(lambda view: view.select(Order))


@pytest.mark.usefixtures("group")
def test_the_office_of_a_world_may_begin_it_anew(school: House) -> None:
    world = worlds_of(school).of(join(school))
    world.ordering.place(world.login.vouch("ewa.lis"))
    world.simulation.reset(world.login.vouch("dziekanat"))
    before = contents(world)
    number = participant(school).number
    back = school.services.participants.come_back("grupa-2", "żółw", number)
    assert contents(worlds_of(school).of(back)) == before


@pytest.mark.usefixtures("group")
def test_who_begins_an_exercise_anew_has_had_the_time_and_the_hints(school: House) -> None:
    world, began_at = worlds_of(school).of(join(school)), school.services.clock.now()
    set_up(world, EXERCISES[0])
    scenario = Scenarios(world).named(EXERCISES[0])
    world.exercises.hint(world.login.vouch(scenario.account))
    school.later(minutes=5)
    set_up(world, EXERCISES[0])
    result = participant(school).result(EXERCISES[0])
    assert result is not None
    assert (result.began_at, result.hints) == (began_at, 1)
    school.later(minutes=2)
    Scenarios(world).play(BY, scenario)
    result = participant(school).result(EXERCISES[0])
    assert result is not None
    assert (result.took, result.hints) == (timedelta(minutes=7), 1)


@pytest.mark.usefixtures("group")
def test_the_board_tells_how_everybody_gets_on(school: House) -> None:
    slow, quick = join(school, "Wolna"), join(school, "Szybki")
    worlds, classes = worlds_of(school), school.services.classes
    for seat in (slow, quick):
        set_up(worlds.of(seat), EXERCISES[0])
    school.later(minutes=1)
    world = worlds.of(quick)
    scenarios = Scenarios(world)
    first = scenarios.named(EXERCISES[0])
    scenarios.play(BY, first)
    board = classes.board(BY, "grupa-2")
    assert [one.nickname for one in board.participants] == ["Wolna", "Szybki"]
    assert [row.is_done for row in board.rows] == [False, True]
    assert board.rows[0].stuck == timedelta(minutes=1)
    assert (board.solved(EXERCISES[0]), board.solved(EXERCISES[1])) == (1, 0)
    result = participant(school, "szybki").result(EXERCISES[0])
    assert result is not None
    assert result.reached == board.classroom.exercises[0].stages


@pytest.mark.usefixtures("group")
def test_the_trainer_moves_the_class_on_and_nobody_back(school: House) -> None:
    classes, people = school.services.classes, school.services.participants
    ahead = join(school, "Ola")
    join(school, "Jan")
    assert people.go_on(ahead).exercise == 1
    with pytest.raises(LastExercise):
        people.go_on(ahead)
    assert classes.move_on(BY, "grupa-2") == 1
    assert {one.exercise for one in classes.board(BY, "grupa-2").participants} == {1}
    with pytest.raises(LastExercise):
        classes.move_on(BY, "grupa-2")
    with pytest.raises(LastExercise):
        classes.move_on(BY, "grupa-2", "jan")
    with pytest.raises(ParticipantUnknown):
        classes.move_on(BY, "grupa-2", "nikt")
    late = join(school, "Ewa")
    assert people.look(late)[0].exercise == 1


@pytest.mark.usefixtures("group")
def test_hints_and_words_go_to_one_or_all(school: House) -> None:
    classes = school.services.classes
    join(school, "Ola")
    join(school, "Jan")
    hints = exercises(school)[0].hints
    assert hints
    assert classes.give_hint(BY, "grupa-2", "ola") == 1
    for _ in range(hints - 1):
        assert classes.give_hint(BY, "grupa-2") == 2
    assert classes.give_hint(BY, "grupa-2") == 1
    with pytest.raises(AllHintsGiven):
        classes.give_hint(BY, "grupa-2")
    classes.say(BY, "grupa-2", "Dzień dobry")
    classes.say(BY, "grupa-2", "Brawo", "JAN")
    board = classes.board(BY, "grupa-2")
    assert board.classroom.message
    assert board.classroom.message.text == "Dzień dobry"
    said = {one.nickname: one.message and one.message.text for one in board.participants}
    assert said == {"Ola": None, "Jan": "Brawo"}
    with pytest.raises(NotInert):
        classes.say(BY, "grupa-2", "a\tb")
    classes.stop_clock(BY, "grupa-2", stopped=True)
    assert classes.board(BY, "grupa-2").classroom.stopped


@pytest.mark.usefixtures("group")
def test_who_looks_over_a_shoulder_sees_it_until_they_look_away(school: House) -> None:
    classes, people = school.services.classes, school.services.participants
    seat = join(school)
    assert not people.publish(seat, "one")
    assert classes.look_at(BY, "grupa-2", "Żółw") is None
    assert people.publish(seat, "two")
    frame = classes.look_at(BY, "grupa-2", "Żółw")
    assert frame
    assert frame.text == "two"
    school.later(seconds=LEASE.total_seconds())
    assert not people.publish(seat, "three")
    classes.look_at(BY, "grupa-2", "Żółw")
    classes.look_away(BY, "grupa-2", "Żółw")
    assert not people.publish(seat, "four")


@pytest.mark.usefixtures("group")
def test_what_the_trainer_shows_is_on_every_screen_until_they_let_go(school: House) -> None:
    classes, people = school.services.classes, school.services.participants
    assert people.shown_to_all("grupa-2") is None
    classes.show(BY, "grupa-2", "one")
    shown = people.shown_to_all("grupa-2")
    assert shown
    assert shown.text == "one"
    school.later(seconds=LEASE.total_seconds())
    assert people.shown_to_all("grupa-2") is None
    classes.show(BY, "grupa-2", "two")
    classes.show(BY, "grupa-2", None)
    assert people.shown_to_all("grupa-2") is None


@pytest.mark.usefixtures("group")
def test_presence_is_noted_of_who_sits_there(school: House) -> None:
    people = school.services.participants
    seat, gone = join(school, "Ola"), join(school, "Jan")
    people.leave(gone)
    presence = Presence("usosweb.portal", "app.help", school.clock.now())
    people.note(dict.fromkeys((seat, gone, replace(seat, participant="grupa-2/x")), presence))
    assert participant(school, "ola").presence == presence
    assert participant(school, "jan").presence is None


@pytest.mark.usefixtures("group")
def test_nothing_of_a_class_is_kept_after_it_is_closed(school: House) -> None:
    classes = school.services.classes
    before = contents(school.services)
    seat = join(school)
    world = worlds_of(school).of(seat)
    with pytest.raises(WrongNumber):
        school.services.participants.come_back("grupa-2", "żółw", "1")
    classes.look_at(BY, "grupa-2", "żółw")
    school.services.participants.publish(seat, "one")
    classes.show(BY, "grupa-2", "two")
    board = classes.close(BY, "grupa-2")
    assert [one.nickname for one in board.participants] == ["Żółw"]
    after = contents(school.services)
    for kind in (Classroom, Participant, WorldRecord, Frame, LoginAttempts, Event):
        name = next(name for name, known in KINDS.items() if known is kind)
        assert not after[name] or after[name] == before[name]
    with pytest.raises(ClassOver):
        world.ordering.place(world.login.vouch("ewa.lis"))
    with pytest.raises(ClassUnknown):
        classes.board(BY, "grupa-2")


@pytest.mark.usefixtures("group")
def test_who_is_sent_out_leaves_nothing_behind(school: House) -> None:
    seat = join(school)
    worlds_of(school).of(seat)
    school.services.classes.remove(BY, "grupa-2", "żółw")
    with pytest.raises(ClassOver):
        school.services.participants.look(seat)
    assert not school.services.store.read(lambda view: view.select(WorldRecord))
    assert join(school).participant == "grupa-2/żółw"


def test_a_scenario_without_an_exercise_is_none(school: House) -> None:
    scenarios = Scenarios(school.services)
    without = [one.id for one in scenarios.all() if one.exercise is None]
    for id_ in without:
        with pytest.raises(NotAnExercise):
            scenarios.for_class([id_])


def test_the_number_is_of_six_digits(school: House, group: Classroom) -> None:
    assert {field.name for field in fields(group)} >= {"word", "exercises"}
    for number in range(5):
        join(school, f"Osoba {number}")
        assert participant(school, f"osoba {number}").number.isdecimal()
        assert len(participant(school, f"osoba {number}").number) == 6
