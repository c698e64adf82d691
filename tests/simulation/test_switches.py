"""Switches change what happens from now on, and never what was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.order import Command, Order, OrderStatus
from mleg_tui.domain.university import Durations, Span
from mleg_tui.simulation.faults import Faults, Setting, is_down
from mleg_tui.simulation.forecast import coming
from mleg_tui.simulation.progress import due_steps, take
from mleg_tui.simulation.switches import (
    BadRejections,
    BadSlowdown,
    Machine,
    all_well,
    outages_of,
    switched,
    with_rejections,
    with_slowdown,
)
from tests.factories import NOW, order

EXACT = Durations(pending=Span(60, 60), in_progress=Span(120, 120))
SEED = 7
PLACED = order(OrderStatus.PENDING).order_date
Switch = Callable[[Faults, datetime], Faults]


def after(seconds: int) -> datetime:
    return PLACED + timedelta(seconds=seconds)


def run(held: Order, faults: Faults, now: datetime, durations: Durations = EXACT) -> Order:
    for step in due_steps(held, durations, faults, SEED, now):
        held = take(held, step, durations, SEED)
    return held


@pytest.mark.parametrize("machine", Machine)
def test_a_machine_is_down_until_it_is_switched_on(machine: Machine) -> None:
    down = switched(Faults(), machine, after(10), down=True)
    assert switched(down, machine, after(20), down=True) == down
    assert [is_down(outages_of(down, machine), after(s)) for s in (9, 10, 99)] == [
        False,
        True,
        True,
    ]
    up = switched(down, machine, after(50), down=False)
    assert [is_down(outages_of(up, machine), after(s)) for s in (10, 49, 50)] == [
        True,
        True,
        False,
    ]
    assert switched(up, machine, after(60), down=False) == up


def test_what_is_set_twice_is_set_once() -> None:
    assert with_rejections(Faults(), 0, NOW) == with_slowdown(Faults(), 1, NOW) == Faults()
    assert all_well(Faults(), NOW) == Faults()


def test_rejections_are_those_of_the_moment_of_decision() -> None:
    later = with_rejections(Faults(), 1000, after(100))
    assert run(order(OrderStatus.PENDING), later, after(200)).status is OrderStatus.ERROR
    too_late = with_rejections(Faults(), 1000, after(181))
    assert run(order(OrderStatus.PENDING), too_late, after(200)).status is OrderStatus.READY


def test_slow_machines_go_on_from_where_they_are() -> None:
    faults = with_slowdown(Faults(), 10, after(30))  # half of the minute is done
    assert faults.finished(PLACED, timedelta(seconds=60)) == after(330)
    faults = with_slowdown(faults, 1, after(130))  # and ten seconds more
    assert faults.finished(PLACED, timedelta(seconds=60)) == after(150)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: with_rejections(Faults(), 1001, NOW),
        lambda: with_rejections(Faults(), -1, NOW),
    ],
)
def test_rejections_out_of_range(bad: Callable[[], Faults]) -> None:
    with pytest.raises(BadRejections):
        bad()


@pytest.mark.parametrize("times", [0, 1001])
def test_a_slowdown_out_of_range(times: int) -> None:
    with pytest.raises(BadSlowdown):
        with_slowdown(Faults(), times, NOW)


def test_settings_follow_each_other_in_time() -> None:
    with pytest.raises(ValueError, match="time"):
        Faults(later=(Setting(after(2), 0, 1), Setting(after(1), 0, 1)))


MACHINES = st.sampled_from([Machine.AGENT, Machine.MINISTRY])
SWITCHES: st.SearchStrategy[Switch] = st.one_of(
    st.builds(
        lambda machine, down: lambda faults, now: switched(faults, machine, now, down=down),
        MACHINES,
        st.booleans(),
    ),
    st.builds(
        lambda number: lambda faults, now: with_rejections(faults, number, now),
        st.sampled_from([0, 300, 1000]),
    ),
    st.builds(
        lambda times: lambda faults, now: with_slowdown(faults, times, now),
        st.sampled_from([1, 3, 20]),
    ),
)


@given(
    st.lists(st.tuples(st.integers(0, 400), SWITCHES), max_size=8),
    st.lists(st.integers(0, 4_000), max_size=20),
    st.integers(0, 99),
)
def test_wake_ups_between_switches_make_no_difference(
    thrown: list[tuple[int, Switch]], wake_ups: list[int], number: int
) -> None:
    """Whoever looks, and how often: the history is the same."""
    start = order(OrderStatus.PENDING, id=f"anna.nowak-{number:03}")
    end = after(1_000_000)
    events: list[tuple[datetime, Switch | None]] = []
    now = PLACED
    for wait, switch in thrown:
        now += timedelta(seconds=wait)
        events.append((now, switch))
    events.append((now + timedelta(seconds=1), all_well))
    woken = sorted(
        [*events, *((after(second), None) for second in wake_ups)], key=lambda pair: pair[0]
    )

    def played(story: list[tuple[datetime, Switch | None]]) -> Order:
        held, faults = start, Faults()
        for moment, switch in story:
            held = run(held, faults, moment, Durations())
            if switch is not None:
                faults = switch(faults, moment)
        return run(held, faults, end, Durations())

    assert played(events) == played(woken)


def test_what_comes_is_told_up_to_the_end() -> None:
    pending = list(coming(order(OrderStatus.PENDING), EXACT, Faults(), SEED, PLACED))
    assert [(one.at, one.status.name) for one in pending] == [
        (after(60), "IN_PROGRESS"),
        (after(180), "READY"),
    ]
    ready = order(OrderStatus.READY)
    assert [one.status.name for one in coming(ready, EXACT, Faults(), SEED, NOW)] == [
        "CODES_EXPIRED",
        "EXPIRED",
    ]
    collected = list(coming(order(OrderStatus.COLLECTED), EXACT, Faults(), SEED, NOW))
    assert [one.status.name for one in collected] == ["EXPIRED"]
    assert order(OrderStatus.COLLECTED).status_at(collected[0].at) is OrderStatus.EXPIRED


def test_rejections_are_told_ahead() -> None:
    faults = Faults(rejections_per_mille=1000)
    steps = list(coming(order(OrderStatus.PENDING), EXACT, faults, SEED, PLACED))
    assert steps[-1].status is OrderStatus.ERROR
    assert due_steps(order(OrderStatus.PENDING), EXACT, faults, SEED, after(999))[-1].command is (
        Command.REJECT
    )
