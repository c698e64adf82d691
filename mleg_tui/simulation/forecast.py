"""What will happen to an order by itself, as things are set now. Pure and reproducible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.order import ISSUED, Command, Order, OrderStatus
from mleg_tui.domain.university import Durations
from mleg_tui.simulation.faults import Faults
from mleg_tui.simulation.progress import remaining_steps

REACHED: Mapping[Command, OrderStatus] = {
    Command.HAND_OVER: OrderStatus.IN_PROGRESS,
    Command.ISSUE_CODES: OrderStatus.READY,
    Command.REJECT: OrderStatus.ERROR,
}
"""What a machine's step makes of an order."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A simulated moment at which an order comes to a state, by itself.

    ``since`` is when it came, or will come, to the state before.
    """

    at: datetime
    order: str
    status: OrderStatus
    since: datetime


def coming(
    order: Order, durations: Durations, faults: Faults, seed: int, now: datetime
) -> Iterator[Coming]:
    """Yield what becomes of an order after ``now`` if nobody does anything, in order of time.

    An order whose codes are yet to be issued is followed up to that.
    """
    since = order.last_change.at
    for step in remaining_steps(order, durations, faults, seed):
        yield Coming(step.at, order.id, REACHED[step.command], since)
        since = step.at
    if order.status_at(now) in ISSUED:
        for at, status in order.turns:
            yield Coming(at, order.id, status, since)
