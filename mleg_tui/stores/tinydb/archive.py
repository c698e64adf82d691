"""Beside the file: what it has no room for, so that a change costs the same however much there is.

An archive is a file of JSON lines to which lines are only added. A later line for a record stands
instead of an earlier one, and the store's file says how much of its archive counts: what a process
added that was killed before it replaced the file is read by nobody, and the next one that adds
something cuts it off. Where most lines of an archive are of the past, a new one takes its place.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import msgspec
from msgspec.structs import replace

from mleg_tui.domain.messages import N_
from mleg_tui.services.files import replacing
from mleg_tui.services.mistakes import Mistake
from mleg_tui.services.store import KINDS, StoreCorrupt
from mleg_tui.stores import schema
from mleg_tui.stores.file_system import reading, writing
from mleg_tui.stores.tinydb.content import NONE, Base, Content, Lines, Mark
from mleg_tui.stores.tinydb.files import LAST_GOOD, StoreFile

ROOM = 128 * 1024
"""Bytes of records in the file; of more than that the largest tables go, until half is left."""
_FEW = 1_000
"""Lines of the past that are not worth a new archive."""
_PIECE = 1024 * 1024
_TAIL = 4096


class BadArchive(Mistake):
    """An archive is not, or not any more, what its file says."""

    message = N_("plik {archive} zniknął, jest niepełny albo zmieniony")


class _Line(msgspec.Struct):
    table: str
    id: str
    record: msgspec.Raw


_LINE = msgspec.json.Decoder(_Line)


class Archive:
    """What a file has beside it. All but ``read`` is to be called under the file's lock."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def path(self, mark: Mark, suffix: str = "") -> Path:
        """Return where an archive is, or its copy for the file's copy under a suffix."""
        return self._file.beside(f"{suffix}{suffix and '.'}archive-{mark.number}.jsonl")

    def read(self, mark: Mark, known: Content) -> Mapping[str, Base]:
        """Return what is in an archive; of what is known of it only what came since is read.

        Raises ``StoreCorrupt`` if it is not what it was.
        """
        for start, bases in (*_known(known, mark), (Mark(mark.number), {})):
            data = self._bytes(mark, start.size)
            if data is not None and crc32(data, start.crc32) == mark.crc32:
                return _with_lines(bases, data)
        raise self._damaged(mark)

    def spilled(self, content: Content, *, anew: bool) -> Content:
        """Return a content of which no more is in the file than there is room for.

        ``anew`` asks for an archive that has nothing of the present one. Raises like
        ``StoreFile.replace``.
        """
        large, mark = _largest(content.tables), content.archive
        if not large and not anew:
            return content
        added = {name: content.tables[name].over for name in large}
        tables = {**content.tables, **{name: content.tables[name].merged() for name in large}}
        lines = (mark.lines if mark else 0) + sum(map(len, added.values()))
        live = sum(len(table.base) for table in tables.values())
        if mark is None or anew or lines > 2 * live + _FEW:
            tables = {name: table.alone() for name, table in tables.items()}
            mark = self._begun(mark.number + 1 if mark else 1, tables)
        else:
            mark = self._extended(mark, added)
        return replace(content, tables=tables, archive=mark)

    def keep_as(self, suffix: str, mark: Mark | None) -> None:
        """Bring the archive of the file's copy under a suffix to where the file's is."""
        if mark is None:
            return
        copy = self.path(mark, suffix)
        with writing(copy):
            if copy.exists() and copy.stat().st_size == mark.size:
                return
            try:
                with self.path(mark).open("rb") as source:
                    if not _has_caught_up(copy, source, mark.size):
                        self._copy(source, copy, mark.size)
            except FileNotFoundError:
                raise self._damaged(mark) from None

    def put_back(self, suffix: str, mark: Mark | None) -> None:
        """Take the last good copy's archive; the present one goes to the copy under a suffix."""
        with writing(self._file.path):
            self._file.rename_archives("", suffix)
            if mark is not None:
                with self.path(mark, LAST_GOOD).open("rb") as source:
                    self._copy(source, self.path(mark), mark.size)

    def tidy(self, before: Mark | None, now: Mark | None) -> None:
        """Remove what neither the file nor its last good copy needs any more."""
        needed = {now and self.path(now), before and self.path(before, LAST_GOOD)}
        for path in (*self._file.archives(), *self._file.archives(LAST_GOOD)):
            if path not in needed:
                with suppress(OSError):
                    path.unlink()

    def line_of(self, mark: Mark, table: str, id_: str) -> int:
        """Return the number of the line on which a record stands."""
        data = self._bytes(mark, 0) or b""
        return data.count(b"\n", 0, data.rfind(_start(table, id_))) + 1

    def _bytes(self, mark: Mark, start: int) -> bytes | None:
        """Return what counts of an archive from a byte on, ``None`` if it is not all there."""
        self._file.check_size(mark.size)
        with reading(self.path(mark)):
            try:
                with self.path(mark).open("rb") as file:
                    file.seek(start)
                    data = file.read(mark.size - start)
                    return data if file.seek(0, os.SEEK_END) >= mark.size else None
            except FileNotFoundError:
                return None

    def _begun(self, number: int, tables: Mapping[str, Lines]) -> Mark | None:
        """Write a new archive with the bases of tables; where they have nothing, none."""
        mark = Mark(number)
        if not any(lines.base for lines in tables.values()):
            return None
        with writing(self.path(mark)), self._replacing(self.path(mark)) as file:
            for entry in _entries({name: lines.base for name, lines in tables.items()}):
                mark = mark.after(entry)
                self._file.check_size(mark.size)
                file.write(entry)
        return mark

    def _extended(self, mark: Mark, added: Mapping[str, Mapping[str, bytes | None]]) -> Mark:
        entries = b"".join(_entries(added))
        self._file.check_size(mark.size + len(entries))
        with writing(self.path(mark)):
            try:
                file = self.path(mark).open("r+b")
            except FileNotFoundError:
                raise self._damaged(mark) from None
            with file:
                if file.seek(0, os.SEEK_END) < mark.size:
                    raise self._damaged(mark)
                file.truncate(file.seek(mark.size))
                file.write(entries)
                file.flush()
                os.fsync(file.fileno())
        return mark.after(entries)

    def _copy(self, source: BinaryIO, copy: Path, size: int) -> None:
        with self._replacing(copy) as file:
            file.writelines(_pieces(source, 0, size))

    @contextmanager
    def _replacing(self, path: Path) -> Iterator[BinaryIO]:
        with replacing(path, unfinished=self._file.beside("new")) as file:
            self._file.give_mode(file.fileno())
            yield file

    def _damaged(self, mark: Mark) -> StoreCorrupt:
        name = self.path(mark).name
        return self._file.corrupt(BadArchive(f"{name}: damaged", archive=name))


def _known(content: Content, mark: Mark) -> Iterator[tuple[Mark, Mapping[str, Base]]]:
    """Yield the beginning of an archive that a content has, if it does."""
    known = content.archive
    is_todays = content.written_in == schema.CURRENT
    if known and is_todays and known.number == mark.number and known.size <= mark.size:
        yield known, {name: lines.base for name, lines in content.tables.items()}


def _with_lines(bases: Mapping[str, Base], data: bytes) -> Mapping[str, Base]:
    changes: defaultdict[str, dict[str, bytes | None]] = defaultdict(dict)
    for line in BytesIO(data):
        entry = _LINE.decode(line)
        record = bytes(entry.record)
        changes[entry.table][entry.id] = None if record == NONE else record
    return {**bases, **{name: bases.get(name, Base()).after(changes[name]) for name in changes}}


def _largest(tables: Mapping[str, Lines]) -> list[str]:
    """Return the tables that have to leave the file, so that there is room in it again."""
    sizes = {name: len(tables[name].text) for name in KINDS if name in tables}
    left, chosen = sum(sizes.values()), []
    for name in sorted(sizes, key=sizes.__getitem__, reverse=True) if left > ROOM else ():
        if left > ROOM // 2:
            chosen.append(name)
            left -= sizes[name]
    return chosen


def _entries(tables: Mapping[str, Mapping[str, bytes | None]]) -> Iterator[bytes]:
    for name, lines in tables.items():
        for id_, line in lines.items():
            yield b"%b%b}\n" % (_start(name, id_), NONE if line is None else line)


def _start(table: str, id_: str) -> bytes:
    encode = msgspec.json.encode
    return b'{"table": %b, "id": %b, "record": ' % (encode(table), encode(id_))


def _has_caught_up(copy: Path, source: BinaryIO, size: int) -> bool:
    """Add to a copy what it lacks of the first bytes of a file, if it is one."""
    try:
        with copy.open("r+b") as file:
            length = file.seek(0, os.SEEK_END)
            tail = max(0, length - _TAIL)
            file.seek(tail)
            if length > size or file.read() != b"".join(_pieces(source, tail, length)):
                return False
            file.writelines(_pieces(source, length, size))
            file.flush()
            os.fsync(file.fileno())
            return True
    except FileNotFoundError:
        return False


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end and (piece := file.read(min(_PIECE, end - start))):
        start += len(piece)
        yield piece
