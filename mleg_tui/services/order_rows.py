"""Orders as the office sees them in a list.

Tokens and activation codes are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as the office sees it in a list; ``student`` is the full name.

    ``version`` is the order's when it was read.
    """

    id: str
    student_id: str
    student: str
    student_number: str
    university_id: str
    university: LocalText
    order_date: datetime
    expiration_date: date
    status: OrderStatus
    status_label: LocalText
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Counters:
    """How many rows there are of each status, and of each day of ordering, the oldest first.

    It ``holds_until`` the simulated moment at which a date changes it; ``None``: never.
    """

    by_status: Mapping[OrderStatus, int]
    by_day: tuple[tuple[date, int], ...]
    holds_until: datetime | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


def order_row(
    order: Order, student: Student | None, university: University, now: datetime
) -> OrderRow:
    """Return one order as a row; a student who is not there goes by the id."""
    status = order.status_at(now)
    return OrderRow(
        id=order.id,
        student_id=order.student,
        student=student.full_name if student else order.student,
        student_number=order.student_number,
        university_id=university.id,
        university=university.name,
        order_date=order.order_date,
        expiration_date=order.expiration_date,
        status=status,
        status_label=university.label(status, by_student=order.is_ended_by_student),
        changed_at=order.last_change.at,
        version=order.version,
    )
