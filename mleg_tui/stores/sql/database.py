"""What the store needs of a kind of database beyond SQLAlchemy's common ground."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, FromClause, Table

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.stores.sql.full_text import Words


class Database(ABC):
    """One database. Its name in messages is ``place``, which holds no secret."""

    place: str
    dialect: Dialect
    patience: float
    """For how many seconds a transaction tries again before it gives up."""
    words: Words
    errors: tuple[type[Exception], ...]
    """What the driver raises."""
    notify: ColumnElement[Any] | None = None
    """What the database is to evaluate when it commits, so that others notice, if it can."""

    def along(self, table: Table, index: str) -> FromClause:
        """Return a table that is read along an index, where the database lets others decide."""
        del index
        return table

    def unhurried(self, connection: Connection) -> None:
        """Expect until the transaction ends that the database takes long for a statement."""
        del connection  # where one waits in any case

    @abstractmethod
    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` where a file's locks do not hold."""

    def is_there(self) -> bool:
        """Tell whether there is anything to read. Raises ``StoreUnusable``.

        A server that is not there says so itself.
        """
        return True

    def is_foreign(self, connection: Connection) -> bool:
        """Tell whether a database without our tables belongs to somebody else.

        A server's may have other people's tables beside ours.
        """
        del connection
        return False

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one state, that of its first statement."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees what others wrote until its first statement was done.

        That is ``Meta.take``, which waits for all others who write. Makes the database, if it is
        a file. Rolled back unless it is committed.
        """

    @abstractmethod
    def is_passing(self, error: BaseException | None) -> bool:
        """Tell whether the same transaction may succeed if it is tried again."""

    def is_lost(self, error: BaseException | None) -> bool:
        """Tell whether an error leaves open what became of the transaction."""
        del error
        return False

    @abstractmethod
    def told(self, error: BaseException | None) -> StoreUnusable:
        """Return an error of the driver as one of the port's."""

    def mark(self) -> str:
        """Return what tells this database from another at the same place."""
        return ""

    def noticed(self) -> int | None:
        """Return the newest revision as far as others told it, ``None`` if nobody does."""
        return None

    def note(self, revision: int) -> None:
        """Take notice of a revision of our own."""
        del revision  # where nothing is remembered

    @abstractmethod
    def watch(self, call: Callable[[], object]) -> Callable[[], None] | None:
        """Call whenever something may have been committed; return what ends that, if any can."""

    @abstractmethod
    def close(self) -> None:
        """Let go of connections."""
