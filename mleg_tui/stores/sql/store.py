"""The store port on a SQL database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice, repeat
from typing import TypeVar, cast

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import of_record
from mleg_tui.services.store import (
    KINDS,
    BadRecord,
    Changes,
    Record,
    StoreBusy,
    StoreCorrupt,
    StoreForeign,
    StoreTooNew,
    View,
    Work,
)
from mleg_tui.stores import schema
from mleg_tui.stores.codec import BadDocument
from mleg_tui.stores.memory_lookup import MemoryLookup
from mleg_tui.stores.sql.change_log import Log
from mleg_tui.stores.sql.database import Database
from mleg_tui.stores.sql.ddl import Ddl
from mleg_tui.stores.sql.layout import FORMAT, ROW, Layout
from mleg_tui.stores.sql.lookup import SqlLookup
from mleg_tui.stores.sql.migrations import bring_up_to_date, is_todays, read_as_today
from mleg_tui.stores.sql.search import Search
from mleg_tui.stores.sql.statements import Statements
from mleg_tui.stores.sql.tables import DatabaseTable, DatabaseTables, SomebodyElseWrote
from mleg_tui.stores.sql.transaction import DatabaseWork
from mleg_tui.stores.sql.write_lock import Attempt, Meta, MetaRow, UnlikeItsSchema
from mleg_tui.stores.tables import Lookup, Tables, TablesView, record_tables
from mleg_tui.stores.write_lock import WriteLock

T = TypeVar("T")


class StoreUncertain(StoreUnusable):
    """The connection broke in the moment of a commit, and nobody can tell its outcome."""

    message = N_("Nie wiadomo, czy ostatnia zmiana została zapisana: {path}")
    advice = N_("Odśwież stronę i sprawdź, zanim spróbujesz ponownie.")


class SqlStore:
    """Implements ``Store`` for many processes, on as many machines as the database serves.

    Those who write take turns, in the order in which the database lets them; who reads waits for
    nobody. A store of an older schema is read as it is and brought to today's by the next
    transaction.
    """

    def __init__(self, database: Database) -> None:
        dialect = database.dialect
        self.place = database.place
        self._database = database
        self._errors: tuple[type[Exception], ...] = (DBAPIError, *database.errors)
        self._layout = layout = Layout(numbered=database.words.key == ROW)
        self._meta = Meta(layout, dialect, notify=database.notify)
        self._ddl = Ddl(layout, database)
        self._change_log = Log(layout, dialect)
        self._statements = {kind: Statements(layout[kind], dialect) for kind in KINDS.values()}
        self._searches = {kind: Search(name, layout, database) for name, kind in KINDS.items()}
        self._write_lock = WriteLock(self.place, database.patience)
        self._made_in: str | None = None

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""
        return self._look(
            lambda connection, meta: ask(self._view(connection, meta)),
            lambda: ask(TablesView(record_tables(), MemoryLookup())),
        )

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, durable when this returns.

        It is run again where the database lost the connection or asks for it, but done only once.
        Raises ``StoreUnusable`` and what ``change`` raises.
        """
        attempt = Attempt()

        def told(error: BaseException | None) -> StoreUnusable:
            if attempt.committing and self._database.is_lost(error):
                return StoreUncertain(path=self._database.place)
            return self._database.told(error)

        with self._write_lock:
            return self._patiently(lambda: self._tried(change, attempt), told)

    def revision(self) -> str:
        """Return the number of transactions, as far as it is known here without asking."""
        noticed = self._database.noticed()
        if noticed is None:
            noticed = self._look(lambda _connection, meta: meta.revision, lambda: 0)
        return self._named(noticed)

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision, and the revision it led to."""
        if since and since == self.revision():
            return Changes(since, frozenset())
        return self._look(partial(self._changes, since), lambda: Changes("", None))

    def watch(self, call: Callable[[], object], /) -> Callable[[], None] | None:
        """Call whenever something may have been committed; ``None`` where nobody tells of it."""
        return self._database.watch(call)

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` where a file's locks do not hold."""
        self._database.check_place()

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that cannot be read. Raises ``StoreUnusable``."""
        return self._look(partial(self._bad, limit, DatabaseTable.unreadable), tuple)

    def repeated(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that have a field twice. Raises ``StoreUnusable``."""
        return self._look(partial(self._bad, limit, DatabaseTable.repeated), tuple)

    def close(self) -> None:
        """Let go of the connections."""
        self._database.close()

    def _look(self, ask: Callable[[Connection, MetaRow], T], of_nothing: Callable[[], T], /) -> T:
        """Return what is made of one state of a store, or of none that is there yet."""

        def once() -> T:
            if not self._database.is_there():
                return of_nothing()
            with self._database.reading() as connection:
                meta = self._meta_row(connection)
                return ask(connection, meta) if meta else of_nothing()

        return self._patiently(once)

    def _changes(self, since: str, connection: Connection, meta: MetaRow) -> Changes:
        mark = self._database.mark()
        known = since.removeprefix(mark)
        told = None
        if since.startswith(mark) and known.isdecimal() and is_todays(meta, self._layout):
            told = self._change_log.since(connection, int(known), meta.revision)
        return Changes(self._named(meta.revision), told)

    def _bad(
        self,
        limit: int,
        look: Callable[[DatabaseTable], Iterator[BadDocument]],
        connection: Connection,
        meta: MetaRow,
    ) -> tuple[BadRecord, ...]:
        tables = self._tables(connection, meta)
        if not isinstance(tables, DatabaseTables):
            return ()  # of an older version: read in whole just now
        bad = chain.from_iterable(map(look, tables.values()))
        return tuple(BadRecord(e.name, e.problem) for e in islice(bad, limit))

    def _named(self, revision: int) -> str:
        return f"{self._database.mark()}{revision}" if revision else ""

    def _tried(self, change: Callable[[Work], T], attempt: Attempt) -> T:
        try:
            return self._transact_once(change, attempt)
        except SomebodyElseWrote:  # also where another has just founded the store
            attempt.committing = False
            raise

    def _transact_once(self, change: Callable[[Work], T], attempt: Attempt) -> T:
        with self._database.writing() as connection:
            meta = self._locked(connection, attempt)
            if attempt.happened(meta):
                return cast("T", attempt.result)
            if attempt.is_forgotten(meta):
                raise StoreUncertain(path=self._database.place)
            tables = self._todays_tables(connection, meta)
            work = DatabaseWork(tables, self._lookup(tables, meta.revision - 1))
            attempt.committing = False
            attempt.result = result = change(work)
            work.write_away()
            was_todays = is_todays(meta, self._layout)
            if work.has_written or not was_todays:
                tables.make_indexes()
                log = work.logged() if was_todays else None
                self._change_log.write(connection, meta.revision, log, tables.more)
                attempt.committing, attempt.revision = True, meta.revision
                connection.commit()
                self._made_in = self._database.mark()
                self._database.note(meta.revision)
            return result

    def _meta_row(self, connection: Connection) -> MetaRow | None:
        """Return what the store says of itself, checked; ``None`` if it is not made yet."""
        if not self._is_made(connection):
            return None
        return self._checked(self._meta.look(connection))

    def _locked(self, connection: Connection, attempt: Attempt) -> MetaRow:
        if not self._is_made(connection):
            self._ddl.make_tables(connection)
            self._meta.begin(connection, self._layout)
            self._change_log.begin(connection, 0)
        return self._checked(self._meta.take(connection, attempt.mark))

    def _is_made(self, connection: Connection) -> bool:
        """Tell whether our tables are there; asked only until they are."""
        if self._made_in == self._database.mark():
            return True
        if inspect(connection).has_table(self._layout.meta.name):
            self._made_in = self._database.mark()
            return True
        if self._database.is_foreign(connection):
            raise StoreForeign(path=self._database.place)
        return False

    def _checked(self, meta: MetaRow | None) -> MetaRow:
        place = self._database.place
        if meta is None or meta.format != FORMAT:
            raise StoreForeign(path=place)
        if meta.schema_version > schema.CURRENT:
            raise StoreTooNew(path=place, found=meta.schema_version)
        return meta

    def _view(self, connection: Connection, meta: MetaRow) -> View:
        tables = self._tables(connection, meta)
        if not isinstance(tables, DatabaseTables):
            return TablesView(tables, MemoryLookup())
        is_searched = is_todays(meta, self._layout)
        lookup = self._lookup(tables, meta.revision) if is_searched else MemoryLookup()
        return TablesView(tables, lookup)

    def _lookup(self, tables: DatabaseTables, revision: int) -> Lookup:
        """Return what answers queries about tables that were counted at a revision."""

        def counted(kind: type[Record]) -> int:
            return self._change_log.counted(tables.connection, kind, revision) + tables.more[kind]

        return SqlLookup(tables, self._searches, self._database.words, counted)

    def _tables(self, connection: Connection, meta: MetaRow) -> Tables:
        if is_todays(meta, self._layout):
            return DatabaseTables(self._statements, connection)
        return read_as_today(connection, meta)

    def _todays_tables(self, connection: Connection, meta: MetaRow) -> DatabaseTables:
        """Return the tables; those of a new store, and older ones, are made so first."""
        is_ours = is_todays(meta, self._layout)
        has_indexes = is_ours and meta.revision > 1
        tables = DatabaseTables(
            self._statements, connection, ddl=self._ddl, has_indexes=has_indexes
        )
        if not is_ours:
            bring_up_to_date(connection, meta, self._ddl, tables)
            self._meta.bring_up_to_date(connection, self._layout)
            self._change_log.begin(connection, meta.revision - 1)
            tables.more.clear()
        return tables

    def _patiently(
        self,
        attempt: Callable[[], T],
        told: Callable[[BaseException | None], StoreUnusable] | None = None,
    ) -> T:
        """Try again, with growing pauses, what the database says may succeed later.

        ``told`` makes of the driver's error one of ours, where it is more than the database knows.
        """
        told = told or self._database.told
        give_up = time.monotonic() + self._database.patience
        for pause in chain((0, 0.005, 0.01, 0.02, 0.05, 0.1), repeat(0.2)):
            try:
                return attempt()
            except (BadDocument, UnlikeItsSchema) as error:
                raise self._corrupt(error) from error
            except self._errors as error:
                driver = error.orig if isinstance(error, DBAPIError) else error
                if not self._database.is_passing(driver) or time.monotonic() > give_up:
                    raise told(driver) from error
            except PoolTimeout as error:  # it has waited long enough
                raise StoreBusy(path=self._database.place) from error
            except SomebodyElseWrote as error:
                if time.monotonic() > give_up:
                    raise StoreBusy(path=self._database.place) from error
            time.sleep(pause)
        raise AssertionError

    def _corrupt(self, error: BadDocument | UnlikeItsSchema) -> StoreCorrupt:
        reason: object = error.args[0]
        if isinstance(error, BadDocument):
            reason = of_record(error.name, error.problem)
        return StoreCorrupt(path=self._database.place, reason=reason)
