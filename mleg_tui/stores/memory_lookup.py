"""Columns and words of records that are all in memory, kept from one state to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, cast

from msgspec import Struct, field

from mleg_tui.services.columns import SEARCHED, columns_of, dependents, meets, words_of
from mleg_tui.services.store import Key, Moved, Query, R, Record, Span, View, Where, table_name
from mleg_tui.stores.persistent import PersistentDict, SortedPairs

_WORTH_SORTING = 8
"""By how much fewer records an index must find than are gone through otherwise."""


class _Row(NamedTuple):
    """``words`` has each after a space: a search for a word's beginning is one for a text."""

    columns: Mapping[str, str]
    words: str

    def value(self, column: str) -> str:
        return "" if column == "id" else self.columns[column]


class _Kind(Struct):
    """The rows of a kind by id, and the ids sorted by each column that was asked for."""

    rows: PersistentDict[_Row]
    orders: dict[str, SortedPairs] = field(default_factory=dict)

    def sorted_by(self, column: str) -> SortedPairs:
        if column not in self.orders:
            rows = self.rows.whole().items()
            self.orders[column] = SortedPairs((row.value(column), id_) for id_, row in rows)
        return self.orders[column]

    def range(self, column: str, span: str | Span) -> tuple[SortedPairs, int, int]:
        """Return the ids sorted by a column, and the places of the first and behind the last."""
        pairs = self.sorted_by(column)
        least, below = (span, span + "\0") if isinstance(span, str) else span
        first = 0 if least is None else pairs.before((least, ""))
        last = len(pairs) if below is None else pairs.before((below, ""))
        return pairs, first, max(first, last)

    def changed(self, rows: Mapping[str, _Row | None]) -> _Kind:
        known = {id_: self.rows.get(id_) for id_ in rows}
        orders = {
            column: pairs.changed(gone - come, come - gone)
            for column, pairs in self.orders.copy().items()
            for gone, come in [(_pairs(known, column), _pairs(rows, column))]
        }
        return _Kind(self.rows.changed(rows).settled(), orders)


class MemoryLookup:
    """Implements ``Lookup``. What a kind needs is computed when it is first asked for.

    A lookup belongs to one state of the tables; ``after`` gives that of the next one.
    """

    def __init__(self, kinds: Mapping[type[Record], _Kind] | None = None) -> None:
        self._kinds = dict(kinds or {})

    def page(self, view: View, query: Query[R], start: int, count: int | None, /) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place on."""
        if start == 0 and count is not None and query == Query(query.kind):
            return tuple(islice(view.stream(query.kind), count))  # needs no columns
        ids = self._found(view, query)
        wanted = islice(ids, start, None if count is None else start + count)
        return tuple(view.get(query.kind, id_) for id_ in wanted)

    def count(self, view: View, query: Query[R], most: int | None, /) -> int:
        """Return how many records a query finds, ``most`` at the most."""
        if not query.words and len(query.either) == 1 and len(query.either[0]) == 1:
            ((column, span),) = query.either[0].items()
            _, first, last = self._of(view, query.kind).range(column, span)
            return last - first if most is None else min(last - first, most)
        return sum(1 for _ in islice(self._found(view, query), most))

    def after(self, moved: Iterable[tuple[Key, Moved]], view: View) -> MemoryLookup:
        """Return the lookup of the state that a view shows, by what moved on the way to it."""
        rows: dict[type[Record], dict[str, _Row | None]] = {}
        for (kind, id_), (before, now) in moved if self._kinds else ():
            if kind in self._kinds:
                rows.setdefault(kind, {})[id_] = None if now is None else _row(now, view)
            for other in dependents(before, now, view):
                if type(other) in self._kinds:
                    rows.setdefault(type(other), {})[other.id] = _row(other, view)
        changed = {kind: self._kinds[kind].changed(by_id) for kind, by_id in rows.items()}
        return MemoryLookup({**self._kinds, **changed})

    def _of(self, view: View, kind: type[Record]) -> _Kind:
        if kind not in self._kinds:
            rows = {one.id: _row(one, view) for one in view.stream(kind)}
            self._kinds[kind] = _Kind(PersistentDict(rows))
        return self._kinds[kind]

    def _found(self, view: View, query: Query[Any]) -> Iterator[str]:
        kept = self._of(view, query.kind)
        pairs, first, last = kept.range(query.by, _bounds(query))
        few = _narrowed(kept, query.either, (last - first) // _WORTH_SORTING)
        ids: Iterable[str] = pairs.ids(first, last, descending=query.descending)
        if few is not None:
            ids = sorted(
                few,
                key=lambda id_: (kept.rows[id_].value(query.by), id_),
                reverse=query.descending,
            )
        words = [f" {word}" for word in query.words]
        for id_ in ids:
            row = kept.rows[id_]
            if meets(row.columns, query.either) and all(word in row.words for word in words):
                yield id_


def _narrowed(kept: _Kind, either: Iterable[Where], most: int) -> set[str] | None:
    """Return ids among which are all that conditions find, ``None`` if there are too many."""
    few: set[str] = set()
    for where in either:
        equal = [kept.range(*pair) for pair in where.items() if isinstance(pair[1], str)]
        if not equal:
            return None
        pairs, first, last = min(equal, key=lambda found: found[2] - found[1])
        most -= last - first
        if most < 0:
            return None
        few.update(pairs.ids(first, last))
    return few if either else None


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
    words = words_of(record, view) if table_name(type(record)) in SEARCHED else ()
    return _Row(columns_of(record, view), "".join(f" {word}" for word in words))


def _pairs(rows: Mapping[str, _Row | None], column: str) -> set[tuple[str, str]]:
    return {(row.value(column), id_) for id_, row in rows.items() if row is not None}
