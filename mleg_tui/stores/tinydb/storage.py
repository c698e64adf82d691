"""TinyDB's two extension points: where its tables are kept, and how a table is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from mleg_tui.domain.messages import N_
from mleg_tui.stores import schema
from mleg_tui.stores.tinydb.content import Content, parsed, rendered
from mleg_tui.stores.tinydb.files import Held, Signature, StoreFile
from mleg_tui.stores.tinydb.sheet import EMPTY, Sheet

_GONE = N_("plik zniknął")


class FileStorage(Storage):
    """TinyDB's storage in one file that many processes share.

    The parsed content stays in memory and is used as long as the file's signature is the same.
    A change outside of ``transaction`` is a transaction of its own.
    """

    def __init__(self, file: StoreFile) -> None:
        self.file = file
        self._guard = threading.RLock()
        self._held: Held | None = None
        self._content = Content()
        self._is_steady = False
        self._writer: int | None = None
        self._staged: Mapping[str, Sheet] | None = None

    def read(self) -> dict[str, Any]:
        """Return the tables by name, those of the open transaction if there is one."""
        with self.steady():
            return dict(self._sheets)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make these the tables when the transaction ends."""
        with self.transaction():
            self._staged = {name: Sheet.of(table) for name, table in data.items()}

    def put(self, name: str, changes: Mapping[str, bytes | None]) -> None:
        """Put lines into a table when the transaction ends; ``None`` removes one."""
        with self.transaction():
            sheet = self._sheets.get(name, EMPTY)
            self._staged = {**self._sheets, name: sheet.changed(changes)}

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        with self._guard:
            self._hold(None, Content())

    @contextmanager
    def steady(self) -> Iterator[Signature | None]:
        """Catch up with the file, then keep to that state while the body runs.

        Gives the signature of the state, ``None`` if there is no file.
        """
        with self._guard:
            if self._is_steady:
                yield self._signature
                return
            self._refresh()
            self._is_steady = True
            try:
                yield self._signature
            finally:
                self._is_steady = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the file's lock while the body runs; then write what it changed, in one go.

        An exception, of the body or in writing, leaves the file as it was. A file of an older
        schema is brought to today's.
        """
        if self._writer == threading.get_ident():
            yield
            return
        with self.file.locked(), self.steady():
            self._writer = threading.get_ident()
            try:
                yield
                self._commit()
            finally:
                self._writer = None
                self._staged = None

    @property
    def _sheets(self) -> Mapping[str, Sheet]:
        return self._content.sheets if self._staged is None else self._staged

    @property
    def _signature(self) -> Signature | None:
        return self._held.signature if self._held else None

    def _refresh(self) -> None:
        if self.file.signature() == self._signature:
            return
        loaded = self.file.load()
        if loaded is None:
            raise self.file.corrupt(_GONE)
        held, raw = loaded
        try:
            content = parsed(raw, self.file)
        except BaseException:
            held.file.close()
            raise
        self._hold(held, content)

    def _commit(self) -> None:
        written_in = self._content.written_in
        if self._staged is None and written_in == schema.CURRENT:
            return
        if written_in != schema.CURRENT:
            self.file.keep_as(f"schema-{written_in}")
        content = Content(
            sheets=self._sheets,
            written_in=schema.CURRENT,
            revision=self._content.revision + 1,
        )
        self._hold(self.file.replace(rendered(content)), content)

    def _hold(self, held: Held | None, content: Content) -> None:
        if self._held is not None:
            self._held.file.close()
        self._held = held
        self._content = content


class DocumentTable(Table):
    """A table of documents under text ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB takes any class, its hint int

    def put(self, changes: Mapping[str, bytes | None]) -> None:
        """Put lines under their ids; ``None`` removes one."""
        cast("FileStorage", self._storage).put(self.name, changes)

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        with cast("FileStorage", self.storage).transaction():
            super()._update_table(updater)


class Database(TinyDB):
    """TinyDB with tables of documents."""

    table_class = DocumentTable
