"""The store port on TinyDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import RecordTwice, of_record
from mleg_tui.services.repeated import field_twice, repeated_keys
from mleg_tui.services.store import (
    KINDS,
    BadRecord,
    Changes,
    Record,
    StoreCorrupt,
    StoreForeign,
    View,
    Work,
    table_name,
)
from mleg_tui.stores.codec import BadDocument
from mleg_tui.stores.kept import KeptLookup
from mleg_tui.stores.lines import checked_line, from_line
from mleg_tui.stores.places import check_local, check_locks
from mleg_tui.stores.tables import TablesView, TablesWork
from mleg_tui.stores.tinydb.content import line_of, parsed
from mleg_tui.stores.tinydb.files import Signature, StoreFile
from mleg_tui.stores.tinydb.line_table import LineTables
from mleg_tui.stores.tinydb.storage import Database, DocumentTable, FileStorage
from mleg_tui.stores.turn import Turn

T = TypeVar("T")
_NO_COPY = N_("nie ma kopii")


@dataclass(frozen=True, slots=True)
class _Known:
    """A state of the file, and its records."""

    signature: Signature | None = None
    tables: LineTables = field(default_factory=LineTables)


class TinyDbStore:
    """Implements ``Store`` with one JSON file for the threads and processes of one machine.

    A file that does not exist reads as an empty store; the first change makes it. ``timeout`` is
    how long a transaction waits for those of others, in seconds. A file of an older schema is
    read as it is and brought to today's by the next transaction.
    """

    def __init__(self, path: str | Path, *, timeout: float = 10.0) -> None:
        self.place = str(Path(path).absolute())
        self._file = StoreFile(Path(path), timeout)
        self._storage = FileStorage(self._file)
        self._db = Database(storage=lambda: self._storage)
        self._turn = Turn(path, timeout)
        self._known = _Known()

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""
        with self._naming_bad_documents():
            return ask(TablesView(self._caught_up(), KeptLookup()))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, durable when this returns.

        An exception leaves the file as it was; so does a ``change`` that changes nothing. Raises
        ``StoreUnusable`` and what ``change`` raises.
        """
        with self._turn, self._storage.transaction():
            with self._naming_bad_documents():
                work = TablesWork(self._caught_up(), KeptLookup())
                result = change(work)
            for kind, changes in work.changes.items():
                self._table(kind).put(
                    {id_: checked_line(new) if new else None for id_, new in changes.items()}
                )
        return result

    def revision(self) -> str:
        """Return a mark of the file's content that costs one look at its directory entry."""
        signature = self._file.signature()
        return "-".join(map(str, signature)) if signature else ""

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision; nothing is known of it yet."""
        revision = self.revision()
        return Changes(revision, frozenset() if revision == since else None)

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that cannot be read, with the lines they begin on."""
        loaded = self._file.load() if self._file.signature() else None
        if loaded is None:
            return ()
        loaded[0].file.close()
        return tuple(islice(_bad_records(loaded[1], self._file), limit))

    def repeated(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that are there twice, or have a field twice."""
        loaded = self._file.load() if self._file.signature() else None
        if loaded is None:
            return ()
        loaded[0].file.close()
        return tuple(_repeated(loaded[1], limit))

    def is_whole(self) -> bool:
        """Tell whether the file is there and every record in it can be read."""
        try:
            loaded = self._file.load() if self._file.signature() else None
            if loaded is None:
                return False
            loaded[0].file.close()
            return not any(_bad_records(loaded[1], self._file))
        except (StoreCorrupt, StoreForeign):
            return False

    def last_good(self) -> Path | None:
        """Return where the state before the last transaction is kept."""
        return self._file.last_good()

    def use_last_good(self, suffix: str) -> Path | None:
        """Put the last good copy in the file's place, and the broken file under a suffix."""
        with self._turn, self._file.locked():
            place = self._file.last_good()
            copy = StoreFile(place, 0) if place else None
            loaded = copy.load() if copy else None
            if copy is None or loaded is None:
                raise self._file.corrupt(_NO_COPY)
            loaded[0].file.close()
            for bad in _bad_records(loaded[1], copy):
                raise copy.corrupt(of_record(bad.name, bad.problem, bad.line))
            return self._file.put_back(loaded[1], suffix)

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` on a file system whose locks do not hold."""
        check_local(self._file.path)
        check_locks(self._file.path.parent, "flock")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._known = _Known()

    def _caught_up(self) -> LineTables:
        if self._file.signature() == self._known.signature:
            return self._known.tables
        with self._storage.steady() as signature:
            self._known = _Known(signature, self._known.tables.caught_up(self._storage.read()))
            return self._known.tables

    def _table(self, kind: type[Record]) -> DocumentTable:
        return cast("DocumentTable", self._db.table(table_name(kind), cache_size=0))

    @contextmanager
    def _naming_bad_documents(self) -> Iterator[None]:
        try:
            yield
        except BadDocument as error:
            raise self._corrupt(error) from error

    def _corrupt(self, error: BadDocument) -> StoreCorrupt:
        """Name the line, too: a document is read only when somebody asks for it."""
        loaded = self._file.load()
        if loaded is None:
            return self._file.corrupt(of_record(error.name, error.problem))
        loaded[0].file.close()
        line = line_of(loaded[1], error.table, error.id)
        return self._file.corrupt(of_record(error.name, error.problem, line))


def _bad_records(raw: bytes, file: StoreFile) -> Iterator[BadRecord]:
    """Yield what cannot be read. Raises ``StoreCorrupt``, ``StoreForeign`` or ``StoreTooNew``."""
    sheets = parsed(raw, file).sheets
    for table in KINDS.keys() & sheets.keys():
        for id_, line in sheets[table].lines.items():
            try:
                from_line(KINDS[table], id_, line)
            except BadDocument as error:
                yield BadRecord(error.name, error.problem, line_of(raw, table, id_))


def _repeated(raw: bytes, limit: int) -> Iterator[BadRecord]:
    for table, *way in islice(repeated_keys(raw), limit):
        name = "/".join((table, *way[:1]))
        problem = field_twice(way[1:]) if way[1:] else RecordTwice(f"{name} stands twice")
        yield BadRecord(name, problem, line_of(raw, table, way[0]) if way else None)
