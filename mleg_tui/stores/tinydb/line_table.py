"""The records of one kind as lines, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from mleg_tui.services.store import KINDS, Record, table_name
from mleg_tui.stores.codec import from_line, keys
from mleg_tui.stores.tables import Index, Move, Table
from mleg_tui.stores.tinydb.content import EMPTY, Lines

_Read = dict[str, tuple[bytes, Record]]


class LineTable(Table):
    """Of a line only id and indexed fields are read until it is asked for.

    ``read`` has the records that were read, with the line that each was read from; it is shared
    by all states of the table. There is an index once it was needed.
    """

    __slots__ = ("_index", "_kind", "_read", "lines")

    def __init__(
        self, kind: type[Record], lines: Lines, read: _Read, index: Index | None = None
    ) -> None:
        self.lines = lines
        self._kind = kind
        self._read = read
        self._index = index

    def __len__(self) -> int:
        return len(self.lines)

    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none. Raises ``BadDocument``."""
        line = self.lines.get(id)
        if line is None:
            return None
        known = self._read.get(id)
        if known is None or known[0] != line:
            known = self._read[id] = line, from_line(self._kind, id, line)
        return known[1]

    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""
        ids = self._indexed().ids(equal) if equal else self.lines.whole()
        return {id_: cast("Record", self.find(id_)) for id_ in ids}

    def stream(self) -> Iterator[Record]:
        """Yield all records in the order of their ids, and keep none that was not read before."""
        lines = self.lines.whole()
        for id_ in sorted(lines):
            line = lines[id_]
            known = self._read.get(id_)
            is_known = known is not None and known[0] == line
            yield known[1] if known and is_known else from_line(self._kind, id_, line)

    def after(self, lines: Lines) -> LineTable:
        """Return the table of other lines. Raises ``BadDocument``.

        Of a new table those of the file are looked at: somebody may have edited them.
        """
        is_new = self.lines is EMPTY and self._index is None
        differing = lines.over if is_new else self.lines.differing(lines)
        for id_ in differing:
            if id_ not in lines:
                self._read.pop(id_, None)
        moves = [self._move(id_, self.lines.get(id_), lines.get(id_)) for id_ in differing]
        return LineTable(self._kind, lines, self._read, self._index and self._index.changed(moves))

    def _indexed(self) -> Index:
        if self._index is None:
            moves = (self._move(id_, None, line) for id_, line in self.lines.whole().items())
            self._index = Index.empty(self._kind).changed(moves)
        return self._index

    def _move(self, id_: str, before: bytes | None, now: bytes | None) -> Move:
        kind = self._kind
        return id_, before and keys(kind, id_, before), now and keys(kind, id_, now)


class LineTables(Mapping[type[Record], LineTable]):
    """All tables at one state of the file. Each catches up with it when it is asked for."""

    def __init__(
        self,
        lines: Mapping[str, Lines] | None = None,
        before: Mapping[type[Record], LineTable] | None = None,
    ) -> None:
        self._lines = lines or {}
        self._tables = dict(before or {})

    def __getitem__(self, kind: type[Record]) -> LineTable:
        table = self._tables.get(kind)
        if table is None:
            table = LineTable(kind, EMPTY, {})
        lines = self._lines.get(table_name(kind), EMPTY)
        if table.lines is not lines:
            table = table.after(lines)
        self._tables[kind] = table
        return table

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(KINDS.values())

    def __len__(self) -> int:
        return len(KINDS)

    def after(self, lines: Mapping[str, Lines]) -> LineTables:
        """Return the tables of another state; what was read of this one is not read again."""
        return LineTables(lines, self._tables.copy())
