"""The tables: one for each kind of record, and one that says whose they are."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

from mleg_tui.services.store import INDEXED, KINDS, Record, table_name

FORMAT = "mleg-tui"
META_ID = "store"
PREFIX = "mleg_"
META = f"{PREFIX}meta"

Fields = Mapping[str, tuple[str, ...]]
"""Table name → the fields that have a column of their own, to look records up by."""


def fields_today() -> Fields:
    """Return the layout that this version of the program has."""
    return {name: tuple(INDEXED.get(name, ())) for name in KINDS}


class Layout:
    """The tables as SQLAlchemy has them, of this version of the program or of an earlier one.

    A record is kept as the line of JSON that ``lines`` makes of it; its columns repeat what it is
    looked up by. ``meta`` has one row: ``revision`` counts the transactions, ``recent`` names the
    last ones, and ``layout`` is this layout in JSON.
    """

    def __init__(self, fields: Fields) -> None:
        self.text = json.dumps(fields, sort_keys=True)
        self.metadata = MetaData()
        self.meta = _meta(self.metadata)
        self.tables = {name: _table(name, fields[name], self.metadata) for name in fields}

    @classmethod
    def of(cls, text: str) -> Layout:
        """Return the layout that a text in ``meta`` describes. Raises ``ValueError``."""
        return cls({name: tuple(fields) for name, fields in json.loads(text).items()})

    def __getitem__(self, kind: type[Record]) -> Table:
        return self.tables[table_name(kind)]


def _meta(metadata: MetaData) -> Table:
    return Table(
        META,
        metadata,
        Column("id", Text, primary_key=True),
        Column("format", Text, nullable=False),
        Column("schema_version", Integer, nullable=False),
        Column("layout", Text, nullable=False),
        Column("revision", BigInteger, nullable=False),
        Column("recent", Text, nullable=False),
    )


def _table(name: str, fields: tuple[str, ...], metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}{name}",
        metadata,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("doc", Text, nullable=False),
        *(Column(f"by_{field}", Text, nullable=False, index=True) for field in fields),
    )


def key(value: str) -> str:
    """Return a value as a column can have it: PostgreSQL's text holds no null character."""
    return value.replace("\\", "\\\\").replace("\0", "\\0")
