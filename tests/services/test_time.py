"""The machines at work: catching up, and the hands on the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.order import OrderStatus
from mleg_tui.services.time_desk import TimeDesk
from mleg_tui.simulation.faults import Faults, Outage
from mleg_tui.simulation.timeline import BadSpeed, NotForward, TooFar
from tests.factories import NOW, House, house

MINUTE = timedelta(minutes=1)


def ordered() -> House:
    usos = house()
    usos.services.ordering.place(usos.session())
    return usos


def test_closing_for_an_hour_leaves_the_history_as_if_it_had_run() -> None:
    watched, closed = ordered(), ordered()
    for _ in range(60):
        watched.later(minutes=1)
        watched.services.progression.catch_up()
    closed.later(hours=1)
    assert closed.services.progression.catch_up()
    (of_watched,), (of_closed,) = watched.orders(), closed.orders()
    assert of_closed.history == of_watched.history
    assert of_closed.codes_expiration == of_watched.codes_expiration
    assert of_closed.status is OrderStatus.READY
    assert of_closed.last_change.at <= NOW + 15 * MINUTE


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), max_size=8))
def test_it_makes_no_difference_who_wakes_when(waits: list[int]) -> None:
    often, once = ordered(), ordered()
    for wait in waits:
        often.later(seconds=wait)
        often.services.progression.catch_up()
    once.later(seconds=sum(waits))
    once.services.progression.catch_up()
    assert [held.history for held in often.orders()] == [held.history for held in once.orders()]


def test_where_nothing_is_due_nothing_is_written() -> None:
    usos = ordered()
    before = usos.services.store.revision()
    assert not usos.services.progression.catch_up()
    assert usos.services.store.revision() == before


def test_a_second_catching_up_finds_nothing() -> None:
    usos = ordered()
    usos.later(hours=1)
    assert usos.services.progression.catch_up()
    assert not usos.services.progression.catch_up()


def test_the_next_step_is_the_earliest_of_all_orders() -> None:
    usos = ordered()
    usos.services.ordering.place(usos.session("ewa.lis"))
    upcoming = usos.services.progression.next_due()
    assert upcoming is not None
    due = upcoming[1].at
    usos.later(seconds=(due - NOW).total_seconds() - 1)
    assert not usos.services.progression.catch_up()
    usos.later(seconds=1)
    assert usos.services.progression.catch_up()


@pytest.mark.parametrize(
    ("speed", "bound"), [(1.0, timedelta(minutes=1)), (60.0, timedelta(seconds=5))]
)
def test_the_loop_sleeps_until_the_next_step_but_not_for_ever(
    speed: float, bound: timedelta
) -> None:
    usos = ordered()
    usos.services.time.set_speed(speed)
    assert timedelta(0) < usos.services.progression.real_wait() <= bound


def test_the_loop_sleeps_its_longest_while_time_stands_or_nothing_waits() -> None:
    usos = ordered()
    usos.services.time.pause()
    assert usos.services.progression.real_wait() == MINUTE
    assert house().services.progression.real_wait() == MINUTE


async def test_the_feed_writes_what_is_due_when_its_moment_has_come() -> None:
    usos = ordered()
    feed = usos.services.feed
    feed.start()
    await feed.look_now()
    assert usos.orders()[0].status is OrderStatus.PENDING
    usos.later(hours=1)
    await feed.look_now()
    feed.stop()
    assert usos.orders()[0].status is OrderStatus.READY


def test_a_jump_lets_everything_happen_that_was_due() -> None:
    usos = ordered()
    shown = usos.services.time.forward(timedelta(hours=1))
    assert shown.now == NOW + timedelta(hours=1)
    assert shown.upcoming is None
    assert usos.orders()[0].status is OrderStatus.READY


def test_while_time_stands_nothing_happens() -> None:
    usos = ordered()
    assert usos.services.time.pause().paused
    usos.later(days=1)
    usos.services.progression.catch_up()
    assert usos.services.time.show().now == NOW
    assert usos.orders()[0].status is OrderStatus.PENDING
    resumed = usos.services.time.resume()
    assert (resumed.now, resumed.paused) == (NOW, False)


def test_a_faster_clock_brings_the_codes_sooner() -> None:
    usos = ordered()
    assert usos.services.time.set_speed(900).speed == 900
    usos.later(seconds=1)
    usos.services.progression.catch_up()
    assert usos.orders()[0].status is OrderStatus.READY


@pytest.mark.parametrize(
    ("move", "refusal"),
    [
        (lambda desk: desk.set_speed(0), BadSpeed),
        (lambda desk: desk.forward(timedelta(0)), NotForward),
        (lambda desk: desk.forward(timedelta.max), TooFar),
    ],
)
def test_what_the_clock_refuses_leaves_it_as_it_was(
    move: Callable[[TimeDesk], object], refusal: type[MlegError]
) -> None:
    usos = ordered()
    before = usos.services.store.revision()
    with pytest.raises(refusal):
        move(usos.services.time)
    assert usos.services.store.revision() == before


def test_an_order_waits_for_the_agent_and_goes_on_when_it_is_back() -> None:
    usos = ordered()
    back = NOW + timedelta(hours=3)
    usos.break_down(Faults(agent=(Outage(NOW, back),)))
    usos.services.time.forward(timedelta(hours=2))
    assert usos.orders()[0].status is OrderStatus.PENDING
    usos.services.time.forward(timedelta(hours=2))
    assert [entry.at for entry in usos.orders()[0].history][1] == back


def test_an_order_of_the_last_evening_moves_on_and_is_then_expired() -> None:
    usos = house()
    anna = usos.session()
    last_evening = datetime(2027, 3, 31, 21, 59, 30, tzinfo=UTC)
    usos.services.time.forward(last_evening - NOW)
    usos.services.ordering.place(anna)
    usos.services.time.forward(timedelta(days=1))
    card = usos.services.ordering.card(anna)
    assert card.status is OrderStatus.EXPIRED
    assert card.order is not None
    assert card.order.last_change.status is OrderStatus.READY
    assert card.order.last_change.at < last_evening + timedelta(minutes=15)
