"""PostgreSQL: one store for many machines."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.errors import UndefinedTable
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    column,
    create_engine,
    event,
    func,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.store import (
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    StoreUnsupported,
)
from mleg_tui.stores.sql.database import Database
from mleg_tui.stores.sql.full_text import PostgresqlWords, Words
from mleg_tui.stores.sql.layout import META
from mleg_tui.stores.sql.notifications import CHANNEL, NET_SECONDS, Notifications
from mleg_tui.stores.sql.store import SqlStore

_CONNECT_SECONDS = 5
_LEEWAY = 1.0
"""Seconds after which the server would have said itself that it waited for too long."""
_UNHURRIED = 3600.0
"""Seconds for an index of very much."""
MOST_CONNECTIONS = 8
"""Of one process, whatever the number of its threads; one more listens."""
_LOOK = str(select(column("revision")).select_from(table(META)))
_SILENT = N_("serwer nie odpowiada")
_SETTINGS = {
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_custom_plan",
}
"""All that is asked for is found by an index. Where much is there, PostgreSQL thinks of more."""
_RACE_TO_MAKE_TABLES = frozenset({"23505", "42P07", "42710"})
_ASKS_FOR_RETRY = frozenset({"40001", "40P01", "53300"})
_TOLD: tuple[tuple[str, type[StoreUnusable]], ...] = (
    ("40", StoreBusy),
    ("55P03", StoreBusy),
    ("531", StoreFull),
    ("25006", StoreReadOnly),
    ("42501", StoreReadOnly),
    ("42P01", StoreCorrupt),
    ("42703", StoreCorrupt),
)
"""The beginnings of PostgreSQL's error codes, and what they are to the port."""

_REASONS = (
    ("28", N_("konto albo hasło zostało odrzucone")),
    ("3D", N_("nie ma takiej bazy")),
    ("42501", N_("konto nie ma uprawnień")),
    ("42", N_("w bazie nie ma tabel i kolumn tego programu")),
    ("53", N_("serwer bazy jest przeciążony")),
    ("57", N_("serwer bazy kończy pracę")),
    ("08", N_("połączenie z bazą zostało przerwane")),
)
_OF_THE_LINE = (
    ("refused", N_("serwer bazy nie odpowiada")),
    ("No such file", N_("serwer bazy nie odpowiada")),
    ("timeout", N_("serwer bazy nie odpowiada na czas")),
    ("resolve host", N_("nie ma takiego adresu")),
    ("password", N_("konto albo hasło zostało odrzucone")),
    ("does not exist", N_("nie ma takiej bazy albo konta")),
    ("closed", N_("połączenie z bazą zostało przerwane")),
)
"""What libpq says of a connection has no code; these are words that it uses."""


class StoreUnreachable(StoreUnusable):
    """The database server does not answer, or lets us not in."""

    message = N_("Nie można połączyć się z bazą danych: {path} ({reason})")
    advice = N_("Sprawdź adres, konto i hasło oraz czy serwer działa; opcja --store wskazuje bazę.")


def postgresql_store(url: str, *, timeout: float = 10.0) -> SqlStore:
    """Return the store in a PostgreSQL database; the first change makes its tables.

    ``timeout`` is how long a transaction waits for those of others, and for a server that it lost
    or that is silent, in seconds. Raises ``StoreUnsupported`` for a URL that is none.
    """
    return SqlStore(PostgresqlDatabase(_parsed(url), timeout))


class ServerSilent(psycopg.OperationalError):
    """The server takes what is sent and answers nothing."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that gives up a server which says nothing, and is closed then.

    A server that is stopped, or cannot be reached any more, would be waited for without end.
    """

    patience: float = math.inf
    """How many seconds of silence are too many."""
    over: threading.Event | None = None
    """Tells that nobody waits any more."""
    _is_given_up = False

    def wait(self, gen: PQGen[RV], *given: Any, **named: Any) -> RV:
        """Wait as psycopg does, which looks up from waiting ten times in a second."""
        if self._is_given_up:  # what ends the transaction is to say the same
            raise ServerSilent
        return super().wait(self._unless_silent(gen), *given, **named)

    def _unless_silent(self, gen: PQGen[RV]) -> PQGen[RV]:
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > self.patience or (self.over and self.over.is_set()):
                    self._is_given_up = True
                    self.close()
                    raise ServerSilent
                wanted = gen.send(ready)
        except StopIteration as end:
            result: RV = end.value
            return result


class PostgresqlDatabase(Database):
    """Reads see a snapshot, writes take turns."""

    errors = (psycopg.Error,)
    words: Words = PostgresqlWords()

    def __init__(self, url: URL, timeout: float) -> None:
        self.place = _without_secrets(url)
        self.patience = timeout
        self._password = url.password
        self._was_reached = False
        self._over = threading.Event()
        self._engine = self._connectable(url, timeout)
        self._snapshot = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.dialect = self._engine.dialect
        self.notify = func.pg_notify(CHANNEL, "")
        self._notifications = Notifications(self._engine, _revision)

    def unhurried(self, connection: Connection) -> None:
        """Wait longer for each answer until the transaction ends."""
        cast("PatientConnection", connection.connection.driver_connection).patience = _UNHURRIED

    def check_place(self) -> None:
        """Do nothing: the server sees to it."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state."""
        with self._snapshot.connect() as connection:
            connection.begin()
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that sees all that was committed before its turn."""
        with self._engine.connect() as connection:
            connection.begin()
            yield connection

    def is_passing(self, error: BaseException | None) -> bool:
        """Tell whether the connection was lost, or the database asks for another try."""
        code = _code(error)
        if _is_lost(error):
            self._engine.dispose()  # the others are lost, too
            return self._was_reached and not self._over.is_set()
        return code in _ASKS_FOR_RETRY or code in _RACE_TO_MAKE_TABLES

    def is_lost(self, error: BaseException | None) -> bool:
        """Tell whether the connection was lost: the server may have committed all the same."""
        return _is_lost(error)

    def told(self, error: BaseException | None) -> StoreUnusable:
        """Return an error of PostgreSQL as one of the port's, without the password."""
        if isinstance(error, ServerSilent):
            return StoreUnreachable(path=self.place, reason=_SILENT)
        code = _code(error)
        reason = _reason(error)
        if self._password:
            reason = reason.replace(str(self._password), "***")
        known = next((kind for start, kind in _TOLD if code.startswith(start)), None)
        if known is None:
            known = StoreUnreachable if _is_of_connection(error) else StoreUnsupported
        return known(path=self.place, reason=reason)

    def noticed(self) -> int | None:
        """Return the newest revision that is known."""
        return self._notifications.revision()

    def note(self, revision: int) -> None:
        """Take notice of a revision of our own."""
        self._notifications.note(revision)

    def watch(self, call: Callable[[], object]) -> Callable[[], None]:
        """Call whenever a notification says that something was committed."""
        return self._notifications.watch(call)

    def close(self) -> None:
        """Let go of the connections; who waits on one waits no more."""
        self._over.set()
        self._notifications.stop()
        self._engine.dispose()

    def _connectable(self, url: URL, timeout: float) -> Engine:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            pool_size=MOST_CONNECTIONS,
            max_overflow=0,
            pool_timeout=timeout,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "keepalives_idle": 30},
        )

        def connect(_dialect: Any, _record: Any, given: Any, named: Any) -> PatientConnection:
            connection = PatientConnection.connect(*given, **named)
            connection.over = self._over
            return connection

        def taken(connection: PatientConnection, _record: object, _proxy: object) -> None:
            connection.patience = max(timeout, NET_SECONDS) + _LEEWAY

        def connected(connection: Any, _: object) -> None:
            self._was_reached = True
            settings = {**_SETTINGS, "lock_timeout": str(int(timeout * 1000))}
            connection.execute("; ".join(f"SET {name} = {settings[name]}" for name in settings))
            connection.commit()

        event.listen(engine, "do_connect", connect)
        event.listen(engine, "connect", connected)
        event.listen(engine, "checkout", taken)
        return engine


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreUnsupported(path="postgresql:", reason="postgresql://…") from error


def _without_secrets(url: URL) -> str:
    shown = url.difference_update_query(["password", "sslpassword", "passfile"])
    return shown.render_as_string(hide_password=True)


def _code(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


def _reason(error: BaseException | None) -> str:
    """Return what is wrong in our words, else by its code.

    What libpq says of a URL that it cannot use is passed on: nobody else knows what it minds.
    """
    code, told = _code(error), " ".join(str(error).split())
    if code:
        known = next((reason for start, reason in _REASONS if code.startswith(start)), None)
        return known or f"SQLSTATE {code}"
    return next((reason for words, reason in _OF_THE_LINE if words in told), told)


def _is_lost(error: BaseException | None) -> bool:
    code = _code(error)
    is_of_line = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
    # What libpq makes up when the line breaks off has no code, and so no class of its own.
    bare = (is_of_line or type(error) is psycopg.DatabaseError) and not code
    return bare or code.startswith(("08", "57P"))


def _is_of_connection(error: BaseException | None) -> bool:
    return _code(error)[:2] in {"", "08", "28", "3D", "53", "57"}


def _revision(connection: Any) -> int:
    """Return the revision by psycopg alone, 0 if the table is not there yet."""
    try:
        return int(connection.execute(_LOOK).fetchone()[0])
    except UndefinedTable:
        return 0
