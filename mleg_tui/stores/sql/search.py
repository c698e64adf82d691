"""The statements that answer queries about the records of one kind, along its indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy import column as named

from mleg_tui.services.store import Where
from mleg_tui.stores.sql.database import Database
from mleg_tui.stores.sql.full_text import are_there
from mleg_tui.stores.sql.layout import ID, SORTED, Layout, index_name, key
from mleg_tui.stores.sql.statements import Compiled, Prepared

EVERYTHING = 2**31 - 1
_KEY = "key"
_ONE: Select[Any] = select(literal_column("1"))
_MOST, _START = bindparam("most", type_=Integer), bindparam("start", type_=Integer)

Index = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arm:
    """The form of one alternative of a query: the columns with a value, and those with bounds."""

    equal: frozenset[str] = frozenset()
    least: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()

    @classmethod
    def of(cls, where: Where) -> Arm:
        """Return the form of an alternative."""
        spans = {name: span for name, span in where.items() if not isinstance(span, str)}
        return cls(
            frozenset(where.keys() - spans.keys()),
            frozenset(name for name, span in spans.items() if span.least is not None),
            frozenset(name for name, span in spans.items() if span.below is not None),
        )

    @property
    def columns(self) -> frozenset[str]:
        """All columns that are looked at."""
        return self.equal | self.least | self.below

    def without(self, part: Arm) -> Arm:
        """Return what it is about besides a part of it."""
        return self.only(self.columns - part.columns)

    def only(self, columns: Iterable[str]) -> Arm:
        """Return the part of it that is about some columns."""
        return Arm(
            self.equal.intersection(columns),
            self.least.intersection(columns),
            self.below.intersection(columns),
        )

    def conditions(self, columns: Any, number: int) -> ColumnElement[bool]:
        """Return it as a condition on columns; its values are those of ``values_of``."""
        parts = [
            *(_at(columns, name) == _value(number, name) for name in sorted(self.equal)),
            *(_at(columns, name) >= _value(number, name, "least") for name in sorted(self.least)),
            *(_at(columns, name) < _value(number, name, "below") for name in sorted(self.below)),
        ]
        return and_(true(), *parts)


class Sorting(NamedTuple):
    """By which column, and which way round."""

    by: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """A way along an index: which one, and the part of an alternative that is a range of it."""

    index: Index
    range: Arm

    def covers(self, arm: Arm) -> bool:
        """Tell whether the index itself has all that an alternative looks at."""
        return arm.columns <= set(self.index)


class Search:
    """What is asked of one table. The values of the ``n``-th alternative are ``values_of`` it."""

    def __init__(self, name: str, layout: Layout, database: Database) -> None:
        self._table: Table = layout.tables[name]
        self._indexes: Sequence[Index] = ((ID,), *layout.indexes[name])
        self._names = {index: index_name(name, index) for index in layout.indexes[name]}
        self._beside = {ID, *SORTED.get(name, ())}
        self._database = database
        self._compiled = Compiled(database.dialect)

    def sorted_walk(self, arm: Arm, by: str) -> Walk | None:
        """Return the way through the fewest rows in the order of a column, then of the ids."""
        wanted = (ID,) if by == ID or by in arm.equal else (by, ID)
        ways = [
            Walk(index, arm.only((*index[:lead], wanted[0])))
            for index in self._indexes
            for lead in [_lead(index, arm)]
            if index[lead : lead + len(wanted)] == wanted
        ]
        return max(ways, key=lambda way: len(way.range.equal), default=None)

    def narrow_walks(self, arm: Arm) -> tuple[Walk, ...]:
        """Return the ways through what may be few rows, each with another part of conditions."""
        ways: dict[Arm, Walk] = {}
        for index in self._indexes:
            part = arm.only(index[: _lead(index, arm) + 1])
            if part.columns and not (part in ways and ways[part].covers(arm)):
                ways[part] = Walk(index, part)
        return tuple(
            way
            for part, way in ways.items()
            if not any(part.columns < other.columns for other in ways)
        )

    def complete_walk(self, arm: Arm) -> Walk | None:
        """Return the way past the fewest entries of an index that has all that is looked at."""
        ways = [
            Walk(index, arm.only(index[: _lead(index, arm) + 1]))
            for index in self._indexes
            if arm.columns <= set(index)
        ]
        return max(ways, key=lambda way: len(way.range.columns), default=None)

    def edge(self, arm: Arm, number: int, sorting: Sorting) -> Prepared | None:
        """Return what finds the first value that an alternative has of what it is sorted by.

        It takes an index with a column before it that comes in few values, of which it tries
        ``most``, and tells how many there were. Only where one bound of that column leads away
        from where the sorting begins: what has ended was placed long ago.
        """
        for index in self._indexes:
            lead = _lead(index, arm)
            away = arm.below if sorting.descending else arm.least
            if index[lead + 1 : lead + 2] == (sorting.by,) and index[lead] in away:
                way = Walk(index, arm.only(index[: lead + 1]))
                make = partial(self._edge, way, lead, number, sorting)
                return self._compiled.get(("edge", way, number, sorting), make)
        return None

    def _edge(self, way: Walk, lead: int, number: int, sorting: Sorting) -> Select[Any]:
        plain, along = _Plain(), self._along(way)
        first = func.max if sorting.descending else func.min
        column = _at(plain, way.index[lead])

        def first_of(one: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Any:
            return select(first(one)).select_from(along).where(*conditions).scalar_subquery()

        equal = way.range.only(way.range.equal).conditions(plain, number)
        within = way.range.conditions(plain, number)
        other_end = (
            replace(way.range, below=frozenset())
            if sorting.descending
            else (replace(way.range, least=frozenset()))
        )
        rest = other_end.conditions(plain, number)  # a second bound on one side would be walked to
        begin = select(first_of(column, within).label("value"), literal_column("1").label("place"))
        steps = begin.cte("steps", recursive=True)
        value, place = steps.c.value, steps.c.place
        beyond = column < value if sorting.descending else column > value
        go_on = select(first_of(column, rest, beyond), place + 1).where(
            value.is_not(None), place < _MOST
        )
        steps = steps.union_all(go_on)
        best = first_of(_at(plain, sorting.by), equal, column == steps.c.value)
        return select(first(best), func.max(steps.c.place)).select_from(steps)

    def size(self, way: Walk, arm: Arm, number: int) -> Prepared:
        """Return what counts the rows of an alternative along a way, ``most`` at the most."""

        def make() -> Select[Any]:
            here = arm.conditions(_Plain(), number)
            return _counted(_ONE.select_from(self._along(way)).where(here))

        return self._compiled.get(("size", way.index, arm, number), make)

    def worded(self, words: int) -> Prepared:
        """Return what counts the rows with some words, ``most`` at the most."""

        def make() -> Select[Any]:
            return _counted(self._database.words.found(self._table.name, words))

        return self._compiled.get(("worded", words), make)

    def walk(
        self,
        way: Walk,
        arms: Sequence[tuple[int, Arm]],
        sorting: Sorting,
        words: int,
        *,
        among: bool,
        counted: bool = False,
    ) -> Prepared:
        """Return what goes through so many (``budget``) rows in order and finds those that fit.

        A row fits if one of the alternatives does, and the words. With ``among`` those are looked
        up in their index at once, else in each row.
        """
        rest = [(number, arm.without(way.range)) for number, arm in arms]

        def make() -> Select[Any]:
            plain = _Plain()
            needed = {name for _, arm in rest for name in arm.columns} | {sorting.by, ID}
            looked_at = self._database.words.key if among else "words"
            more = [named(looked_at, Text)] if words else []
            walked = (
                select(*(_at(plain, name) for name in sorted(needed)), *more)
                .select_from(self._along(way))
                .where(way.range.conditions(plain, arms[0][0]))
                .order_by(*_order(plain, sorting))
            )
            if not (words or counted or any(arm.columns for _, arm in rest)):  # all fit
                only = walked.with_only_columns(_at(plain, sorting.by), _at(plain, ID))
                return only.limit(_MOST).offset(_START)
            passed = walked.limit(bindparam("budget", type_=Integer)).subquery("passed")
            fits = [or_(*(arm.conditions(passed.c, number) for number, arm in rest))]
            if among and words:
                found = self._database.words.found(self._table.name, words)
                fits.append(passed.c[self._database.words.key].in_(found))
            elif words:
                fits += are_there(words)
            return self._taken(passed, fits, sorting, counted=counted)

        shape = ("walk", way, tuple(arms), sorting, words, among, counted)
        return self._compiled.get(shape, make)

    def gather(
        self,
        sources: Sequence[tuple[int, Walk]],
        arms: Sequence[tuple[int, Arm]],
        sorting: Sorting,
        words: int,
        *,
        counted: bool = False,
    ) -> Prepared:
        """Return what looks at all rows of some ranges and sorts those that fit.

        Without ranges these are the rows that have the words; without words, all.
        """

        def make() -> Select[Any]:
            plain = _Plain()
            needed = {name for _, arm in arms for name in arm.columns} | {sorting.by, ID}
            if words and not sources and self.is_beside(arms, sorting):
                names = [name if name == ID else f"by_{name}" for name in sorted(needed)]
                beside = self._database.words.rows(self._table.name, words, names)
                passed = beside.limit(bindparam("budget", type_=Integer)).subquery("passed")
                taken = self._taken(passed, [], sorting, counted=counted)
                return taken if counted else taken.order_by(*_order(passed.c, sorting))
            text = [named("words", Text)] if words else []
            rows = select(*(_at(plain, name) for name in sorted(needed)), *text).select_from(
                self._table
            )
            if sources or words:
                found = self._keys(sources, words).cte("found").prefix_with("MATERIALIZED")
                rows = rows.where(named(self._database.words.key).in_(select(found.c[_KEY])))
            passed = rows.limit(bindparam("budget", type_=Integer)).subquery("passed")
            fits = [or_(*(arm.conditions(passed.c, number) for number, arm in arms))]
            fits += are_there(words) if sources else []
            taken = self._taken(passed, fits, sorting, counted=counted)
            return taken if counted else taken.order_by(*_order(passed.c, sorting))

        shape = ("gather", tuple(sources), tuple(arms), sorting, words, counted)
        return self._compiled.get(shape, make)

    def is_beside(self, arms: Sequence[tuple[int, Arm]], sorting: Sorting) -> bool:
        """Tell whether all that is looked at of rows with some words is kept beside the words."""
        return sorting.by in self._beside and not any(arm.columns for _, arm in arms)

    def _keys(self, sources: Sequence[tuple[int, Walk]], words: int) -> Any:
        if not sources:
            return self._database.words.found(self._table.name, words)
        keys: list[Select[Any]] = [
            select(named(self._database.words.key).label(_KEY))
            .select_from(self._along(way))
            .where(way.range.conditions(_Plain(), number))
            for number, way in sources
        ]
        united: Select[Any] | CompoundSelect[Any] = union(*keys) if keys[1:] else keys[0]
        return united

    def _taken(
        self, passed: Any, fits: list[Any], sorting: Sorting, *, counted: bool
    ) -> Select[Any]:
        if counted:
            return _counted(_ONE.select_from(passed).where(*fits))
        return (
            select(_at(passed.c, sorting.by).label("sorted_by"), passed.c.id)
            .select_from(passed)
            .where(*fits)
            .limit(_MOST)
            .offset(_START)
        )

    def _along(self, way: Walk) -> FromClause:
        name = self._names.get(way.index)
        return self._database.along(self._table, name) if name else self._table


def values_of(where: Where, number: int) -> dict[str, object]:
    """Return the values of the ``number``-th alternative of a query by their names."""
    values: dict[str, object] = {}
    for name, wanted in where.items():
        if isinstance(wanted, str):
            values[f"{name}_{number}"] = key(wanted)
            continue
        for bound, value in wanted._asdict().items():
            if value is not None:
                values[f"{name}_{number}_{bound}"] = key(value)
    return values


class _Plain:
    """Columns by their bare names, for statements that name one table."""

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        return named(name, Text)


def _at(columns: Any, name: str) -> ColumnElement[Any]:
    found: ColumnElement[Any] = columns[name if name == ID else f"by_{name}"]
    return found


def _value(number: int, name: str, bound: str = "") -> Any:
    return bindparam(f"{name}_{number}_{bound}" if bound else f"{name}_{number}", type_=Text)


def _order(columns: Any, sorting: Sorting) -> list[Any]:
    names = dict.fromkeys((sorting.by, ID))
    parts = [_at(columns, name) for name in names]
    return [part.desc() for part in parts] if sorting.descending else parts


def _lead(index: Index, arm: Arm) -> int:
    """Return how many of an index's first columns have a value."""
    return next((n for n, part in enumerate(index) if part not in arm.equal), len(index))


def _counted(found: Select[Any]) -> Select[Any]:
    """Return what counts rows, ``most`` at the most."""
    limited = found.limit(_MOST).subquery()
    return select(func.count()).select_from(limited)
