"""Orders as rows of a table, and what is done with thousands of them at once. Pure.

Rows are read once for each revision of the store; filtering, sorting and counting them needs no
store. Tokens and activation codes are in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.folding import folded
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.services.pages import most_counted
from mleg_tui.services.store import View


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as the office sees it in a list; ``student`` is the full name.

    ``version`` is the order's when it was read; ``search`` is what a filter looks through.
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
    search: str


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which rows to show; no statuses means all.

    ``text`` is beginnings of words, for each of which the student's name, the album number or the
    order's id has a word. ``older_than`` keeps the orders that were placed at least so long ago,
    in simulated time.
    """

    text: str = ""
    statuses: frozenset[OrderStatus] = frozenset()
    university: str | None = None
    older_than: timedelta | None = None

    @property
    def most_counted(self) -> int | None:
        """Up to how many a count of them is worth its time on the way to a key."""
        filters = bool(self.statuses or self.university or self.older_than)
        return most_counted(words=bool(self.text.strip()), filters=filters)


class Sorting(StrEnum):
    """By what rows are sorted."""

    ORDER_DATE = "order_date"
    STATUS = "status"
    STUDENT = "student"
    STUDENT_NUMBER = "student_number"
    UNIVERSITY = "university"
    CHANGED = "changed"


_KEYS: Mapping[Sorting, Callable[[OrderRow], object]] = MappingProxyType(
    {
        Sorting.ORDER_DATE: lambda row: row.order_date,
        Sorting.STATUS: lambda row: tuple(OrderStatus).index(row.status),
        Sorting.STUDENT: lambda row: row.search,
        Sorting.STUDENT_NUMBER: lambda row: row.student_number.zfill(12),
        Sorting.UNIVERSITY: lambda row: row.university_id,
        Sorting.CHANGED: lambda row: row.changed_at,
    }
)


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


def order_rows(view: View, now: datetime) -> tuple[OrderRow, ...]:
    """Return all orders as rows, the newest first."""
    universities = {university.id: university for university in view.select(University)}
    students = {student.id: student for student in view.select(Student)}
    rows = (
        order_row(
            order,
            students.get(order.student),
            universities.get(order.university) or University.unknown(order.university),
            now,
        )
        for order in view.select(Order)
    )
    return tuple(sorted(rows, key=lambda row: (row.order_date, row.id), reverse=True))


def order_row(
    order: Order, student: Student | None, university: University, now: datetime
) -> OrderRow:
    """Return one order as a row; a student who is not there goes by the id."""
    status = order.status_at(now)
    names = (student.last_name, student.first_name) if student else (order.student,)
    searched = (*names, order.student_number, order.id)
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
        status_label=university.label(status),
        changed_at=order.last_change.at,
        version=order.version,
        search=folded(" ".join(searched)),
    )


def filtered(rows: Iterable[OrderRow], wanted: OrderFilter, now: datetime) -> tuple[OrderRow, ...]:
    """Return the rows that a filter lets through, in their order.

    Each thing that is wanted goes through the rows by itself: with very many rows that is several
    times faster than to look for all of them in each, and one waits for it at every key.
    """
    kept = list(rows)
    for word in folded(wanted.text).split():
        kept = [row for row in kept if word in row.search]
    if wanted.statuses:
        kept = [row for row in kept if row.status in wanted.statuses]
    if wanted.university is not None:
        kept = [row for row in kept if row.university_id == wanted.university]
    if wanted.older_than is not None:
        last = now - wanted.older_than
        kept = [row for row in kept if row.order_date <= last]
    return tuple(kept)


def in_order(
    rows: Iterable[OrderRow], by: Sorting, *, descending: bool = False
) -> tuple[OrderRow, ...]:
    """Return the rows sorted; equal ones stay as they were."""
    key: Callable[[OrderRow], object] = _KEYS[by]
    return tuple(sorted(rows, key=key, reverse=descending))  # type: ignore[arg-type]  # same kind


def counters(rows: Iterable[OrderRow]) -> Counters:
    """Count rows by status and by the day in Warsaw on which they were ordered."""
    rows = tuple(rows)
    states = Counter(row.status for row in rows)
    days = Counter(warsaw_date(row.order_date) for row in rows)
    return Counters(
        MappingProxyType({status: states[status] for status in OrderStatus}),
        tuple(sorted(days.items())),
    )
