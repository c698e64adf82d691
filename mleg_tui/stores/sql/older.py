"""Stores that an earlier version of the program made: read as today's, or made so."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, insert, select

from mleg_tui.domain.messages import N_
from mleg_tui.services.store import KINDS, Record
from mleg_tui.stores import schema
from mleg_tui.stores.codec import decode
from mleg_tui.stores.schema import Documents
from mleg_tui.stores.sql.layout import Layout
from mleg_tui.stores.sql.tables import row
from mleg_tui.stores.sql.turns import Standing, UnlikeItsSchema
from mleg_tui.stores.tables import RecordTables, after, record_tables

_BAD_LAYOUT = N_("dawny układ bazy jest niezrozumiały")


def is_todays(standing: Standing, layout: Layout) -> bool:
    """Tell whether a store has the schema and the columns of this version of the program."""
    return (standing.schema_version, standing.layout) == (schema.CURRENT, layout.text)


def read_as_today(connection: Connection, standing: Standing) -> RecordTables:
    """Return all records of an older store. Raises ``BadDocument`` or ``UnlikeItsSchema``."""
    records = _records(connection, standing)
    return after(record_tables(), records)


def brought_up_to_date(connection: Connection, standing: Standing, layout: Layout) -> None:
    """Write an older store anew, within the transaction. Raises like ``read_as_today``."""
    records = _records(connection, standing)
    old = Layout.of(standing.layout)
    for table in old.tables.values():
        table.drop(connection)
    for name, kind in KINDS.items():
        layout.tables[name].create(connection)
        rows = [row(record) for record in records[kind].values()]
        if rows:
            connection.execute(insert(layout[kind]), rows)


def _records(connection: Connection, standing: Standing) -> dict[type[Record], dict[str, Record]]:
    try:
        documents = _documents(connection, standing)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnlikeItsSchema(_BAD_LAYOUT) from error
    try:
        documents = schema.all_migrated(documents, standing.schema_version)
    except (LookupError, TypeError, ValueError) as error:
        raise UnlikeItsSchema(repr(error)) from error
    return {
        kind: {id_: decode(kind, id_, document) for id_, document in documents[name].items()}
        for name, kind in KINDS.items()
    }


def _documents(connection: Connection, standing: Standing) -> Documents:
    old = Layout.of(standing.layout)
    documents: Documents = {name: {} for name in {**KINDS, **old.tables}}
    for name, table in old.tables.items():
        for line in connection.execute(select(table.c.doc)).scalars():
            document = msgspec.json.decode(line)
            documents[name][document["id"]] = document
    return documents
