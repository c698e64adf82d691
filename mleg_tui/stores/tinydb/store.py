"""The store port on TinyDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from mleg_tui.services.store import KINDS, Record, View, Work
from mleg_tui.stores.codec import TABLE_NAMES, BadDocument, Document, decode, encode
from mleg_tui.stores.tables import Tables, TablesView, TablesWork
from mleg_tui.stores.tinydb.files import Signature, StoreFile
from mleg_tui.stores.tinydb.storage import Database, DocumentTable, FileStorage
from mleg_tui.stores.turn import Turn

T = TypeVar("T")
_Table = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class _Known:
    """A state of the file: its documents, and the records that they are."""

    signature: Signature | None = None
    documents: Mapping[str, _Table] = field(default_factory=lambda: {name: {} for name in KINDS})
    tables: Tables = field(default_factory=Tables)


class TinyDbStore:
    """Implements ``Store`` with one JSON file for the threads and processes of one machine.

    A file that does not exist reads as an empty store; the first change makes it. ``timeout`` is
    how long a transaction waits for those of others, in seconds. A file of an older schema is
    read as it is and brought to today's by the next transaction.
    """

    def __init__(self, path: str | Path, *, timeout: float = 10.0) -> None:
        self._file = StoreFile(Path(path), timeout)
        self._storage = FileStorage(self._file)
        self._db = Database(storage=lambda: self._storage)
        self._turn = Turn()
        self._known = _Known()

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""
        return ask(TablesView(self._caught_up()))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, durable when this returns.

        An exception leaves the file as it was; so does a ``change`` that changes nothing. Raises
        ``StoreUnusable`` and what ``change`` raises.
        """
        with self._turn, self._storage.transaction():
            work = TablesWork(self._caught_up())
            result = change(work)
            for kind, changes in work.changes.items():
                self._table(kind).apply({id_: _document(new) for id_, new in changes.items()})
        return result

    def revision(self) -> str:
        """Return a mark of the file's content that costs one look at its directory entry."""
        signature = self._file.signature()
        return "-".join(map(str, signature)) if signature else ""

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._known = _Known()

    def _caught_up(self) -> Tables:
        if self._file.signature() == self._known.signature:
            return self._known.tables
        with self._storage.steady() as signature:
            known = self._known
            documents = {name: self._table(kind).documents() for name, kind in KINDS.items()}
            changes = {
                kind: self._changes(kind, known.documents[name], documents[name])
                for name, kind in KINDS.items()
                if known.documents[name] is not documents[name]
            }
            self._known = _Known(signature, documents, known.tables.changed(changes))
            return self._known.tables

    def _changes(self, kind: type[Record], old: _Table, new: _Table) -> dict[str, Record | None]:
        """Decode only what differs: most of a file is as it was before a transaction."""
        changes: dict[str, Record | None] = dict.fromkeys(old.keys() - new.keys())
        try:
            for id_, document in new.items():
                known = old.get(id_)
                if document is not known and document != known:
                    changes[id_] = decode(kind, id_, document)
        except BadDocument as error:
            raise self._file.corrupt(str(error)) from error
        return changes

    def _table(self, kind: type[Record]) -> DocumentTable:
        return cast("DocumentTable", self._db.table(TABLE_NAMES[kind], cache_size=0))


def _document(record: Record | None) -> Document | None:
    """Encode a record, and make sure that it can be read again before it is written."""
    if record is None:
        return None
    document = encode(record)
    decode(type(record), record.id, document)
    return document
