"""How the tables come to be. Indexes are made after what they index: that is many times faster."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, inspect
from sqlalchemy.schema import CreateIndex, CreateTable

from mleg_tui.services.columns import SEARCHED
from mleg_tui.stores.sql.database import Database
from mleg_tui.stores.sql.full_text import name_of
from mleg_tui.stores.sql.layout import Layout


class Ddl:
    """Makes the tables of a layout, within a transaction."""

    def __init__(self, layout: Layout, database: Database) -> None:
        self._layout = layout
        self._database = database
        self._words = database.words

    def make_tables(self, connection: Connection) -> None:
        """Make the tables, as far as they are not there, without indexes."""
        for table in self._layout.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))

    def make_indexes(self, connection: Connection) -> None:
        """Make the indexes of what is in the tables."""
        self._database.unhurried(connection)
        there = set(inspect(connection).get_table_names())
        for name, table in self._layout.tables.items():
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
            if name in SEARCHED and name_of(table.name) not in there:
                self._run(connection, self._words.made(table.name))

    def clear(self, connection: Connection) -> None:
        """Make the tables of records anew, without indexes."""
        self._database.unhurried(connection)
        for name, table in self._layout.tables.items():
            if name in SEARCHED:
                self._run(connection, self._words.unmade(table.name))
            table.drop(connection)
        self.make_tables(connection)

    def set_aside(self, connection: Connection, names: dict[str, str]) -> None:
        """Give other tables other names, and drop their indexes, whose names are needed."""
        self._database.unhurried(connection)
        quoted = connection.dialect.identifier_preparer.quote
        for name, other in names.items():
            self._run(connection, self._words.unmade(name))
            for index in inspect(connection).get_indexes(name):
                connection.exec_driver_sql(f"DROP INDEX {quoted(str(index['name']))}")
            connection.exec_driver_sql(f"ALTER TABLE {quoted(name)} RENAME TO {quoted(other)}")
        self._layout.changes.drop(connection, checkfirst=True)

    def _run(self, connection: Connection, statements: Iterable[str]) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)
