"""Records in memory: one unchanging state, a view of it, and a transaction on top of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import replace
from heapq import merge
from operator import attrgetter
from typing import Any, Protocol, Self, cast

from mleg_tui.services.columns import change_of, finds, sort_key
from mleg_tui.services.store import (
    INDEXED,
    KINDS,
    Change,
    Conflict,
    DuplicateKey,
    Key,
    Moved,
    NotFound,
    Query,
    R,
    Record,
    View,
    table_name,
)
from mleg_tui.stores.persistent import PersistentDict, SortedPairs

Changes = Mapping[type[Record], Mapping[str, Record | None]]
"""What a transaction did: kind → id → the record as it is now, ``None`` if it is gone."""

Move = tuple[str, Any, Any]
"""An id, and what has the indexed fields of its record before and after; ``None`` for none."""

_id_of: Callable[[Record], str] = attrgetter("id")
_NOTHING: Mapping[str, Record | None] = {}


class Table(Protocol):
    """The records of one kind, at one moment."""

    @abstractmethod
    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none."""

    @abstractmethod
    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""

    def many(self, ids: Iterable[str], /) -> Mapping[str, Record]:
        """Return the records that there are of some ids."""
        found = ((id_, self.find(id_)) for id_ in ids)
        return {id_: record for id_, record in found if record is not None}

    def stream(self) -> Iterator[Record]:
        """Yield all records in the order of their ids."""
        found = self.select({})
        return (found[id_] for id_ in sorted(found))


class Index:
    """The ids of the records of one kind by the values of each indexed field."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, SortedPairs]) -> None:
        self._fields = fields

    @classmethod
    def empty(cls, kind: type[Record]) -> Self:
        """Return the index of no records."""
        return cls({field: SortedPairs() for field in INDEXED.get(table_name(kind), ())})

    def ids(self, equal: Mapping[str, str]) -> set[str]:
        """Return the ids of the records that have all these values."""
        found = (set(self._fields[field].ids_of(value)) for field, value in equal.items())
        return set.intersection(*found)

    def changed(self, moves: Iterable[Move]) -> Self:
        """Return the index after these moves; this one stays as it is."""
        moves = tuple(moves)
        return type(self)({field: _moved(field, ids, moves) for field, ids in self._fields.items()})


def _moved(field: str, pairs: SortedPairs, moves: Iterable[Move]) -> SortedPairs:
    gone = {(getattr(before, field), id_) for id_, before, _ in moves if before is not None}
    come = {(getattr(now, field), id_) for id_, _, now in moves if now is not None}
    return pairs.changed(gone - come, come - gone)


class RecordTable(Table):
    """A table of records that are all there."""

    __slots__ = ("_index", "_rows")

    def __init__(self, rows: PersistentDict[Record], index: Index) -> None:
        self._rows = rows
        self._index = index

    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none."""
        return self._rows.get(id)

    def __len__(self) -> int:
        return len(self._rows)

    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""
        if not equal:
            return self._rows.whole()
        return {id_: self._rows[id_] for id_ in self._index.ids(equal)}

    def changed(self, changes: Mapping[str, Record | None]) -> Self:
        """Return the table with these changes; this one stays as it is."""
        moves = ((id_, self._rows.get(id_), record) for id_, record in changes.items())
        return type(self)(self._rows.changed(changes).settled(), self._index.changed(moves))


RecordTables = Mapping[type[Record], RecordTable]
Tables = Mapping[type[Record], Table]
"""All records at one moment."""


def record_tables() -> RecordTables:
    """Return tables without records."""
    return {kind: RecordTable(PersistentDict(), Index.empty(kind)) for kind in KINDS.values()}


def after(tables: RecordTables, changes: Changes) -> RecordTables:
    """Return the state after changes; the one before stays as it is."""
    return {**tables, **{kind: tables[kind].changed(changes[kind]) for kind in changes}}


def moved(tables: Tables, changes: Changes) -> Iterator[tuple[Key, Moved]]:
    """Yield what changes do to the records of a state."""
    for kind, records in changes.items():
        for id_, record in records.items():
            yield (kind, id_), Moved(tables[kind].find(id_), record)


class Lookup(Protocol):
    """Answers queries about one state of the tables."""

    def page(self, view: View, query: Query[R], start: int, count: int | None, /) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place on."""

    def count(self, view: View, query: Query[R], most: int | None, /) -> int:
        """Return how many records a query finds, ``most`` at the most."""


class TablesView:
    """Reads one state. Implements ``View``."""

    def __init__(self, tables: Tables, lookup: Lookup) -> None:
        self._tables = tables
        self._lookup = lookup

    def find(self, kind: type[R], id: str, /) -> R | None:
        """Return a record, or ``None`` if there is none."""
        return cast("R | None", self._tables[kind].find(id))

    def get(self, kind: type[R], id: str, /) -> R:
        """Return a record. Raises ``NotFound``."""
        record = self.find(kind, id)
        if record is None:
            raise NotFound(id=id)
        return record

    def select(self, kind: type[R], /, **equal: str) -> tuple[R, ...]:
        """Return the records with these values in indexed fields, in the order of their ids."""
        _check_indexed(kind, equal)
        return tuple(
            sorted(cast("Iterable[R]", self._tables[kind].select(equal).values()), key=_id_of)
        )

    def many(self, kind: type[R], ids: Iterable[str], /) -> Mapping[str, R]:
        """Return the records that there are of some ids, by their ids."""
        return cast("Mapping[str, R]", self._tables[kind].many(ids))

    def stream(self, kind: type[R], /) -> Iterator[R]:
        """Yield all records of a kind in the order of their ids, few of them in memory at once."""
        return cast("Iterator[R]", self._tables[kind].stream())

    def page(self, query: Query[R], /, start: int = 0, count: int | None = None) -> tuple[R, ...]:
        """Return so many of the records that a query finds, from a place in its order on."""
        return self._lookup.page(self, query, start, count)

    def count(self, query: Query[R], /, most: int | None = None) -> int:
        """Return how many records a query finds, ``most`` at the most."""
        table = self._tables[query.kind]
        if not query.words and not query.either and isinstance(table, Sized):
            return len(table) if most is None else min(len(table), most)
        return self._lookup.count(self, query, most)


class TablesWork(TablesView):
    """A transaction on one state, which itself stays as it is. Implements ``Work``."""

    def __init__(self, tables: Tables, lookup: Lookup) -> None:
        super().__init__(tables, lookup)
        self._before = TablesView(tables, lookup)
        self._changes: dict[type[Record], dict[str, Record | None]] = {}

    @property
    def changes(self) -> Changes:
        """What was done so far; empty if nothing differs."""
        return {kind: changes for kind, changes in self._changes.items() if changes}

    def find(self, kind: type[R], id: str, /) -> R | None:
        """Return a record as it is now, or ``None`` if there is none."""
        changes = self._changes.get(kind, _NOTHING)
        return cast("R | None", changes[id]) if id in changes else super().find(kind, id)

    def select(self, kind: type[R], /, **equal: str) -> tuple[R, ...]:
        """Return the records that have these values now, in the order of their ids."""
        _check_indexed(kind, equal)
        changes = self._changes.get(kind, _NOTHING)
        kept = (one for one in super().select(kind, **equal) if one.id not in changes)
        changed = (
            one
            for one in changes.values()
            if one is not None and all(getattr(one, f) == v for f, v in equal.items())
        )
        return tuple(sorted((*kept, *cast("Iterator[R]", changed)), key=_id_of))

    def many(self, kind: type[R], ids: Iterable[str], /) -> Mapping[str, R]:
        """Return the records that there are of some ids now, by their ids."""
        ids, changes = tuple(ids), self._changes.get(kind, _NOTHING)
        kept = super().many(kind, (id_ for id_ in ids if id_ not in changes))
        changed = {id_: one for id_ in ids if (one := changes.get(id_)) is not None}
        return {**kept, **cast("dict[str, R]", changed)}

    def stream(self, kind: type[R], /) -> Iterator[R]:
        """Yield all records of a kind as they are now, in the order of their ids."""
        changes = dict(self._changes.get(kind, _NOTHING))
        kept = (one for one in super().stream(kind) if one.id not in changes)
        changed = sorted((cast("R", one) for one in changes.values() if one), key=_id_of)
        return merge(kept, changed, key=_id_of)

    def add(self, record: R, /) -> R:
        """Add a new record at version 1 and return it so. Raises ``DuplicateKey``."""
        if self.find(type(record), record.id) is not None:
            raise DuplicateKey(id=record.id)
        return self._put(record, version=1)

    def save(self, record: R, /) -> R:
        """Replace the record and return it one version on. Raises ``NotFound``, ``Conflict``."""
        self._check_current(record)
        return self._put(record, version=record.version + 1)

    def remove(self, record: R, /) -> None:
        """Remove the record. Raises ``NotFound``, ``Conflict``."""
        self._check_current(record)
        changes = self._changes.setdefault(type(record), {})
        if self._tables[type(record)].find(record.id) is not None:
            changes[record.id] = None
        else:
            del changes[record.id]

    def page(self, query: Query[R], /, start: int = 0, count: int | None = None) -> tuple[R, ...]:
        """Return so many of the records that a query finds now, from a place in its order on.

        What this transaction changed is taken in by itself, not what follows from it in others.
        """
        changes = self._changes.get(query.kind, _NOTHING)
        if not changes:
            return self._before.page(query, start, count)
        most = None if count is None else start + count + len(changes)
        found = [one for one in self._before.page(query, 0, most) if one.id not in changes]
        found += [cast("R", one) for one in changes.values() if one and finds(query, one, self)]
        found.sort(key=lambda one: (sort_key(query, one, self), one.id), reverse=query.descending)
        return tuple(found[start : None if count is None else start + count])

    def count(self, query: Query[R], /, most: int | None = None) -> int:
        """Return how many records a query finds now, ``most`` at the most."""
        changes = self._changes.get(query.kind, _NOTHING)
        before = self._before
        found = before.count(query, None if most is None else most + len(changes))
        for id_, record in changes.items():
            old = self._tables[query.kind].find(id_)
            found += (record is not None and finds(query, record, self)) - (
                old is not None and finds(query, old, before)
            )
        return found if most is None else min(found, most)

    def clear(self) -> None:
        """Remove all there is, whatever its version."""
        for kind in self._tables:
            for record in self.select(kind):
                self.remove(record)

    def restore(self, records: Iterable[Record], /) -> None:
        """Put records there as they are, their versions too. Raises ``DuplicateKey``."""
        for record in records:
            if self.find(type(record), record.id) is not None:
                raise DuplicateKey(id=record.id)
            self._changes.setdefault(type(record), {})[record.id] = record

    def moved(self) -> Iterator[tuple[Key, Moved]]:
        """Yield what this transaction changed so far."""
        return moved(self._tables, self._changes)

    def log(self) -> frozenset[Change]:
        """Return what was changed as the log of changes names it."""
        return frozenset(
            change_of(cast("Record", record or self._tables[kind].find(id_)))
            for kind, changes in self._changes.items()
            for id_, record in changes.items()
        )

    def _check_current(self, record: Record) -> None:
        if self.get(type(record), record.id).version != record.version:
            raise Conflict(id=record.id)

    def _put(self, record: R, version: int) -> R:
        stored = replace(record, version=version)
        self._changes.setdefault(type(record), {})[record.id] = stored
        return stored


def _check_indexed(kind: type[Record], equal: Mapping[str, str]) -> None:
    stray = equal.keys() - set(INDEXED.get(table_name(kind), ()))
    if stray:
        message = f"{kind.__name__} has no index on {', '.join(sorted(stray))}"
        raise TypeError(message)
