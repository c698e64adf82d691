"""Records in memory: one unchanging state, a view of it, and a transaction on top of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Self, cast

from mleg_tui.services.store import INDEXED, KINDS, Conflict, DuplicateKey, NotFound, R, Record

Changes = Mapping[type[Record], Mapping[str, Record | None]]
"""What a transaction did: kind → id → the record as it is now, ``None`` if it is gone."""

_Index = Mapping[str, frozenset[str]]
_NOTHING: Mapping[str, Record | None] = MappingProxyType({})


class Table:
    """The records of one kind by id, and the ids by the values of each indexed field."""

    __slots__ = ("_indexes", "rows")

    def __init__(self, rows: Mapping[str, Record], indexes: Mapping[str, _Index]) -> None:
        self.rows = rows
        self._indexes = indexes

    @classmethod
    def empty(cls, kind: type[Record]) -> Self:
        """Return a table without records."""
        return cls({}, {field: {} for field in INDEXED.get(kind, ())})

    def ids(self, equal: Mapping[str, str]) -> Iterable[str]:
        """Return the ids of the records whose indexed fields have these values; all, if none."""
        found = [self._indexes[field].get(value, frozenset()) for field, value in equal.items()]
        return frozenset.intersection(*found) if found else self.rows

    def changed(self, changes: Mapping[str, Record | None]) -> Self:
        """Return the table with these changes; this one stays as it is."""
        rows = dict(self.rows)
        for id_, record in changes.items():
            if record is None:
                del rows[id_]
            else:
                rows[id_] = record
        indexes = {
            field: self._reindexed(field, index, changes) for field, index in self._indexes.items()
        }
        return type(self)(rows, indexes)

    def _reindexed(
        self, field: str, index: _Index, changes: Mapping[str, Record | None]
    ) -> Mapping[str, frozenset[str]]:
        gone: defaultdict[str, set[str]] = defaultdict(set)
        come: defaultdict[str, set[str]] = defaultdict(set)
        for id_, record in changes.items():
            if (before := self.rows.get(id_)) is not None:
                gone[getattr(before, field)].add(id_)
            if record is not None:
                come[getattr(record, field)].add(id_)
        changed = dict(index)
        for value in gone.keys() | come.keys():
            ids = (changed.pop(value, frozenset()) - gone[value]) | come[value]
            if ids:
                changed[value] = ids
        return changed


class Tables:
    """All records at one moment."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Mapping[type[Record], Table] | None = None) -> None:
        self._tables = tables or {kind: Table.empty(kind) for kind in KINDS.values()}

    def __getitem__(self, kind: type[Record]) -> Table:
        return self._tables[kind]

    def changed(self, changes: Changes) -> Tables:
        """Return the state after these changes; this one stays as it is."""
        later = {kind: self._tables[kind].changed(changes[kind]) for kind in changes}
        return Tables({**self._tables, **later})


class TablesView:
    """Reads one state. Implements ``View``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(self, kind: type[R], id: str, /) -> R | None:
        """Return a record, or ``None`` if there is none."""
        return cast("R | None", self._tables[kind].rows.get(id))

    def get(self, kind: type[R], id: str, /) -> R:
        """Return a record. Raises ``NotFound``."""
        record = self.find(kind, id)
        if record is None:
            raise NotFound(id=id)
        return record

    def select(self, kind: type[R], /, **equal: str) -> tuple[R, ...]:
        """Return the records with these values in indexed fields, in the order of their ids."""
        _check_indexed(kind, equal)
        table = self._tables[kind]
        return tuple(cast("R", table.rows[id_]) for id_ in sorted(table.ids(equal)))


class TablesWork(TablesView):
    """A transaction on one state, which itself stays as it is. Implements ``Work``."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
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
        table = self._tables[kind]
        found = {id_: table.rows[id_] for id_ in table.ids(equal) if id_ not in changes}
        found |= {
            id_: record
            for id_, record in changes.items()
            if record is not None and all(getattr(record, f) == v for f, v in equal.items())
        }
        return tuple(cast("R", found[id_]) for id_ in sorted(found))

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
        if record.id in self._tables[type(record)].rows:
            changes[record.id] = None
        else:
            del changes[record.id]

    def _check_current(self, record: R) -> None:
        if self.get(type(record), record.id).version != record.version:
            raise Conflict(id=record.id)

    def _put(self, record: R, version: int) -> R:
        stored = replace(record, version=version)
        self._changes.setdefault(type(record), {})[record.id] = stored
        return stored


def _check_indexed(kind: type[Record], equal: Mapping[str, str]) -> None:
    stray = equal.keys() - set(INDEXED.get(kind, ()))
    if stray:
        message = f"{kind.__name__} has no index on {', '.join(sorted(stray))}"
        raise TypeError(message)
