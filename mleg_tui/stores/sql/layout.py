"""The tables: one for each kind of record, and one that says whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

from mleg_tui.services import columns
from mleg_tui.services.columns import COLUMNS, SEARCHED
from mleg_tui.services.store import INDEXED, KINDS, Record, table_name

FORMAT = "mleg-tui"
META_ID = "store"
PREFIX = "mleg_"
META = f"{PREFIX}meta"
ROW = "row"
ID = "id"

INDEXES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "orders": (
        ("student", ID),
        ("status", "placed", ID, "university", "ends", "turns"),
        ("status", "turns", ID, "university", "ends"),
        ("status", "ends", "placed", ID, "university", "turns"),
        ("university", ID),
        ("placed", ID, "university"),
        ("changed", ID),
        ("number", ID),
        ("name", ID),
    ),
    "students": (("university", ID), ("number", ID), ("name", ID, "university")),
    "verifications": (("inspector", ID), ("ends", ID)),
    "events": (("record", "at", ID), ("actor", "at", ID), ("at", ID)),
}
"""Table name → the columns of each index.

What is equal in all that is looked for comes first, then what it is sorted by, then the id; what
is behind that saves a look at the row. Kinds without columns have their indexed fields.
"""
SORTED: Mapping[str, tuple[str, ...]] = {
    "orders": ("placed", "number", "name"),
    "students": ("number", "name"),
    "events": ("at",),
}
"""Table name → the columns, besides the id, by which rows with some words are sorted at once.

They are kept beside the words, as they hardly ever change.
"""
_ESCAPED = re.compile("\1(.)", re.DOTALL)
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # sorts as Python does
_NEWER = "fields"

Fields = Mapping[str, tuple[str, ...]]
"""Table name → the fields that have a column of their own, to look records up by."""


def fields_today() -> Fields:
    """Return the fields that have a column in this version of the program."""
    return {
        name: tuple(dict.fromkeys((*INDEXED.get(name, ()), *COLUMNS.get(name, ()))))
        for name in KINDS
    }


class Layout:
    """The tables as SQLAlchemy has them.

    A record is kept as the line of JSON that ``lines`` makes of it; its columns repeat what it is
    looked up by, and ``words`` has the words that it is searched for, a space before each. With
    ``numbered`` rows each has an integer key besides its id.

    ``meta`` has one row: ``revision`` counts the transactions, ``recent`` names the last ones,
    and ``layout`` is ``text``, which differs where a store has to be brought up to date.
    ``changes`` has a row for each of the last transactions: see ``log``.
    """

    def __init__(self, *, numbered: bool) -> None:
        fields = fields_today()
        indexes = {name: INDEXES.get(name, _of_each(fields[name])) for name in KINDS}
        told = {
            _NEWER: fields,
            "indexes": indexes,
            "sorted": dict(SORTED),
            "columns": columns.VERSION,
        }
        self.text = json.dumps(told, sort_keys=True)
        self.indexes: Mapping[str, tuple[tuple[str, ...], ...]] = indexes
        self.metadata = MetaData()
        self.meta = _meta(self.metadata)
        self.changes = _changes(self.metadata)
        self.tables = {
            name: _table(name, fields[name], self.metadata, numbered=numbered) for name in KINDS
        }
        for name, table in self.tables.items():
            for index in indexes[name]:
                Index(index_name(name, index), *(column(table, part) for part in index))

    def __getitem__(self, kind: type[Record]) -> Table:
        return self.tables[table_name(kind)]


def fields_of(text: str) -> Fields:
    """Return the fields that have columns by a text in ``meta``, of any version.

    Raises ``ValueError``, ``TypeError`` or ``AttributeError`` for what is none.
    """
    told = json.loads(text)
    return {name: tuple(fields) for name, fields in told.get(_NEWER, told).items()}


def is_first(text: str) -> bool:
    """Tell whether a text in ``meta`` is of the first layout, whose keys had other escapes."""
    return _NEWER not in json.loads(text)


def index_name(name: str, index: tuple[str, ...]) -> str:
    """Return what an index of a table is called."""
    return f"{PREFIX}{name}_by_{'_'.join(index)}"


def column(table: Table, name: str) -> Column[Any]:
    """Return the column of a table that has a field, or what follows from a record."""
    found: Column[Any] = table.c[name if name == ID else f"by_{name}"]
    return found


def _of_each(fields: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((field, ID) for field in fields)


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


def _changes(metadata: MetaData) -> Table:
    return Table(
        f"{PREFIX}changes",
        metadata,
        Column("slot", Integer, primary_key=True, autoincrement=False),
        Column("revision", BigInteger, nullable=False),
        Column("records", Text),
        *(Column(f"number_of_{name}", BigInteger, nullable=False) for name in KINDS),
    )


def _table(name: str, fields: tuple[str, ...], metadata: MetaData, *, numbered: bool) -> Table:
    number = [Column(ROW, Integer, primary_key=True)] if numbered else []
    words = [Column("words", _TEXT, nullable=False)] if name in SEARCHED else []
    return Table(
        f"{PREFIX}{name}",
        metadata,
        *number,
        Column(ID, _TEXT, primary_key=not numbered, unique=numbered, nullable=False),
        Column("version", Integer, nullable=False),
        Column("doc", Text, nullable=False),
        *(Column(f"by_{field}", _TEXT, nullable=False) for field in fields),
        *words,
    )


def key(value: str) -> str:
    """Return a value as a column can have it, in the same order: PostgreSQL's text has no null."""
    if "\1" not in value and "\0" not in value:
        return value
    return value.replace("\1", "\1\2").replace("\0", "\1\1")


def value_of(key: str) -> str:
    """Return what a key was made of."""
    return _ESCAPED.sub(lambda found: chr(ord(found[1]) - 1), key) if "\1" in key else key
