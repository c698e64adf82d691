"""Records in a database as the port's views see them, and their way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from mleg_tui.services.mistakes import NotUtf8
from mleg_tui.services.repeated import repeated_field
from mleg_tui.services.store import INDEXED, Record, table_name
from mleg_tui.stores.codec import BadDocument
from mleg_tui.stores.lines import checked_line, from_line
from mleg_tui.stores.sql.layout import key
from mleg_tui.stores.sql.statements import Prepared, Statements


class SomebodyElseWrote(Exception):
    """A record is not what it was at the transaction's beginning, though nobody else may write."""


class DatabaseTable:
    """The records of one kind as one database transaction sees them. Implements ``Table``."""

    def __init__(self, kind: type[Record], statements: Statements, connection: Connection) -> None:
        self._kind = kind
        self._statements = statements
        self._connection = connection
        self._known: dict[str, Record | None] = {}
        self._knows_all = False

    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none. Raises ``BadDocument``."""
        if id not in self._known and not self._knows_all:
            found = self._statements.find.run(self._connection, {"old_id": key(id)})
            line = found.fetchone()
            self._known[id] = None if line is None else self._record(id, line[0])
        return self._known.get(id)

    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""
        values = {field: key(value) for field, value in equal.items()}
        rows = self._statements.select(tuple(equal)).run(self._connection, values)
        found = {(id_ := self._id(kept)): self._record(id_, line) for kept, line in rows}
        self._known |= found
        self._knows_all = self._knows_all or not equal
        return found

    def unreadable(self) -> Iterator[BadDocument]:
        """Yield what is wrong with each record that cannot be read."""
        for kept, line in self._statements.select(()).run(self._connection, {}):
            try:
                self._record(self._id(kept), line)
            except BadDocument as error:
                yield error

    def repeated(self) -> Iterator[BadDocument]:
        """Yield what is wrong with each record that has a field twice."""
        for kept, line in self._statements.select(()).run(self._connection, {}):
            problem = repeated_field(line)
            if problem is not None:
                yield BadDocument(table_name(self._kind), self._id(kept), problem)

    def write(self, changes: Mapping[str, Record | None]) -> None:
        """Write what a transaction did to records of this kind. Raises ``SomebodyElseWrote``."""
        gone, new = [], []
        changed: defaultdict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
        for id_, record in changes.items():
            before = self.find(id_)
            if record is None:
                gone += [_named(before)] if before else []
            elif before is None:
                new.append(row(record))
            else:
                changed[_moved(before, record)].append({**row(record), **_named(before)})
        self._run(self._statements.delete, gone)
        for fields, rows in changed.items():
            self._run(self._statements.update(fields), rows)
        self._run(self._statements.insert, new)

    def _run(self, statement: Prepared, rows: list[dict[str, object]]) -> None:
        if rows and statement.run_many(self._connection, rows) not in (len(rows), -1):
            raise SomebodyElseWrote

    def _record(self, id_: str, line: object) -> Record:
        if not isinstance(line, str):
            raise self._no_text(id_)
        return from_line(self._kind, id_, line.encode())

    def _id(self, kept: object) -> str:
        """Return what ``layout.key`` was made of."""
        if not isinstance(kept, str):
            raise self._no_text(repr(kept))
        if "\\" not in kept:
            return kept
        return "\\".join(part.replace("\\0", "\0") for part in kept.split("\\\\"))

    def _no_text(self, name: str) -> BadDocument:
        """Return the error for a column that holds no text; SQLite's may hold anything."""
        return BadDocument(table_name(self._kind), name, NotUtf8("no text"))


class DatabaseTables(Mapping[type[Record], DatabaseTable]):
    """All tables as one database transaction sees them; most transactions need one or two."""

    def __init__(
        self, statements: Mapping[type[Record], Statements], connection: Connection
    ) -> None:
        self._statements = statements
        self._connection = connection
        self._tables: dict[type[Record], DatabaseTable] = {}

    def __getitem__(self, kind: type[Record]) -> DatabaseTable:
        table = self._tables.get(kind)
        if table is None:
            table = DatabaseTable(kind, self._statements[kind], self._connection)
            self._tables[kind] = table
        return table

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)


def row(record: Record) -> dict[str, object]:
    """Return a record as a row of its kind's table."""
    return {
        "id": key(record.id),
        "version": record.version,
        "doc": checked_line(record).decode(),
        **{f"by_{field}": key(getattr(record, field)) for field in _fields(record)},
    }


def _fields(record: Record) -> tuple[str, ...]:
    return INDEXED.get(table_name(type(record)), ())


def _moved(before: Record, after: Record) -> tuple[str, ...]:
    """Return the indexed fields in which two states of a record differ."""
    return tuple(f for f in _fields(after) if getattr(before, f) != getattr(after, f))


def _named(record: Record) -> dict[str, object]:
    return {"old_id": key(record.id), "old_version": record.version}
