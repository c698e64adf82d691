"""The statements for the records of one kind, compiled once for a database.

SQLAlchemy writes them in the database's own words; the driver runs them. That costs a third of
letting SQLAlchemy run them, and errors are the driver's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.sql import ClauseElement

from mleg_tui.stores.sql.layout import ROW, column

Values = Mapping[str, object]
_SIZES = (1, 8, 64, 256)
"""How many values are asked for at once; with fewer, the last one is asked for again."""


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


class Compiled:
    """Keeps statements by what they are made of, so that each is compiled only once."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._statements: dict[object, Prepared] = {}

    def get(self, name: object, make: Callable[[], ClauseElement]) -> Prepared:
        """Return a statement by what tells it from all others; it is made if there is none."""
        found = self._statements.get(name)
        if found is None:
            found = self._statements[name] = Prepared(make(), self._dialect)
        return found


class Statements:
    """What is asked of one table, and done to it."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.table = table
        self._dialect = dialect
        self._compiled = Compiled(dialect)

    @cached_property
    def find(self) -> Prepared:
        """Finds the document of ``old_id``."""
        columns = self.table.c
        found = select(columns.doc).where(columns.id == bindparam("old_id"))
        return Prepared(found, self._dialect)

    @cached_property
    def insert(self) -> Prepared:
        """Puts a new row there."""
        new: dict[str, Any] = {
            column.name: bindparam(column.name) for column in self.table.c if column.name != ROW
        }
        return Prepared(insert_into(self.table).values(new), self._dialect)

    @cached_property
    def delete(self) -> Prepared:
        """Removes ``old_id`` at ``old_version``."""
        return Prepared(delete(self.table).where(*self._old), self._dialect)

    def update(self, names: tuple[str, ...]) -> Prepared:
        """Return what gives ``old_id`` at ``old_version`` other values in some columns.

        The others are not named: SQLite would write their indexes anew, whatever is in them.
        """
        new: dict[str, Any] = {name: bindparam(name) for name in names}
        return self._compiled.get(
            ("update", names), lambda: update(self.table).values(new).where(*self._old)
        )

    def select(self, fields: tuple[str, ...]) -> Prepared:
        """Return what finds the rows by the values of some fields."""
        columns = self.table.c
        return self._compiled.get(
            ("select", fields), lambda: select(columns.id, columns.doc).where(*self._are(fields))
        )

    def ids(self, fields: tuple[str, ...]) -> Prepared:
        """Return what finds the ids of the rows by the values of some fields."""
        return self._compiled.get(
            ("ids", fields), lambda: select(self.table.c.id).where(*self._are(fields))
        )

    @cached_property
    def batch(self) -> Prepared:
        """Finds the first ``most`` rows from the id ``least`` on, in the order of their ids."""
        columns = self.table.c
        ahead = select(columns.id, columns.doc).where(columns.id >= bindparam("least"))
        first = ahead.order_by(columns.id).limit(bindparam("most", type_=Integer))
        return Prepared(first, self._dialect)

    def among(
        self, connection: Connection, field: str, values: Iterable[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the ids and documents of the rows that have one of some values in a field."""
        for part in _parts(tuple(values)):
            asked = self._compiled.get(
                ("among", field, len(part)),
                partial(self._select_among, field, len(part)),
            )
            values = {f"value_{number}": one for number, one in enumerate(part)}
            yield from asked.run(connection, values).fetchall()

    def _select_among(self, field: str, size: int) -> ClauseElement:
        columns = self.table.c
        values: list[Any] = [bindparam(f"value_{number}") for number in range(size)]
        return select(columns.id, columns.doc).where(column(self.table, field).in_(values))

    def _are(self, fields: tuple[str, ...]) -> Iterator[ColumnElement[bool]]:
        return (column(self.table, field) == bindparam(field) for field in fields)

    @property
    def _old(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        columns = self.table.c
        return columns.id == bindparam("old_id"), columns.version == bindparam("old_version")


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield values in parts of a few sizes, so that few statements will do."""
    for first in range(0, len(values), _SIZES[-1]):
        part = values[first : first + _SIZES[-1]]
        size = next(size for size in _SIZES if size >= len(part))
        yield (*part, *[part[-1]] * (size - len(part)))
