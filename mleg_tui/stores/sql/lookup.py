"""Pages and counts out of a database, at a cost that hardly grows with what is in it.

A query goes one of two ways. It walks along an index that has the rows in the wanted order, and
leaves out what does not fit, until it has enough; that is soon where much fits. Or it gathers all
rows of a narrow range, those that have the words or those of a condition, and sorts them. Nobody
knows beforehand how much fits. So ranges are asked first whether they are narrow, and a walk that
went far in vain is given up for the range that is the least wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple, TypeVar, cast

from mleg_tui.services.store import Query, R, Record, Span, View, Where
from mleg_tui.stores.sql.full_text import Words, patterns
from mleg_tui.stores.sql.layout import key, value_of
from mleg_tui.stores.sql.search import EVERYTHING, Arm, Search, Sorting, Walk, values_of
from mleg_tui.stores.sql.statements import Prepared
from mleg_tui.stores.sql.tables import DatabaseTables

_NARROW = 2_000
"""So many rows are soon sorted."""
_WIDE = 30_000
"""By how much a range has more is not worth a look."""


class _Reach(NamedTuple):
    """How far a walk goes: past ``entries`` of an index, or past ``rows`` that it looks at.

    So many rows with the words it takes along, so that it need not look at others for them.
    """

    entries: int
    rows: int
    at_hand: int = 0


class _Range(NamedTuple):
    """Where all is that fits, among so many rows."""

    size: int
    sources: Sources


_GLANCE = _Reach(1_000, 1_000)
_NEAR = _Reach(30_000, 4_000, at_hand=30_000)
_LOOKING = _Reach(20_000, 20_000)
"""Instead of ``_NEAR`` where it costs more to count the rows with the words than to meet some."""
_FAR = _Reach(EVERYTHING, EVERYTHING, at_hand=200_000)
_FEW_VALUES = 1_000
"""A column that has more is not tried value by value."""

Arms = tuple[tuple[int, Arm], ...]
Walks = tuple[tuple[Walk, Arms], ...]
"""Ways through the rows, each for some of the alternatives."""
Sources = tuple[tuple[int, Walk], ...]
"""Ranges in which is all that fits; none stand for the rows with the words, or for all."""
T = TypeVar("T")


class SqlLookup:
    """Implements ``Lookup``. ``counted`` returns how many records of a kind there are."""

    def __init__(
        self,
        tables: DatabaseTables,
        searches: Mapping[type[Record], Search],
        words: Words,
        counted: Callable[[type[Record]], int],
    ) -> None:
        self._tables = tables
        self._searches = searches
        self._words = words
        self._counted = counted

    def page(self, view: View, query: Query[R], start: int, count: int | None, /) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place on."""
        del view
        self._tables.make_indexes()
        ids = self._asking(query).ids(start, EVERYTHING - start if count is None else count)
        found = self._tables[query.kind].many(ids)
        return tuple(cast("R", found[id_]) for id_ in ids)

    def count(self, view: View, query: Query[R], most: int | None, /) -> int:
        """Return how many records a query finds, ``most`` at the most."""
        del view
        self._tables.make_indexes()
        return self._asking(query).count(EVERYTHING if most is None else most)

    def _asking(self, query: Query[Any]) -> _Asking:
        search, run = self._searches[query.kind], self._tables.run
        return _Asking(query, search, self._words, run, lambda: self._counted(query.kind))


class _Asking:
    """One query, as it is asked of a database."""

    def __init__(
        self,
        query: Query[Any],
        search: Search,
        words: Words,
        run: Callable[[Prepared, Mapping[str, object]], Any],
        counted: Callable[[], int],
    ) -> None:
        wanted = [key(word) for word in query.words if word]
        self._wheres = list(query.either)
        self._arms: Arms = tuple((n, Arm.of(w)) for n, w in enumerate(self._wheres or [{}]))
        self._words = len(wanted)
        self._sorting = Sorting(query.by, query.descending)
        self._search = search
        self._tells_how_many = words.tells_how_many
        self._run = run
        self._counted = counted
        self._known: dict[int, int] = {}
        self._values = {**words.values(wanted), **patterns(wanted)} if wanted else {}
        for number, where in enumerate(self._wheres):
            self._values |= values_of(where, number)

    def ids(self, start: int, count: int) -> list[str]:
        """Return the ids of a page."""
        if not count:
            return []
        if not self._words and not self._wheres:
            return self._of_all(start, count)
        if not self._words and all(way.range == arm for way, ((_, arm),) in self._walks):
            found = self._walked(start, count, _FAR)
        else:
            found = self._soonest(
                start + count,
                lambda sources: self._gathered(sources, start, count),
                lambda reach: self._walked(start, count, reach),
            )
        return self._gathered(self._least_wide, start, count) if found is None else found

    def count(self, most: int) -> int:
        """Return how many rows fit, ``most`` at the most."""
        if not self._words and not self._wheres:
            return min(most, self._counted())
        if not self._wheres:
            return self._worded(most)
        found = None if self._words else self._summed(most)
        if found is None:
            found = self._soonest(
                most,
                lambda sources: self._gathered_to_count(sources, most),
                lambda reach: self._walked_to_count(most, reach),
            )
        return self._gathered_to_count(self._least_wide, most) if found is None else found

    def _soonest(
        self,
        needed: int,
        gathered: Callable[[Sources], T],
        walked: Callable[[_Reach], T | None],
    ) -> T | None:
        """Return what whichever way is soonest leads to; ``None`` if all rows are needed."""
        if needed >= EVERYTHING:
            return None
        looks_first = self._words and not self._tells_how_many
        found = walked(_GLANCE) if looks_first else None
        if found is not None:
            return found
        if (narrow := self._range(_NARROW)) is not None:
            return gathered(narrow.sources)
        wide = None if looks_first or self._are_covered else self._range(_WIDE)
        if wide is None or needed * self._counted() <= _NEAR.rows * wide.size:
            found = walked(_LOOKING if looks_first else _NEAR)
        if found is None and self._words and self._search.is_beside(self._arms, self._sorting):
            return gathered(())
        if found is None and (wide := wide or self._range(_WIDE)) is not None:
            return gathered(wide.sources)
        return walked(_FAR) if found is None else found

    @cached_property
    def _walks(self) -> Walks:
        """Return how to find everything in the wanted order; empty if there is no way."""
        by = self._sorting.by
        arms = [(number, self._begun(number, arm)) for number, arm in self._arms]
        ways = [(self._search.sorted_walk(arm, by), (number, arm)) for number, arm in arms]
        found = tuple((way, (arm,)) for way, arm in ways if way)
        if len(found) == len(ways) and (not self._words or all(map(_is_covered, found))):
            return found
        way = self._search.sorted_walk(Arm(), by)
        return ((way, self._arms),) if way and self._words else ()

    def _begun(self, number: int, arm: Arm) -> Arm:
        """Return an alternative with the bound from which on a walk in order finds it."""
        by = self._sorting.by
        edge = None if by in arm.columns else self._search.edge(arm, number, self._sorting)
        if edge is None:
            return arm
        ((first, tried),) = self._run(edge, {**self._values, "most": _FEW_VALUES}).fetchall()
        if tried == _FEW_VALUES:
            return arm
        first = value_of(first or "")
        span = Span(below=f"{first} ") if self._sorting.descending else Span(least=first)
        self._values |= values_of({by: span}, number)
        return Arm.of({**self._wheres[number], by: span})

    def _summed(self, most: int) -> int | None:
        """Return how many rows fit by the indexes alone, ``None`` if they do not tell it.

        Where rows may fit several alternatives, it is known once one of them has enough.
        """
        ways = [(self._search.complete_walk(arm), number, arm) for number, arm in self._arms]
        are_apart, total = self._are_apart, 0
        for way, number, arm in ways:
            if way is None:
                return None
            found = self._size(way, arm, number, most - total if are_apart else most)
            total = total + found if are_apart else max(total, found)
            if total >= most:
                return most
        return total if are_apart else None

    @cached_property
    def _are_apart(self) -> bool:
        """Whether no row fits two alternatives."""
        return all(_are_apart(*pair) for pair in combinations(self._wheres, 2))

    def _of_all(self, start: int, count: int) -> list[str]:
        """Return the ids of a page of all rows; what is far from the top is near to the end."""
        way = self._search.sorted_walk(Arm(), self._sorting.by)
        if way is None:
            return self._gathered((), start, count)
        after = self._counted() - start - count if start else 0
        if after >= start:
            return _ids(self._rows(way, self._arms, start, count, _FAR))
        upwards = self._sorting._replace(descending=not self._sorting.descending)
        count += min(after, 0)
        rows = self._rows(way, self._arms, max(after, 0), max(count, 0), _FAR, sorting=upwards)
        return _ids(rows)[::-1]

    def _walked(self, start: int, count: int, reach: _Reach) -> list[str] | None:
        """Return the ids of a page, found on a walk; ``None`` if it leads too far."""
        if not self._walks:
            return None
        only_one = len(self._walks) == 1
        first, most = (start, count) if only_one else (0, start + count)
        found: list[tuple[str, str]] = []
        for way, arms in self._walks:
            rows = self._rows(way, arms, first, most, reach)
            if len(rows) < most and not self._is_through(way, arms, reach):
                return None
            found += rows
        if only_one:
            return _ids(found)
        merged = sorted(set(found), reverse=self._sorting.descending)
        return _ids(merged[start : start + count])

    def _walked_to_count(self, most: int, reach: _Reach) -> int | None:
        """Return how many rows fit, counted on a walk; ``None`` if it leads too far."""
        if not self._walks or (len(self._walks) > 1 and not self._are_apart):
            return None
        among, total = self._are_among(reach), 0
        for way, arms in self._walks:
            walk = self._search.walk(
                way, arms, self._sorting, self._words, among=among, counted=True
            )
            total += self._number(walk, most=most - total, budget=self._budget(reach))
            if total == most:
                return most
            if not self._is_through(way, arms, reach):
                return None
        return total

    def _rows(
        self,
        way: Walk,
        arms: Arms,
        start: int,
        most: int,
        reach: _Reach,
        *,
        sorting: Sorting | None = None,
    ) -> list[tuple[str, str]]:
        walk = self._search.walk(
            way, arms, sorting or self._sorting, self._words, among=self._are_among(reach)
        )
        budget = self._budget(reach)
        values = {**self._values, "budget": budget, "start": start, "most": most}
        return cast("list[tuple[str, str]]", self._run(walk, values).fetchall())

    def _gathered(self, sources: Sources, start: int, count: int) -> list[str]:
        gather = self._search.gather(sources, self._arms, self._sorting, self._words)
        values = {**self._values, "budget": EVERYTHING, "start": start, "most": count}
        return _ids(self._run(gather, values).fetchall())

    def _gathered_to_count(self, sources: Sources, most: int) -> int:
        arms, sorting, words = self._arms, self._sorting, self._words
        gather = self._search.gather(sources, arms, sorting, words, counted=True)
        return self._number(gather, most=most, budget=EVERYTHING)

    def _range(self, most: int) -> _Range | None:
        """Return ranges in which all that fits is among so many rows, if there are such."""
        size = self._worded(most + 1) if self._words else most + 1
        if size <= most:
            return _Range(size, ())
        size, sources = 0, []
        for number, arm in self._arms:
            more, way = self._narrowest(number, arm, most + 1)
            size += more
            if way is None or size > most:
                return None
            sources.append((number, way))
        return _Range(size, tuple(sources))

    @cached_property
    def _least_wide(self) -> Sources:
        """The ranges that are least wide, as far as one looks."""
        ranges = [(number, *self._narrowest(number, arm, _WIDE)) for number, arm in self._arms]
        total = sum(size for _, size, _ in ranges)
        if self._words and self._worded(_WIDE) <= total:
            return ()
        found = tuple((number, way) for number, _, way in ranges if way)
        return found if len(found) == len(ranges) else ()

    def _narrowest(self, number: int, arm: Arm, most: int) -> tuple[int, Walk | None]:
        best: tuple[int, Walk | None] = (most, None)
        for way in self._search.narrow_walks(arm):
            size = self._size(way, way.range, number, most)
            if best[1] is None or size < best[0]:
                best = size, way
        return best

    @cached_property
    def _are_covered(self) -> bool:
        """Whether a walk need not look at rows, but only at entries of an index."""
        are_there = all(map(_is_covered, self._walks))
        return are_there and (not self._words or self._are_among(_NEAR))

    def _budget(self, reach: _Reach) -> int:
        return reach.entries if self._are_covered else reach.rows

    def _are_among(self, reach: _Reach) -> bool:
        """Tell whether so few rows have the words that a walk had better have them at hand."""
        most = reach.at_hand
        return bool(self._words) and self._tells_how_many and self._worded(most + 1) <= most

    def _is_through(self, way: Walk, arms: Arms, reach: _Reach) -> bool:
        """Tell whether a walk ended because nothing was left."""
        budget = self._budget(reach)
        if budget >= EVERYTHING:
            return True
        return self._size(way, way.range, arms[0][0], budget + 1) <= budget

    def _size(self, way: Walk, arm: Arm, number: int, most: int) -> int:
        return self._number(self._search.size(way, arm, number), most=most)

    def _worded(self, most: int) -> int:
        """Return how many rows have the words, ``most`` at the most."""
        if most not in self._known:
            self._known[most] = self._number(self._search.worded(self._words), most=most)
        return self._known[most]

    def _number(self, statement: Prepared, **limits: int) -> int:
        ((number,),) = self._run(statement, {**self._values, **limits}).fetchall()
        return cast("int", number)


def _is_covered(walk: tuple[Walk, Arms]) -> bool:
    """Tell whether the index of a walk has all that its alternatives look at."""
    way, arms = walk
    return all(way.covers(arm) for _, arm in arms)


def _ids(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [value_of(id_) for _, id_ in rows]


def _are_apart(one: Where, other: Where) -> bool:
    """Tell whether no row can meet both of two alternatives."""
    return any(_differ(one[name], other[name]) for name in one.keys() & other.keys())


def _differ(one: str | Span, other: str | Span) -> bool:
    if isinstance(one, str):
        return one != other if isinstance(other, str) else not _is_within(one, other)
    if isinstance(other, str):
        return not _is_within(other, one)
    return _is_below(one, other) or _is_below(other, one)


def _is_within(value: str, span: Span) -> bool:
    return (span.least is None or value >= span.least) and (
        span.below is None or value < span.below
    )


def _is_below(one: Span, other: Span) -> bool:
    return one.below is not None and other.least is not None and one.below <= other.least
