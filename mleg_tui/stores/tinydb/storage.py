"""Where TinyDB keeps its tables; to read them takes no TinyDB."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from mleg_tui.domain.messages import N_
from mleg_tui.services.store import StoreCorrupt
from mleg_tui.stores import schema
from mleg_tui.stores.codec import Document
from mleg_tui.stores.tinydb.archive import Archive
from mleg_tui.stores.tinydb.content import (
    EMPTY,
    Content,
    Lines,
    lines_of,
    parsed,
    rendered,
    with_archive,
)
from mleg_tui.stores.tinydb.files import LAST_GOOD, OpenFile, Signature, StoreFile

_GONE = N_("plik zniknął")


class Documents(Mapping[str, Document]):
    """A table for TinyDB; each document is read from its line when it is asked for."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    def __getitem__(self, id_: str) -> Document:
        document: Document = msgspec.json.decode(self.lines[id_])
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


class Loaded(NamedTuple):
    """A file that was read, with its archive."""

    held: OpenFile
    raw: bytes
    content: Content


def loaded(file: StoreFile, known: Content | None = None) -> Loaded | None:
    """Read a file, and of its archive what is not known yet; ``None`` if there is none.

    Raises ``StoreUnusable``.
    """
    while (read := file.load()) is not None:
        held, raw = read
        try:
            content = parsed(raw, file)
            bases = (
                Archive(file).read(content.archive, known or Content()) if content.archive else {}
            )
            return Loaded(held, raw, with_archive(content, bases, file))
        except BaseException as error:
            held.file.close()
            if not isinstance(error, StoreCorrupt) or file.signature() == held.signature:
                raise
    return None


class FileStorage:
    """TinyDB's storage in one file that many processes share.

    The parsed content stays in memory and is used as long as the file's signature is the same.
    A change outside of ``transaction`` is a transaction of its own.
    """

    def __init__(self, file: StoreFile) -> None:
        self.file = file
        self.guard = threading.RLock()
        self._archive = Archive(file)
        self._held: OpenFile | None = None
        self._content = Content()
        self._writer: int | None = None
        self._staged: Mapping[str, Lines] | None = None
        self._tidied: tuple[int, int] | None = None

    def read(self) -> dict[str, Any]:
        """Return the tables by name, those of the open transaction if there is one."""
        with self.guard:
            self.present()
            tables = self._tables.items()
            return {name: Documents(lines) for name, lines in tables if lines or not lines.base}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make these the tables when the transaction ends."""
        with self.transaction():
            known = self._tables
            written = {name: _rewritten(known.get(name, EMPTY), data[name]) for name in data}
            gone = {name: _rewritten(known[name], {}) for name in known if known[name].base}
            self._staged = {**gone, **written}

    def put(self, name: str, changes: Mapping[str, bytes | None]) -> None:
        """Put lines into a table when the transaction ends; ``None`` removes one."""
        with self.transaction():
            tables = self._tables
            self._staged = {**tables, name: tables.get(name, EMPTY).changed(changes)}

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        with self.guard:
            self._hold(None, Content())

    def present(self) -> tuple[Signature | None, Content]:
        """Catch up with the file; return its signature, ``None`` if there is none, and content."""
        with self.guard:
            if self._writer is None:
                self._refresh()
            return self._held.signature if self._held else None, self._content

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the file's lock while the body runs; then write what it changed, in one go.

        An exception, of the body or in writing, leaves the file as it was. A file of an older
        schema is brought to today's.
        """
        if self._writer == threading.get_ident():
            yield
            return
        with self.file.locked(), self.guard:
            self._refresh()
            self._writer = threading.get_ident()
            try:
                yield
                self._commit()
            finally:
                self._writer = None
                self._staged = None

    @property
    def _tables(self) -> Mapping[str, Lines]:
        return self._content.tables if self._staged is None else self._staged

    def _refresh(self) -> None:
        if self.file.signature() == (self._held.signature if self._held else None):
            return
        found = loaded(self.file, self._content)
        if found is None:
            raise self.file.corrupt(_GONE)
        self._hold(found.held, found.content)

    def _commit(self) -> None:
        """Write the archive, then the file; only then it is done."""
        before = self._content
        is_older = before.written_in != schema.CURRENT
        if self._staged is None and not is_older:
            return
        if is_older:
            self._archive.keep_as(f"schema-{before.written_in}", before.archive)
            self.file.keep_as(f"schema-{before.written_in}")
        self._archive.keep_as(LAST_GOOD, before.archive)
        content = replace(before, tables=self._tables, revision=before.revision + 1)
        content = self._archive.spilled(content, anew=is_older and before.archive is not None)
        content = replace(content, written_in=schema.CURRENT)
        self._hold(self.file.replace(rendered(content)), content)
        if self._tidied != (numbers := (_number(before), _number(content))):
            self._archive.tidy(before.archive, content.archive)
            self._tidied = numbers

    def _hold(self, held: OpenFile | None, content: Content) -> None:
        if self._held is not None:
            self._held.file.close()
        self._held = held
        self._content = content


def _number(content: Content) -> int:
    return content.archive.number if content.archive else 0


def _rewritten(lines: Lines, table: Mapping[str, Any]) -> Lines:
    """Return a table after TinyDB wrote it. Raises ``TypeError`` for odd values."""
    if isinstance(table, Documents):
        return table.lines
    written: dict[str, bytes | None] = {**lines_of(table)}
    gone = dict.fromkeys(id_ for id_ in lines if id_ not in written)
    new = {id_: line for id_, line in written.items() if lines.get(id_) != line}
    return lines.changed({**gone, **new})
