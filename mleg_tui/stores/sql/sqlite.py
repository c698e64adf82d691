"""SQLite: one file, for many processes of one machine."""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    FromClause,
    QueuePool,
    Table,
    create_engine,
    event,
    inspect,
    text,
)

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.files import make_empty, name_new
from mleg_tui.services.store import (
    StoreBusy,
    StoreCorrupt,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreUnreadable,
    StoreUnsupported,
)
from mleg_tui.stores.file_system import (
    check_local,
    check_locks,
    make_private,
    mode_in,
    reading,
    writing,
)
from mleg_tui.stores.sql.database import Database
from mleg_tui.stores.sql.full_text import SqliteWords, Words
from mleg_tui.stores.sql.store import SqlStore
from mleg_tui.stores.sql.tables import SomebodyElseWrote
from mleg_tui.stores.watch import watch

_NOT_A_FILE = N_("to nie jest zwykły plik")
_GONE = N_("plik zniknął")
_REPLACED = N_("plik został podmieniony")
_MOST_CONNECTIONS = 8
_CACHE = 512
"""Kilobytes of pages that a connection keeps: the system keeps them for all of them."""
_LOW_BYTE = 0xFF  # the rest of an error code are its details
_TOLD: dict[int, type[StoreUnusable]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_NOTADB: StoreForeign,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_CANTOPEN: StoreUnreadable,
    sqlite3.SQLITE_ERROR: StoreCorrupt,
}
_REASONS: Mapping[int, str] = {
    sqlite3.SQLITE_CORRUPT: N_("SQLite nie może odczytać pliku bazy"),
    sqlite3.SQLITE_CANTOPEN: N_("pliku bazy nie można otworzyć"),
    sqlite3.SQLITE_ERROR: N_("w bazie nie ma tabel i kolumn tego programu"),
    sqlite3.SQLITE_IOERR: N_("błąd dysku"),
}


def sqlite_store(path: str | Path, *, timeout: float = 10.0) -> SqlStore:
    """Return the store in a SQLite file; the first change makes it.

    ``timeout`` is how long a transaction waits for those of others, in seconds.
    """
    return SqlStore(SqliteDatabase(Path(path), timeout))


class SqliteDatabase(Database):
    """A file with a write-ahead log that is flushed at every commit."""

    errors = (sqlite3.Error,)
    words: Words = SqliteWords()

    def __init__(self, path: Path, timeout: float) -> None:
        self.place = f"sqlite:{path.absolute()}"
        self.patience = timeout
        self._path = path
        self._inode: int | None = None
        self._engine = _engine(path, timeout)
        self._writing = self._engine.execution_options(writes=True)
        self._writer: Connection | None = None  # kept: to take one anew costs as much as a write
        self.dialect = self._engine.dialect

    def along(self, table: Table, index: str) -> FromClause:
        """Return a table that is read along an index."""
        return text(f"{table.name} INDEXED BY {index}")  # type: ignore[return-value]

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` on a file system whose locks do not hold."""
        check_local(self._path)
        check_locks(Path(os.path.realpath(self._path)).parent, "lockf")

    def is_there(self) -> bool:
        """Tell whether there is a file. One that was replaced under our feet is refused.

        SQLite would mix the log of the old file with the content of the new one.
        """
        known = self._inode  # before the look: another thread may make the file just after it
        with reading(self._path):
            try:
                status = self._path.stat()
            except FileNotFoundError:
                if known is not None:
                    raise StoreCorrupt(path=self._path, reason=_GONE) from None
                return False
        if not stat.S_ISREG(status.st_mode):
            raise StoreUnsupported(path=self._path, reason=_NOT_A_FILE)
        if known not in (None, status.st_ino):
            raise StoreCorrupt(path=self._path, reason=_REPLACED)
        self._inode = status.st_ino
        return True

    def is_foreign(self, connection: Connection) -> bool:
        """Tell whether somebody else's tables are in the file."""
        return bool(inspect(connection).get_table_names())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state."""
        with self._engine.connect() as connection:
            connection.begin()
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that nobody else writes beside."""
        if not self.is_there():
            with self._founding() as connection:
                yield connection
            return
        if self._writer is None:
            self._writer = self._writing.connect()
        with _begun(self._writer) as connection:
            yield connection

    def is_passing(self, error: BaseException | None) -> bool:
        """Tell whether another process was in the way, in a place where SQLite does not wait."""
        return _code(error) == sqlite3.SQLITE_BUSY

    def told(self, error: BaseException | None) -> StoreUnusable:
        """Return an error of SQLite as one of the port's."""
        kind = _TOLD.get(_code(error), StoreUnsupported)
        if _code(error) == sqlite3.SQLITE_IOERR and self._is_full(error):
            kind = StoreFull  # even to read, SQLite writes its index of the log
        reason = _REASONS.get(_code(error)) or getattr(error, "sqlite_errorname", "SQLite")
        return kind(path=self._path, reason=reason)

    def _is_full(self, error: BaseException | None) -> bool:
        code = getattr(error, "sqlite_errorcode", 0)
        return code == sqlite3.SQLITE_IOERR_SHMSIZE or not os.statvfs(self._path.parent).f_bavail

    def mark(self) -> str:
        """Return the file's inode number."""
        return f"{self._inode}-"

    def watch(self, call: Callable[[], object]) -> Callable[[], None] | None:
        """Call whenever the file, or the log beside it, may have changed."""
        path = Path(os.path.realpath(self._path))
        return watch(path.parent, {path.name, f"{path.name}-wal"}, call)

    def close(self) -> None:
        """Let go of the file."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()

    @contextmanager
    def _founding(self) -> Iterator[Connection]:
        """Open the first transaction, in a file that gets its name when it was committed.

        So nothing is left of one that failed, as on a full disk. Who founds the same store
        meanwhile and is first wins; the other one's transaction is tried again on that.
        """
        path = Path(os.path.realpath(self._path))
        with writing(self._path):
            make_private(path.parent)
            draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            make_empty(draft, mode_in(path.parent))
        engine = _engine(draft, self.patience).execution_options(writes=True)
        try:
            with closing(engine.raw_connection()) as bare:
                bare.cursor().execute("PRAGMA journal_mode = WAL")
            with engine.connect() as connection, _begun(connection):
                yield connection
                is_committed = not connection.in_transaction()
            engine.dispose()  # writes the log into the file
            if is_committed:
                with writing(self._path):
                    self._name(draft, path)
        finally:
            engine.dispose()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{draft}{suffix}").unlink(missing_ok=True)

    def _name(self, draft: Path, path: Path) -> None:
        try:
            name_new(draft, path)
        except FileExistsError:
            raise SomebodyElseWrote from None
        self.is_there()
        self._writer = self._writing.connect()


@contextmanager
def _begun(connection: Connection) -> Iterator[Connection]:
    transaction = connection.begin()
    try:
        yield connection
    finally:
        transaction.close()


def _engine(path: Path, timeout: float) -> Engine:
    name = f"file:{quote(str(path.absolute()))}"
    url = URL.create("sqlite", database=name, query={"mode": "rw", "uri": "true"})
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_MOST_CONNECTIONS,
        max_overflow=0,
        pool_timeout=timeout,
        hide_parameters=True,
        connect_args={"timeout": timeout, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _LOW_BYTE
