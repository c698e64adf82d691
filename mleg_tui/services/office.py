"""The dean's office: what its staff may see and do. Tokens and codes are never among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.order import NotYours, Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View
from mleg_tui.simulation.world import WORLD_ID, World


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as the office sees it in a list."""

    id: str
    student: str
    student_number: str
    university: LocalText
    order_date: datetime
    status: OrderStatus
    status_label: LocalText


class Office:
    """What the office may see. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def orders(self, session: Session) -> tuple[OrderRow, ...]:
        """Return all orders, the newest first."""
        real_now = self._clock.now()
        session.check(real_now)
        if session.account.role is not Role.OFFICE:
            raise NotYours

        def ask(view: View) -> tuple[OrderRow, ...]:
            now = view.get(World, WORLD_ID).timeline.now(real_now)
            rows = (_row(view, order, now) for order in view.select(Order))
            return tuple(sorted(rows, key=lambda row: (row.order_date, row.id), reverse=True))

        return self._store.read(ask)


def _row(view: View, order: Order, now: datetime) -> OrderRow:
    university = view.get(University, order.university)
    status = order.status_at(now)
    return OrderRow(
        id=order.id,
        student=view.get(Student, order.student).full_name,
        student_number=order.student_number,
        university=university.name,
        order_date=order.order_date,
        status=status,
        status_label=university.label(status),
    )
