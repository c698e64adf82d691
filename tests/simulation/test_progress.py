"""Which steps the machines take, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.order import Command, Order, OrderStatus
from mleg_tui.domain.university import Durations, Span
from mleg_tui.simulation.faults import Faults, Outage
from mleg_tui.simulation.progress import REJECTED, due_steps, next_step, take
from tests.factories import NOW, order

EXACT = Durations(pending=Span(60, 60), in_progress=Span(120, 120))
USUAL = Durations()
HEALTHY = Faults()
FAR = NOW + timedelta(days=365)
PLACED = order(OrderStatus.PENDING).order_date
SEED = 7


def run(held: Order, faults: Faults, now: datetime, durations: Durations = EXACT) -> Order:
    for step in due_steps(held, durations, faults, SEED, now):
        held = take(held, step, durations, SEED)
    return held


def seconds(*values: int) -> list[datetime]:
    return [PLACED + timedelta(seconds=value) for value in values]


def test_an_order_goes_from_the_agent_to_the_ministry() -> None:
    ready = run(order(OrderStatus.PENDING), HEALTHY, FAR)
    assert [entry.status.name for entry in ready.history] == ["PENDING", "IN_PROGRESS", "READY"]
    assert [entry.at for entry in ready.history] == seconds(0, 60, 180)
    assert [entry.actor.kind.name for entry in ready.history] == ["STUDENT", "AGENT", "MINISTRY"]
    assert ready.codes_expiration == PLACED + timedelta(seconds=180, days=30)


@pytest.mark.parametrize(
    ("after", "status"),
    [(0, "PENDING"), (59, "PENDING"), (60, "IN_PROGRESS"), (179, "IN_PROGRESS"), (180, "READY")],
)
def test_a_step_is_due_from_its_second_on(after: int, status: str) -> None:
    assert run(order(OrderStatus.PENDING), HEALTHY, seconds(after)[0]).status == status


@pytest.mark.parametrize(
    "status", [s for s in OrderStatus if s not in {OrderStatus.PENDING, OrderStatus.IN_PROGRESS}]
)
def test_nothing_happens_by_itself_to_what_is_not_in_process(status: OrderStatus) -> None:
    assert next_step(order(status), EXACT, HEALTHY, SEED) is None
    assert due_steps(order(status), EXACT, HEALTHY, SEED, FAR) == ()


@given(st.integers(), st.integers(1, 999))
def test_durations_keep_their_bounds_and_depend_on_seed_and_order_only(
    seed: int, number: int
) -> None:
    held = order(OrderStatus.PENDING, id=f"anna.nowak-{number:03}")
    steps = due_steps(held, USUAL, HEALTHY, seed, FAR)
    assert steps == due_steps(held, USUAL, HEALTHY, seed, FAR)
    pending, in_progress = steps[0].at - PLACED, steps[1].at - steps[0].at
    assert timedelta(seconds=60) <= pending <= timedelta(seconds=300)
    assert timedelta(seconds=120) <= in_progress <= timedelta(seconds=600)


def test_different_orders_take_different_times() -> None:
    orders = [order(OrderStatus.PENDING, id=f"anna.nowak-{n:03}") for n in range(20)]
    assert len({next_step(held, USUAL, HEALTHY, SEED) for held in orders}) > 5


@given(st.integers(1, 999), st.lists(st.integers(1, 1200), max_size=10))
def test_many_small_steps_come_to_the_same_as_one_jump(number: int, waits: list[int]) -> None:
    faults = Faults(agent=(Outage(*seconds(30, 400)),), rejections_per_mille=500, slowdown=2)
    held = start = order(OrderStatus.PENDING, id=f"anna.nowak-{number:03}")
    now = PLACED
    for wait in waits:
        now += timedelta(seconds=wait)
        held = run(held, faults, now, USUAL)
    assert held == run(start, faults, now, USUAL)


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (Faults(agent=(Outage(*seconds(0, 3600)),)), [3600, 3720]),
        (Faults(ministry=(Outage(*seconds(0, 3600)),)), [60, 3600]),
        (Faults(agent=(Outage(*seconds(61, 3600)),)), [60, 180]),
        (Faults(slowdown=10), [600, 1800]),
        (Faults(agent=(Outage(PLACED),)), []),
        (Faults(ministry=(Outage(PLACED),)), [60]),
    ],
    ids=["agent-down", "ministry-down", "too-late", "slow", "agent-gone", "ministry-gone"],
)
def test_faults_delay_what_they_concern(faults: Faults, expected: list[int]) -> None:
    steps = due_steps(order(OrderStatus.PENDING), EXACT, faults, SEED, FAR)
    assert [step.at for step in steps] == seconds(*expected)


def test_nothing_is_next_while_the_agent_is_down_for_good() -> None:
    gone = Faults(agent=(Outage(PLACED),))
    assert next_step(order(OrderStatus.PENDING), EXACT, gone, SEED) is None


def test_a_rejected_order_ends_in_error_with_the_reason() -> None:
    held = run(order(OrderStatus.PENDING), Faults(rejections_per_mille=1000), FAR)
    assert held.status is OrderStatus.ERROR
    assert held.last_change.reason == REJECTED
    assert held.codes is None


def test_some_of_a_thousand_are_rejected_when_a_few_hundred_should_be() -> None:
    faults = Faults(rejections_per_mille=300)
    orders = [order(OrderStatus.PENDING, id=f"anna.nowak-{n:03}") for n in range(300)]
    commands = [due_steps(held, EXACT, faults, SEED, FAR)[1].command for held in orders]
    assert 50 < commands.count(Command.REJECT) < 130
