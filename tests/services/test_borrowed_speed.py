"""The speed of a program ends with it; who comes back to a store is told about its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mleg_tui.domain.audit import Event
from mleg_tui.domain.errors import MlegError
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.time_desk import LEASE, MuchTimePassed, SpeedEnded, TimeDesk
from tests.factories import NOW, House, house

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def usos() -> House:
    return house()


def program(usos: House, name: str) -> TimeDesk:
    return TimeDesk(usos.services.store, usos.clock, program=name)


def passed(usos: House, seconds: float) -> float:
    """Let real time pass and return how many simulated seconds passed with it."""
    before = usos.services.time.show().now
    usos.later(seconds=seconds)
    return (usos.services.time.show().now - before) / SECOND


def test_the_speed_of_a_program_that_was_killed_ends_by_itself(usos: House) -> None:
    shown = program(usos, "one").borrow_speed(60)
    assert (shown.speed, shown.lasting_speed) == (60, 1)
    night = passed(usos, 8 * 3600)
    assert night == LEASE / SECOND * 60 + 8 * 3600 - LEASE / SECOND
    assert usos.services.time.show().speed == 1


def test_a_program_that_runs_keeps_its_speed_and_gives_it_back_at_the_end(usos: House) -> None:
    one = program(usos, "one")
    one.borrow_speed(60)
    for _ in range(20):
        assert passed(usos, 50) == 60 * 50
        one.renew_speed()
    one.give_speed_back()
    one.renew_speed()
    assert passed(usos, 10) == 10


def test_that_a_program_goes_on_is_not_in_the_audit(usos: House) -> None:
    one = program(usos, "4711-abc")
    one.borrow_speed(60)
    for _ in range(5):
        usos.later(seconds=30)
        one.renew_speed()
    (event,) = usos.services.store.read(lambda view: view.select(Event))
    assert any("60" in change.after for change in event.changes)
    assert "4711" not in str(event)


def test_it_ends_with_the_last_of_two_programs(usos: House) -> None:
    one, other = program(usos, "one"), program(usos, "other")
    one.borrow_speed(60)
    other.borrow_speed(60)
    one.give_speed_back()
    assert passed(usos, 10) == 600
    other.give_speed_back()
    assert passed(usos, 10) == 10


def test_the_lasting_speed_stays_and_ends_what_was_borrowed(usos: House) -> None:
    one = program(usos, "one")
    one.borrow_speed(60)
    shown = usos.services.time.set_speed(5)
    assert (shown.speed, shown.lasting_speed) == (5, 5)
    one.renew_speed()
    assert passed(usos, 3600) == 5 * 3600


def test_the_screens_only_borrow(usos: House) -> None:
    shown = usos.services.simulation.set_speed(usos.session("dziekanat"), 60)
    assert (shown.speed, shown.lasting_speed) == (60, 1)
    assert usos.services.simulation.show(Administrator()).speed == 60
    usos.services.close()
    assert passed(usos, 10) == 10


def test_the_machines_renew_it_in_time(usos: House) -> None:
    progression = usos.services.progression
    usos.services.time.borrow_speed(60)
    for _ in range(10):
        wait = progression.real_wait()
        assert timedelta(0) < wait <= timedelta(seconds=30)
        assert passed(usos, wait / SECOND) == 60 * wait / SECOND
        progression.catch_up()
    usos.services.time.give_speed_back()
    assert progression.real_wait() == timedelta(minutes=1)


async def test_the_feed_renews_it(usos: House) -> None:
    usos.services.time.borrow_speed(60)
    for _ in range(5):
        usos.later(seconds=60)
        await usos.services.feed.look_now()
    assert usos.services.time.show().speed == 60


def news(usos: House) -> list[type[MlegError]]:
    return [type(one) for one in usos.services.time.news(usos.clock.now())]


def test_who_comes_back_is_told_that_a_speed_has_ended(usos: House) -> None:
    program(usos, "one").borrow_speed(60)
    assert news(usos) == []
    usos.later(hours=8)
    assert news(usos) == [SpeedEnded]
    usos.services.ordering.place(usos.session())
    usos.later(seconds=1)
    assert news(usos) == []  # somebody has been here since


def test_who_comes_back_is_told_that_very_much_time_has_passed(usos: House) -> None:
    usos.services.time.set_speed(60)
    usos.later(minutes=59)
    assert news(usos) == []
    usos.later(hours=7, minutes=1)
    (told,) = usos.services.time.news(usos.clock.now())
    assert isinstance(told, MuchTimePassed)
    assert told.details == {"simulated": "20d", "real": "8h", "speed": "60"}


def test_a_program_that_borrows_at_once_is_told_about_the_time_before(usos: House) -> None:
    usos.services.time.set_speed(60)
    usos.later(hours=8)
    came = usos.clock.now()
    usos.later(seconds=1)
    program(usos, "new").borrow_speed(600)
    usos.later(seconds=5)
    (told,) = usos.services.time.news(came)
    assert isinstance(told, MuchTimePassed)


@pytest.mark.parametrize(
    "set_up",
    [
        lambda _usos: None,
        lambda usos: usos.services.time.forward(timedelta(days=90)),
        lambda usos: usos.services.time.set_speed(0.5),
        lambda usos: (usos.services.time.set_speed(60), usos.services.time.pause()),
        lambda usos: (usos.services.time.set_speed(60), usos.services.time.set_speed(1)),
    ],
)
def test_nobody_is_told_of_time_that_did_not_run_ahead(usos: House, set_up: object) -> None:
    set_up(usos)  # type: ignore[operator]
    usos.later(days=30)
    assert news(usos) == []


def test_a_store_without_any_change_has_its_news_too() -> None:
    usos = house()
    fresh = Services(usos.services.store, usos.clock)
    assert fresh.opened_at == NOW
    assert fresh.time.news(fresh.opened_at) == ()
