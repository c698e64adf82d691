"""What will happen to an order by itself, as things are set now. Pure and reproducible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.messages import N_, MessageId
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
COMING_LABELS: Mapping[OrderStatus, MessageId] = {
    OrderStatus.IN_PROGRESS: N_("przekazanie do systemu mObywatel"),
    OrderStatus.READY: N_("wydanie kodów"),
    OrderStatus.ERROR: N_("odrzucenie"),
    OrderStatus.CODES_EXPIRED: N_("kody wygasają"),
    OrderStatus.EXPIRED: N_("mija termin ważności"),
}
"""What is to happen, by the state that an order comes to."""


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
    if order.status_at(now) not in ISSUED or order.ends_at is None:
        return
    forgotten = order.codes_end_at
    if forgotten is not None and forgotten < order.ends_at:
        yield Coming(forgotten, order.id, OrderStatus.CODES_EXPIRED, since)
    yield Coming(order.ends_at, order.id, OrderStatus.EXPIRED, since)
