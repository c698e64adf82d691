"""Pages of rows, counts and long lists out of the store, each as it is at one moment.

What is wanted may take several queries, whose records follow each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from mleg_tui.services.columns import sort_key
from mleg_tui.services.store import Query, R, Span, View, Where

T = TypeVar("T")
AsRows = Callable[[View, Sequence[R], datetime], Sequence[T]]
_CHUNK = 1_000
_COUNTED_WITH_WORDS, _COUNTED_WITH_FILTERS = 1_000, 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows from a place on, as they are at a simulated moment.

    They hold until another moment, at which something of them turns by time alone; ``None``: as
    long as nothing is changed.
    """

    rows: tuple[T, ...]
    start: int
    now: datetime
    holds_until: datetime | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; ``most`` stands for that or any number above. Holds as a page does."""

    number: int
    most: int | None
    holds_until: datetime | None

    @property
    def is_whole(self) -> bool:
        """Tell whether these are all."""
        return self.most is None or self.number < self.most


Look = Callable[[Callable[[View, datetime], Any]], Any]
"""Returns what is made of the store at the simulated present, for who may see it."""


def most_counted(*, words: bool, filters: bool) -> int | None:
    """Return up to how many a count is worth its time on the way to a key."""
    if words:
        return _COUNTED_WITH_WORDS
    return _COUNTED_WITH_FILTERS if filters else None


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


def streamed(
    look: Look,
    queries: Sequence[Query[R]],
    as_rows: AsRows[R, T],
) -> Iterator[T]:
    """Return a row for all that the queries find, few of them in memory at once.

    The store is looked at again and again, so that who takes their time holds nobody up: what
    somebody changes meanwhile is told as it was or as it is.
    """
    look(lambda _view, _now: None)  # who may not look is told before anything is written
    return _rows(look, queries, as_rows)


def _rows(
    look: Look,
    queries: Sequence[Query[R]],
    as_rows: AsRows[R, T],
) -> Iterator[T]:
    for query in queries:
        place: _Place | None = _Place()
        while place is not None:
            rows, place = look(partial(_chunk, query, place, as_rows))
            yield from rows


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the order of a query: so many behind the first record of a value."""

    value: str | None = None
    behind: int = 0


def _chunk(
    query: Query[R],
    place: _Place,
    as_rows: AsRows[R, T],
    view: View,
    now: datetime,
) -> tuple[Sequence[T], _Place | None]:
    found = view.page(_from(query, place.value), place.behind, _CHUNK)
    return as_rows(view, found, now), _next_place(view, query, place, found)


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
    return replace(query, either=tuple(_narrowed(w, query.by, span) for w in query.either or ({},)))


def _narrowed(where: Where, column: str, span: Span) -> Where:
    known = where.get(column, Span())
    if isinstance(known, str):
        return where
    least = [bound for bound in (known.least, span.least) if bound is not None]
    below = [bound for bound in (known.below, span.below) if bound is not None]
    return {**where, column: Span(max(least, default=None), min(below, default=None))}
