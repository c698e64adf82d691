"""Which orders the office wants to see, in which order: as queries that a store answers.

The states that follow from the date (EXPIRED, CODES_EXPIRED) are kept nowhere: they are conditions
at the simulated present.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from mleg_tui.domain.calendar import midnight_after, midnight_before, soonest, warsaw_date
from mleg_tui.domain.order import ISSUED, Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.services.campus import university_of
from mleg_tui.services.columns import NEVER, just_after, moment, searched_words
from mleg_tui.services.order_rows import Counters, OrderRow, order_row
from mleg_tui.services.pages import most_counted
from mleg_tui.services.store import Query, Span, View, Where


class Sorting(StrEnum):
    """By what rows are sorted."""

    ORDER_DATE = "order_date"
    STATUS = "status"
    STUDENT = "student"
    STUDENT_NUMBER = "student_number"
    UNIVERSITY = "university"
    CHANGED = "changed"


_COLUMNS: Mapping[Sorting, str] = {
    Sorting.ORDER_DATE: "placed",
    Sorting.STUDENT: "name",
    Sorting.STUDENT_NUMBER: "number",
    Sorting.UNIVERSITY: "university",
    Sorting.CHANGED: "changed",
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders to show, in which order; no statuses means all. Implements ``Wanted``.

    ``text`` is beginnings of words, for each of which the student's name, the album number or the
    order's id has a word. ``older_than`` keeps the orders that were placed at least so long ago,
    in simulated time, and ``since`` those of a day in Warsaw and later.
    """

    text: str = ""
    statuses: frozenset[OrderStatus] = frozenset()
    university: str | None = None
    older_than: timedelta | None = None
    since: date | None = None
    by: Sorting = Sorting.ORDER_DATE
    descending: bool = True

    @property
    def most_counted(self) -> int | None:
        """Up to how many a count of them is worth its time on the way to a key."""
        filters = bool(self.statuses or self.university or self.older_than or self.since)
        return most_counted(words=bool(self.text.strip()), filters=filters)

    def queries(self, now: datetime) -> tuple[Query[Order], ...]:
        """Return the queries that find the orders at a moment, one behind the other.

        By status each state has one of its own, in which the newest are first.
        """
        if self.by is not Sorting.STATUS:
            by = _COLUMNS[self.by]
            return (_query(self, self.statuses, now, by, descending=self.descending),)
        states = reversed(OrderStatus) if self.descending else iter(OrderStatus)
        return tuple(
            _query(self, {state}, now, "placed", descending=True)
            for state in states
            if not self.statuses or state in self.statuses
        )

    def rows(self, view: View, orders: Sequence[Order], now: datetime) -> tuple[OrderRow, ...]:
        """Return orders as rows."""
        return rows_of(view, orders, now)

    def holds_until(self, view: View, shown: Sequence[Order], now: datetime) -> datetime | None:
        """Return when time alone changes which orders there are, or how the shown ones are."""
        by_status = self.by is Sorting.STATUS
        return _holds_until(view, self, now, shown, by_status=by_status)


def rows_of(view: View, orders: Sequence[Order], now: datetime) -> tuple[OrderRow, ...]:
    """Return orders as rows, with the students and universities that they are of."""
    students = view.many(Student, {order.student for order in orders})
    universities = {id_: university_of(view, id_) for id_ in {one.university for one in orders}}
    return tuple(
        order_row(order, students.get(order.student), universities[order.university], now)
        for order in orders
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """All orders at a glance.

    ``by_day`` has each of the last ``DAYS`` days in Warsaw, the oldest first. ``oldest_pending`` is
    when the first of those that wait was placed, ``codes_dying`` how many codes die within
    ``SOON``.
    """

    by_status: Mapping[OrderStatus, int]
    by_day: tuple[tuple[date, int], ...]
    oldest_pending: datetime | None
    codes_dying: int


DAYS = 7
SOON = timedelta(days=3)


def overview(view: View, now: datetime) -> Overview:
    """Count all orders by state, and those of the last days."""
    everything = OrderFilter()
    by_status = {one: view.count(_query(everything, {one}, now, "placed")) for one in OrderStatus}
    waiting = view.page(_query(everything, {OrderStatus.PENDING}, now, "placed"), count=1)
    dying: Where = {
        "status": OrderStatus.READY.value,
        "turns": Span(just_after(now), just_after(now + SOON)),
    }
    return Overview(
        MappingProxyType(by_status),
        tuple(_last_days(view, now)),
        waiting[0].order_date if waiting else None,
        view.count(Query(Order, (), (dying,), "turns")),
    )


def _last_days(view: View, now: datetime) -> Iterator[tuple[date, int]]:
    today = warsaw_date(now)
    for ago in reversed(range(DAYS)):
        day = today - timedelta(days=ago)
        span = Span(moment(midnight_before(day)), moment(midnight_after(day)))
        yield day, view.count(Query(Order, (), ({"placed": span},), "placed"))


def counted_orders(view: View, wanted: OrderFilter, now: datetime) -> Counters:
    """Count the orders by status and by the day in Warsaw on which they were placed."""
    states = {
        status: view.count(_query(wanted, {status}, now, "placed"))
        if not wanted.statuses or status in wanted.statuses
        else 0
        for status in OrderStatus
    }
    holds = _holds_until(view, wanted, now, by_status=True)
    return Counters(MappingProxyType(states), tuple(_by_day(view, wanted, now)), holds)


def _holds_until(
    view: View,
    wanted: OrderFilter,
    now: datetime,
    shown: Iterable[Order] = (),
    *,
    by_status: bool = False,
) -> datetime | None:
    """Return when time alone changes which orders are wanted, or how those that are shown are.

    ``by_status`` tells that the state matters of those that are not shown, too.
    """
    turns = [order.status_until(now) for order in shown]
    if by_status or wanted.statuses:
        turns += [order.status_until(now) for order in _next_to_turn(view, wanted, now)]
    if wanted.older_than is not None:
        turns += [_later(one.order_date, wanted.older_than) for one in _next(view, wanted, now)]
    return soonest(turns)


def _query(
    wanted: OrderFilter,
    statuses: Iterable[OrderStatus],
    now: datetime,
    by: str,
    *,
    descending: bool = False,
    placed: Span | None = None,
) -> Query[Order]:
    """Return the query for the orders of some states, or all, ``placed`` in a span if there is one.

    Without a span they are as old as is wanted.
    """
    common = _common(wanted)
    if placed is not None:
        common["placed"] = placed
    elif wanted.older_than is not None or wanted.since is not None:
        common["placed"] = _wanted_span(wanted, now)
    states = [state for status in sorted(statuses) for state in _states(status, now)]
    either = tuple({**state, **common} for state in states or ([{}] if common else []))
    return Query(Order, searched_words(wanted.text), either, by, descending)


def _wanted_span(wanted: OrderFilter, now: datetime) -> Span:
    """Return when the wanted orders were placed."""
    least = None if wanted.since is None else moment(midnight_before(wanted.since))
    below = None if wanted.older_than is None else _youngest(now, wanted.older_than)
    return Span(least, below)


def _common(wanted: OrderFilter) -> dict[str, str | Span]:
    return {} if wanted.university is None else {"university": wanted.university}


def _states(status: OrderStatus, now: datetime) -> Iterator[Where]:
    """Yield the conditions, of which one holds, for a state at a moment (T8, T10)."""
    over, ahead = Span(below=just_after(now)), Span(least=just_after(now))
    match status:
        case OrderStatus.EXPIRED:
            for issued in sorted(ISSUED):
                yield {"status": issued.value, "ends": over}
        case OrderStatus.CODES_EXPIRED:
            yield {"status": OrderStatus.READY.value, "ends": ahead, "turns": over}
        case OrderStatus.READY | OrderStatus.COLLECTED:
            yield {"status": status.value, "turns": ahead}
        case _:
            yield {"status": status.value}


def _by_day(view: View, wanted: OrderFilter, now: datetime) -> Iterator[tuple[date, int]]:
    """Yield each day on which orders were placed, the oldest first, with how many."""
    span = _wanted_span(wanted, now)
    least, below = span.least, span.below
    while True:
        left = _query(wanted, wanted.statuses, now, "placed", placed=Span(least, below))
        first = view.page(left, count=1)
        if not first:
            return
        day = warsaw_date(first[0].order_date)
        end = moment(midnight_after(day))
        until = end if below is None else min(end, below)
        of_day = _query(wanted, wanted.statuses, now, "placed", placed=Span(least, until))
        yield day, view.count(of_day)
        least = until


def _next_to_turn(view: View, wanted: OrderFilter, now: datetime) -> Iterator[Order]:
    """Yield the first whose codes die or whose validity ends, and the first with dead codes."""
    words, common, ahead = (
        searched_words(wanted.text),
        _common(wanted),
        Span(just_after(now), NEVER),
    )
    turning = tuple({**common, "status": one.value, "turns": ahead} for one in sorted(ISSUED))
    yield from view.page(Query(Order, words, turning, "turns"), count=1)
    dead = tuple({**common, **state} for state in _states(OrderStatus.CODES_EXPIRED, now))
    yield from view.page(Query(Order, words, dead, "ends"), count=1)


def _next(view: View, wanted: OrderFilter, now: datetime) -> tuple[Order, ...]:
    """Return the next that is as old as is wanted, if there is one."""
    young = Span(least=_youngest(now, wanted.older_than or timedelta()))
    return view.page(_query(wanted, wanted.statuses, now, "placed", placed=young), count=1)


def _youngest(now: datetime, age: timedelta) -> str:
    """Return below what was placed that is at least so old."""
    try:
        return just_after(now - age)
    except OverflowError:  # nothing is as old as that
        return ""


def _later(at: datetime, age: timedelta) -> datetime | None:
    try:
        return at + age
    except OverflowError:
        return None
