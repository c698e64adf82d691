"""The store port on TinyDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from mleg_tui.services.store import KINDS, Record, StoreCorrupt, View, Work
from mleg_tui.stores.codec import TABLE_NAMES, BadDocument
from mleg_tui.stores.lines import checked_line
from mleg_tui.stores.places import check_local
from mleg_tui.stores.tables import Tables, TablesView, TablesWork
from mleg_tui.stores.tinydb.content import line_of
from mleg_tui.stores.tinydb.files import Signature, StoreFile
from mleg_tui.stores.tinydb.line_table import LineTable
from mleg_tui.stores.tinydb.storage import Database, DocumentTable, FileStorage
from mleg_tui.stores.turn import Turn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Known:
    """A state of the file, and its records."""

    signature: Signature | None = None
    tables: dict[type[Record], LineTable] = field(
        default_factory=lambda: {kind: LineTable.empty(kind) for kind in KINDS.values()}
    )


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
        self._turn = Turn()
        self._known = _Known()

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""
        with self._naming_bad_documents():
            return ask(TablesView(self._caught_up()))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, durable when this returns.

        An exception leaves the file as it was; so does a ``change`` that changes nothing. Raises
        ``StoreUnusable`` and what ``change`` raises.
        """
        with self._turn, self._storage.transaction():
            with self._naming_bad_documents():
                work = TablesWork(self._caught_up())
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

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` on a file system whose locks do not hold."""
        check_local(self._file.path)
        self._file.check_lock()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._known = _Known()

    def _caught_up(self) -> Tables:
        if self._file.signature() == self._known.signature:
            return self._known.tables
        with self._storage.steady() as signature:
            known = self._known.tables
            tables = {kind: known[kind].caught_up(self._table(kind).sheet()) for kind in known}
            self._known = _Known(signature, tables)
            return tables

    def _table(self, kind: type[Record]) -> DocumentTable:
        return cast("DocumentTable", self._db.table(TABLE_NAMES[kind], cache_size=0))

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
            return self._file.corrupt(str(error))
        loaded[0].file.close()
        return self._file.corrupt(f"{error}, line {line_of(loaded[1], error.table, error.id)}")
