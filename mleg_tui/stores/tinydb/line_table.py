"""The records of one kind as lines, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from mleg_tui.services.store import KINDS, Record, table_name
from mleg_tui.stores.lines import from_line, keys
from mleg_tui.stores.tables import Index, Move
from mleg_tui.stores.tinydb.sheet import EMPTY, Sheet

_Read = dict[str, tuple[bytes, Record]]


class LineTable:
    """Implements ``Table``. Of each line only id and indexed fields are read at once.

    ``read`` keeps the records that were read, with the line that each was read from; it is shared
    by all states of the table.
    """

    __slots__ = ("_index", "_kind", "_lines", "_read")

    def __init__(
        self, kind: type[Record], lines: Mapping[str, bytes], index: Index, read: _Read
    ) -> None:
        self._kind = kind
        self._lines = lines
        self._index = index
        self._read = read

    @classmethod
    def empty(cls, kind: type[Record]) -> Self:
        """Return a table without records."""
        return cls(kind, {}, Index.empty(kind), {})

    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none. Raises ``BadDocument``."""
        line = self._lines.get(id)
        return None if line is None else self._record(id, line)

    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""
        ids = self._index.ids(equal) if equal else self._lines
        return {id_: self._record(id_, self._lines[id_]) for id_ in ids}

    def caught_up(self, sheet: Sheet) -> Self:
        """Return the table of a sheet's lines. Raises ``BadDocument``."""
        lines = sheet.lines
        if lines is self._lines:
            return self
        changed = sheet.changes if sheet.before is self._lines else self._differing(lines)
        index = self._index.changed([self._move(id_, lines.get(id_)) for id_ in changed])
        return type(self)(self._kind, lines, index, self._read)

    def _record(self, id_: str, line: bytes) -> Record:
        known = self._read.get(id_)
        if known is None or known[0] != line:
            known = self._read[id_] = line, from_line(self._kind, id_, line)
        return known[1]

    def _differing(self, lines: Mapping[str, bytes]) -> Iterator[str]:
        """Yield the ids of what differs: most of a file is as it was before a transaction."""
        known = self._lines
        for id_, line in lines.items():
            before = known.get(id_)
            if before is not line and before != line:
                yield id_
        yield from known.keys() - lines.keys()

    def _move(self, id_: str, line: bytes | None) -> Move:
        before = self._lines.get(id_)
        if line is None:
            self._read.pop(id_, None)
        return (
            id_,
            before and keys(self._kind, id_, before),
            line and keys(self._kind, id_, line),
        )


class LineTables(Mapping[type[Record], LineTable]):
    """All tables at one state of the file. Each catches up with its sheet when it is asked for."""

    def __init__(
        self,
        sheets: Mapping[str, Sheet] | None = None,
        before: Mapping[type[Record], LineTable] | None = None,
    ) -> None:
        self._sheets = sheets or {}
        self._tables = dict(before or {})

    def __getitem__(self, kind: type[Record]) -> LineTable:
        table = self._tables.get(kind) or LineTable.empty(kind)
        sheet = self._sheets.get(table_name(kind), EMPTY)
        self._tables[kind] = table = table.caught_up(sheet)
        return table

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(KINDS.values())

    def __len__(self) -> int:
        return len(KINDS)

    def caught_up(self, sheets: Mapping[str, Sheet]) -> Self:
        """Return the tables of another state; what was read of this one is not read again."""
        return type(self)(sheets, self._tables)
