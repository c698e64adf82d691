"""``mleg-tui store export`` and ``import``: the files that stores are moved in.

All of them are gone through line by line, so their size does not matter.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from mleg_tui.cli import given, output, progress
from mleg_tui.domain.errors import BadInput, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.services import roster
from mleg_tui.services.checking import size_of
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.files import lines_of, naming
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import PlacedStore, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.stores.aside import place_of_copy, write
from mleg_tui.stores.transfer import exported, is_empty, restore, understood

T = TypeVar("T", str, bytes)
STANDARD = "-"


class ExportCut(StoreUnusable):
    """The store has to be read again, but what was read so far has been written out."""

    message = N_("Połączenie z magazynem zerwało się, eksport jest niepełny: {path}")
    advice = N_("Wyeksportuj go jeszcze raz.")


class ReadTwice(BadInput):
    """Something that can be read once only has to be read again."""

    message = N_("Tych danych nie można przeczytać drugi raz, niczego nie zaimportowano: {path}")
    advice = N_("Zapisz je do pliku i zaimportuj plik.")


def export(store: PlacedStore, file: str) -> None:
    """Write all that is in the store to a file, or to standard output."""
    path = None if file == STANDARD else given.file(file)
    begun = False

    def write_out(view: View) -> None:
        nonlocal begun
        if begun and path is None:
            raise ExportCut(path=store.place)
        begun = True
        with progress.shown(_("Eksport"), size_of(view), beside=path is None) as tell:
            lines = progress.counted(exported(view), tell)
            if path is None:
                output.show_bytes(line + b"\n" for line in lines)
            else:
                write(path, lines)

    store.read(write_out)


def import_all(store: PlacedStore, file: str, *, replacing: bool) -> tuple[int, Path | None]:
    """Read an export into the store; return how many records, and the copy of what was there."""
    source = Source(file)
    copy = place_of_copy(store.place, "import") if replacing else None

    def change(work: Work) -> tuple[int, Path | None]:
        kept = None if is_empty(work) else copy
        if kept is not None:
            write(kept, exported(work))
        try:
            return restore(work, understood(source.lines()), replacing=replacing), kept
        except BaseException:
            if kept is not None:
                kept.unlink(missing_ok=True)  # nothing was replaced
            raise

    return store.transact(change)


def import_roster(store: PlacedStore, file: str) -> int:
    """Read other people's list of students into the store; return how many they are."""
    source = Source(file)
    work = UnitOfWork(store, SystemClock())
    return roster.enrol(work, Administrator(), lambda: roster.read(source.texts()))


class Source:
    """A file, or standard input, whose lines are gone through with a bar that tells how far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._path = None if file == STANDARD else given.file(file)
        self._is_used_up = False
        with naming(file):
            if self._path is not None and stat.S_ISREG(self._path.stat().st_mode):
                self._path.open("rb").close()  # before the store is asked for anything

    def lines(self) -> Iterator[bytes]:
        """Yield the lines with their ends. Raises ``BadFile``, ``LineTooLong``, ``ReadTwice``."""
        with naming(self._file), self._opened() as file:
            yield from self._passing(lines_of(file, self._file), file)

    def texts(self) -> Iterator[str]:
        """Yield the lines of a text like ``lines``."""
        with naming(self._file), self._opened() as file:
            text = io.TextIOWrapper(file, "utf-8", newline="")
            try:
                yield from self._passing(lines_of(text, self._file), file)
            finally:
                text.detach()

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if self._is_used_up:
            raise ReadTwice(path=self._file)
        if self._path is None:
            self._is_used_up = True
            yield io.BytesIO() if sys.stdin is None else sys.stdin.buffer
            return
        with self._path.open("rb") as file:
            self._is_used_up = not stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            yield file

    def _passing(self, lines: Iterator[T], file: BinaryIO) -> Iterator[T]:
        size = None if self._is_used_up else os.fstat(file.fileno()).st_size
        with progress.shown(_("Import"), size) as tell:
            for number, line in enumerate(lines):
                if size and not number % progress.STEP:
                    tell(file.tell())
                yield line
