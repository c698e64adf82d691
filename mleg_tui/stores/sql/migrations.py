"""Stores that an earlier version of the program made: read as today's, or made so.

They are gone through record by record, however many there are. Who only reads such a store has
the records one by one, too, where nothing but the tables differs, and else all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, select
from sqlalchemy.schema import DropTable

from mleg_tui.domain.messages import N_
from mleg_tui.services.store import INDEXED, KINDS, Record
from mleg_tui.stores import schema
from mleg_tui.stores.codec import as_written, decode
from mleg_tui.stores.memory_lookup import MemoryLookup
from mleg_tui.stores.sql.ddl import Ddl
from mleg_tui.stores.sql.layout import ID, PREFIX, Fields, Layout, fields_of, is_first
from mleg_tui.stores.sql.statements import Statements
from mleg_tui.stores.sql.tables import DatabaseTable, DatabaseTables
from mleg_tui.stores.sql.transaction import DatabaseWork
from mleg_tui.stores.sql.write_lock import MetaRow, UnlikeItsSchema
from mleg_tui.stores.tables import Tables, after, record_tables

_BAD_LAYOUT = N_("dawny układ bazy jest niezrozumiały")
_ASIDE = f"{PREFIX}before_"
_READ_AHEAD = 500


def is_todays(meta: MetaRow, layout: Layout) -> bool:
    """Tell whether a store has the schema and the columns of this version of the program."""
    return (meta.schema_version, meta.layout) == (schema.CURRENT, layout.text)


def read_as_today(connection: Connection, meta: MetaRow) -> Tables:
    """Return the records of an older store. Raises ``BadDocument`` or ``UnlikeItsSchema``."""
    fields = _fields(meta)
    if meta.schema_version == schema.CURRENT and all(
        name in fields and {*INDEXED.get(name, ())} <= {*fields[name]} for name in KINDS
    ):
        return _tables_before(connection, meta)
    records: dict[type[Record], dict[str, Record | None]] = {kind: {} for kind in KINDS.values()}
    for record in _records(connection, meta, PREFIX):
        records[type(record)][record.id] = record
    return after(record_tables(), records)


def bring_up_to_date(
    connection: Connection, meta: MetaRow, ddl: Ddl, todays: DatabaseTables
) -> None:
    """Write an older store anew, within the transaction. Raises like ``read_as_today``."""
    fields = _fields(meta)
    ddl.set_aside(connection, {PREFIX + name: _ASIDE + name for name in fields})
    ddl.make_tables(connection)
    DatabaseWork(todays, MemoryLookup()).restore(_records(connection, meta, _ASIDE))
    for name in fields:
        connection.execute(DropTable(_table(_ASIDE + name, ())))
    todays.make_indexes()


class _OlderTable(DatabaseTable):
    """A table whose index may have the ids in another order than ours."""

    def lines(self) -> Iterator[tuple[Any, Any]]:
        """Yield ids and documents as they are kept, in the order of the ids."""
        table = self._statements.table
        is_postgresql = self._connection.dialect.name == "postgresql"
        by_id = table.c.id.collate("C" if is_postgresql else "BINARY")
        return _read(self._connection, select(table.c.id, table.c.doc).order_by(by_id))


class _FirstTable(_OlderTable):
    """A table of the first layout, whose keys had other escapes."""

    @staticmethod
    def to_key(value: str) -> str:
        """Return a value as a column had it."""
        return value.replace("\\", "\\\\").replace("\0", "\\0")

    @staticmethod
    def from_key(key: str) -> str:
        """Return what a key was made of."""
        return "\\".join(part.replace("\\0", "\0") for part in key.split("\\\\"))


def _tables_before(connection: Connection, meta: MetaRow) -> DatabaseTables:
    statements = {
        KINDS[name]: Statements(_table(PREFIX + name, columns), connection.dialect)
        for name, columns in _fields(meta).items()
        if name in KINDS
    }
    table = _FirstTable if is_first(meta.layout) else _OlderTable
    return DatabaseTables(statements, connection, table)


def _records(connection: Connection, meta: MetaRow, prefix: str) -> Iterator[Record]:
    """Yield all records, those that others hang together with before them."""
    fields = _fields(meta)
    for name in sorted(fields, key=[*KINDS, *fields].index):
        for (line,) in _read(connection, select(_table(prefix + name, ()).c.doc)):
            yield from _records_of(name, line, meta.schema_version)


def _records_of(name: str, line: str, version: int) -> Iterator[Record]:
    if version == schema.CURRENT and name in KINDS:
        record = as_written(KINDS[name], line.encode())
        if record is not None:
            yield record
            return
    try:
        found = schema.migrated(name, msgspec.json.decode(line), version)
        named = [(KINDS[table], document["id"], document) for table, document in found]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnlikeItsSchema(repr(error)) from error
    yield from (decode(*one) for one in named)


def _read(connection: Connection, query: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what is found, few rows of it in memory at once."""
    ahead = {"stream_results": True, "yield_per": _READ_AHEAD}
    with connection.execute(query, execution_options=ahead) as found:
        yield from map(tuple, found)


def _table(name: str, fields: tuple[str, ...]) -> Table:
    """Return an older table, as far as it is read."""
    columns = [Column(f"by_{field}", Text) for field in fields]
    version = Column("version", Integer)
    return Table(name, MetaData(), Column(ID, Text), version, Column("doc", Text), *columns)


def _fields(meta: MetaRow) -> Fields:
    try:
        return fields_of(meta.layout)
    except (AttributeError, TypeError, ValueError) as error:
        raise UnlikeItsSchema(_BAD_LAYOUT) from error
