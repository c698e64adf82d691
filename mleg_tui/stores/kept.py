"""Columns and words of records that are all in memory, kept from one state to the next."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, cast

from mleg_tui.services.columns import (
    SEARCHED,
    columns_of,
    dependents,
    has_words,
    meets,
    words_of,
)
from mleg_tui.services.store import Key, Moved, Query, R, Record, Span, View, table_name


class _Row(NamedTuple):
    columns: Mapping[str, str]
    words: tuple[str, ...]


@dataclass
class _Kind:
    """The rows of a kind by id, and the ids sorted by each column that was asked for."""

    rows: dict[str, _Row]
    orders: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def sorted_by(self, column: str) -> list[tuple[str, str]]:
        if column not in self.orders:
            pairs = ((_value(row, column), id_) for id_, row in self.rows.items())
            self.orders[column] = sorted(pairs)
        return self.orders[column]

    def changed(self, rows: Mapping[str, _Row | None]) -> _Kind:
        after = _Kind(dict(self.rows), {by: list(ids) for by, ids in self.orders.items()})
        for id_, row in rows.items():
            before = after.rows.pop(id_, None)
            if row is not None:
                after.rows[id_] = row
            for column, pairs in after.orders.items():
                if before is not None:
                    del pairs[bisect_left(pairs, (_value(before, column), id_))]
                if row is not None:
                    insort(pairs, (_value(row, column), id_))
        return after


class KeptLookup:
    """Implements ``Lookup``. What a kind needs is computed when it is first asked for.

    A lookup belongs to one state of the tables; ``after`` gives that of the next one.
    """

    def __init__(self, kinds: Mapping[type[Record], _Kind] | None = None) -> None:
        self._kinds = dict(kinds or {})

    def page(self, view: View, query: Query[R], start: int, count: int | None, /) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place on."""
        ids = self._found(view, query)
        wanted = islice(ids, start, None if count is None else start + count)
        return tuple(view.get(query.kind, id_) for id_ in wanted)

    def count(self, view: View, query: Query[R], most: int | None, /) -> int:
        """Return how many records a query finds, ``most`` at the most."""
        if not query.words and not query.either:
            whole = len(self._of(view, query.kind).rows)
            return whole if most is None else min(whole, most)
        return sum(1 for _ in islice(self._found(view, query), most))

    def after(self, moved: Iterable[tuple[Key, Moved]], view: View) -> KeptLookup:
        """Return the lookup of the state that a view shows, by what moved on the way to it."""
        rows: dict[type[Record], dict[str, _Row | None]] = {}
        for (kind, id_), (before, now) in moved:
            if kind in self._kinds:
                rows.setdefault(kind, {})[id_] = None if now is None else _row(now, view)
            for other in dependents(before, now, view):
                if type(other) in self._kinds:
                    rows.setdefault(type(other), {})[other.id] = _row(other, view)
        changed = {kind: self._kinds[kind].changed(by_id) for kind, by_id in rows.items()}
        return KeptLookup({**self._kinds, **changed})

    def _of(self, view: View, kind: type[Record]) -> _Kind:
        if kind not in self._kinds:
            self._kinds[kind] = _Kind({one.id: _row(one, view) for one in view.select(kind)})
        return self._kinds[kind]

    def _found(self, view: View, query: Query[Any]) -> Iterator[str]:
        kept = self._of(view, query.kind)
        pairs = kept.sorted_by(query.by)
        least, below = _bounds(query)
        first = 0 if least is None else bisect_left(pairs, (least, ""))
        last = len(pairs) if below is None else bisect_left(pairs, (below, ""))
        places = range(last - 1, first - 1, -1) if query.descending else range(first, last)
        for place in places:
            id_ = pairs[place][1]
            row = kept.rows[id_]
            if meets(row.columns, query.either) and has_words(row.words, query.words):
                yield id_


def _bounds(query: Query[Any]) -> Span:
    """Return within which values of the sorting's column everything is that a query finds."""
    spans = [where.get(query.by, Span()) for where in query.either]
    if not spans or any(isinstance(span, str) for span in spans):
        return Span()
    known = cast("list[Span]", spans)
    least = [span.least for span in known]
    below = [span.below for span in known]
    return Span(
        None if None in least else min(cast("list[str]", least)),
        None if None in below else max(cast("list[str]", below)),
    )


def _row(record: Record, view: View) -> _Row:
    searched = table_name(type(record)) in SEARCHED
    return _Row(columns_of(record, view), words_of(record, view) if searched else ())


def _value(row: _Row, column: str) -> str:
    return "" if column == "id" else row.columns[column]
