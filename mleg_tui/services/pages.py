"""Pages of rows, counts and long lists out of the store, each as it is at one moment.

What is wanted may take several queries, whose records follow each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from mleg_tui.domain.account import Role
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import sort_key
from mleg_tui.services.session import Session
from mleg_tui.services.store import Query, R, Span, Store, View, Where
from mleg_tui.services.unit_of_work import UnitOfWork

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_CHUNK = 1_000
_COUNTED_WITH_WORDS, _COUNTED_WITH_FILTERS = 1_000, 10_000


class Wanted(Protocol[R, T_co]):
    """Which records somebody wants to see, in which order, and as what rows."""

    def queries(self, now: datetime) -> Sequence[Query[R]]:
        """Return the queries that find them at a moment, one behind the other."""

    def rows(self, view: View, records: Sequence[R], now: datetime) -> Sequence[T_co]:
        """Return records as rows."""

    def holds_until(self, view: View, shown: Sequence[R], now: datetime) -> datetime | None:
        """Return when time alone changes which there are, or how those that are shown are."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Rows from a place on, how many there are like them, and how many in all.

    ``most`` stands for that number of them or any above. It is so until a simulated moment at
    which something of it turns by time alone; ``None``: as long as nothing is changed.
    """

    rows: tuple[T, ...]
    start: int
    number: int
    most: int | None
    total: int
    holds_until: datetime | None

    @property
    def is_counted(self) -> bool:
        """Tell whether there are so many, and no more."""
        return self.most is None or self.number < self.most


Look = Callable[[Callable[[View, datetime], Any]], Any]
"""Returns what is made of the store at the simulated present, for who may see it."""


def most_counted(*, words: bool, filters: bool) -> int | None:
    """Return up to how many a count is worth its time on the way to a key."""
    if words:
        return _COUNTED_WITH_WORDS
    return _COUNTED_WITH_FILTERS if filters else None


def found(
    look: Look, wanted: Wanted[R, T], start: int = 0, count: int = 100, most: int | None = None
) -> Found[T]:
    """Return so many of the rows that are wanted, from a place on; ``most`` are counted."""

    def ask(view: View, now: datetime) -> Found[T]:
        queries = wanted.queries(now)
        records = page_of(view, queries, start, count)
        return Found(
            rows=tuple(wanted.rows(view, records, now)),
            start=start,
            number=count_of(view, queries, most),
            most=most,
            total=view.count(Query(queries[0].kind)),
            holds_until=wanted.holds_until(view, records, now),
        )

    answer: Found[T] = look(ask)
    return answer


def streamed(look: Look, wanted: Wanted[R, T]) -> Iterator[T]:
    """Return all rows that are wanted at this moment, few of them in memory at once.

    The store is looked at again and again, so that who takes their time holds nobody up: what
    somebody changes meanwhile is told as it was or as it is.
    """
    now = look(lambda _view, now: now)  # who may not look is told before anything is written
    return _rows(look, wanted, now)


class OfficeList(Generic[R, T]):
    """A list for the office, searched as one types. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._office = UnitOfWork(store, clock, Role.OFFICE)

    def find(
        self,
        session: Session,
        wanted: Wanted[R, T],
        start: int = 0,
        count: int = 100,
        most: int | None = None,
    ) -> Found[T]:
        """Return so many of the rows that are wanted, from a place on; ``most`` are counted."""
        return found(partial(self._office.look, session), wanted, start, count, most)

    def stream(self, session: Session, wanted: Wanted[R, T]) -> Iterator[T]:
        """Yield all rows that are wanted, few of them in memory at once."""
        return streamed(partial(self._office.look, session), wanted)


def page_of(view: View, queries: Sequence[Query[R]], start: int, count: int) -> tuple[R, ...]:
    """Return so many of the records that the queries find, from a place on."""
    found: list[R] = []
    for query in queries:
        rows = view.page(query, start, count - len(found))
        found += rows
        if len(found) == count:
            break
        start = 0 if rows else start - view.count(query, most=start)
    return tuple(found)


def count_of(view: View, queries: Sequence[Query[Any]], most: int | None) -> int:
    """Return how many records the queries find, ``most`` at the most."""
    number = 0
    for query in queries:
        number += view.count(query, most=None if most is None else most - number)
        if number == most:
            break
    return number


def _rows(look: Look, wanted: Wanted[R, T], now: datetime) -> Iterator[T]:
    for query in wanted.queries(now):
        place: _Place | None = _Place()
        while place is not None:
            rows, place = look(partial(_chunk, query, place, wanted, now))
            yield from rows


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the order of a query: so many behind the first record of a value."""

    value: str | None = None
    behind: int = 0


def _chunk(
    query: Query[R],
    place: _Place,
    wanted: Wanted[R, T],
    now: datetime,
    view: View,
    _later: datetime,
) -> tuple[Sequence[T], _Place | None]:
    found = view.page(_from(query, place.value), place.behind, _CHUNK)
    return wanted.rows(view, found, now), _next_place(view, query, place, found)


def _next_place(view: View, query: Query[R], place: _Place, found: Sequence[R]) -> _Place | None:
    if len(found) < _CHUNK:
        return None
    if query.by == "id":
        return _Place(behind=place.behind + len(found))
    values = [sort_key(query, one, view) for one in found]
    before = place.behind if values[-1] == place.value else 0
    return _Place(values[-1], before + values.count(values[-1]))


def _from(query: Query[R], value: str | None) -> Query[R]:
    """Return the query for what is at a value of its sorting's column, or behind it."""
    if value is None:
        return query
    span = Span(below=f"{value} ") if query.descending else Span(least=value)
    return query._replace(either=tuple(_narrowed(w, query.by, span) for w in query.either or ({},)))


def _narrowed(where: Where, column: str, span: Span) -> Where:
    known = where.get(column, Span())
    if isinstance(known, str):
        return where
    least = [bound for bound in (known.least, span.least) if bound is not None]
    below = [bound for bound in (known.below, span.below) if bound is not None]
    return {**where, column: Span(max(least, default=None), min(below, default=None))}
