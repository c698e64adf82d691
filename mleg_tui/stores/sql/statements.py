"""The statements for the records of one kind, compiled once for a database.

SQLAlchemy writes them in the database's own words; the driver runs them. That costs a third of
letting SQLAlchemy run them, and errors are the driver's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.sql import ClauseElement

Values = Mapping[str, object]


class Prepared:
    """A statement in a database's own words, with named values."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._own = dict(compiled.params)
        self._order: Sequence[str] | None = compiled.positiontup

    def run(self, connection: Connection, values: Values) -> Any:
        """Run it with these values and return the driver's cursor."""
        cursor = connection.connection.cursor()
        cursor.execute(self._text, self._placed(values))
        return cursor

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Run it with the values of each row; return how many rows it touched."""
        if len(rows) == 1:
            return int(self.run(connection, rows[0]).rowcount)
        cursor = connection.connection.cursor()
        cursor.executemany(self._text, [self._placed(values) for values in rows])
        return cursor.rowcount

    def _placed(self, values: Values) -> Any:
        whole = {**self._own, **values}
        return whole if self._order is None else [whole[name] for name in self._order]


class Statements:
    """What is asked of one table, and done to it; each is compiled when it is first needed."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self._table = table
        self._dialect = dialect
        self._selections: dict[tuple[str, ...], Prepared] = {}
        self._updates: dict[tuple[str, ...], Prepared] = {}

    @cached_property
    def find(self) -> Prepared:
        """Finds the document of ``old_id``."""
        columns = self._table.c
        wanted = select(columns.doc).where(columns.id == bindparam("old_id"))
        return Prepared(wanted, self._dialect)

    @cached_property
    def insert(self) -> Prepared:
        """Puts a new row there."""
        new: dict[str, Any] = {column.name: bindparam(column.name) for column in self._table.c}
        return Prepared(insert_into(self._table).values(new), self._dialect)

    @cached_property
    def delete(self) -> Prepared:
        """Removes ``old_id`` at ``old_version``."""
        return Prepared(delete(self._table).where(*self._old), self._dialect)

    def update(self, fields: tuple[str, ...]) -> Prepared:
        """Return what makes ``old_id`` at ``old_version`` a row with other values in some fields.

        The others are not named: SQLite would write their indexes anew, whatever is in them.
        """
        if fields not in self._updates:
            names = ("version", "doc", *(f"by_{field}" for field in fields))
            new: dict[str, Any] = {name: bindparam(name) for name in names}
            wanted = update(self._table).values(new).where(*self._old)
            self._updates[fields] = Prepared(wanted, self._dialect)
        return self._updates[fields]

    def select(self, fields: tuple[str, ...]) -> Prepared:
        """Return what finds the rows by the values of some fields."""
        if fields not in self._selections:
            columns = self._table.c
            wanted = select(columns.id, columns.doc).where(
                *(columns[f"by_{field}"] == bindparam(field) for field in fields)
            )
            self._selections[fields] = Prepared(wanted, self._dialect)
        return self._selections[fields]

    @property
    def _old(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        columns = self._table.c
        return columns.id == bindparam("old_id"), columns.version == bindparam("old_version")
