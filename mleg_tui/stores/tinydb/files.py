"""The file on the disk: seen cheaply, read whole, replaced whole, kept beside as it was."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import NamedTuple, Self

from mleg_tui.domain.messages import N_
from mleg_tui.services.files import replacing
from mleg_tui.services.store import (
    StoreCorrupt,
    StoreReadOnly,
    StoreRecoverable,
    StoreTooLarge,
    StoreUnsupported,
)
from mleg_tui.stores.file_system import make_private, mode_in, reading, writing

_MEGABYTE = 1024 * 1024
LARGEST = 256
"""Megabytes that a store may have: it is kept in memory as a whole."""
LAST_GOOD = "last-good"
_NOT_A_FILE = N_("to nie jest zwykły plik")
_DANGLING = N_("dowiązanie prowadzi donikąd")


class Signature(NamedTuple):
    """What tells one content of the path from another without reading it."""

    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        """Return the signature of a file's status."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


class OpenFile(NamedTuple):
    """An open file and what it was when it was read or written.

    While it is open, no other file can get its inode number and so its signature.
    """

    file: FileIO
    signature: Signature


class StoreFile:
    """One file that is only ever replaced, under a lock, never written in place.

    A symbolic link is followed, and stays. ``timeout`` is the longest wait for the lock, in
    seconds. Raises ``StoreUnreadable`` where the way to the path is barred.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._link = path
        with reading(path):
            self.path = Path(os.path.realpath(path))
        self._timeout = timeout

    def beside(self, suffix: str) -> Path:
        """Return the path of another file that belongs to this one."""
        return self.path.with_name(f"{self.path.name}.{suffix}")

    def signature(self) -> Signature | None:
        """Return the signature of what is at the path now, ``None`` if nothing is.

        Raises ``StoreUnreadable``, and ``StoreUnsupported`` for what is not a regular file.
        """
        with reading(self.path):
            try:
                status = self.path.stat()
            except FileNotFoundError:
                self._check_not_dangling()
                return None
        if not stat.S_ISREG(status.st_mode):
            raise StoreUnsupported(path=self.path, reason=_NOT_A_FILE)
        return Signature.of(status)

    def load(self) -> tuple[OpenFile, bytes] | None:
        """Open and read the file; ``None`` if there is none.

        Raises ``StoreUnreadable`` and ``StoreTooLarge``.
        """
        with reading(self.path):
            try:
                file = FileIO(self.path, "rb")
            except FileNotFoundError:
                return None
            try:
                held = OpenFile(file, Signature.of(os.fstat(file.fileno())))
                self.check_size(held.signature.size)
                return held, file.readall()
            except BaseException:
                file.close()
                raise

    def locked(self) -> AbstractContextManager[None]:
        """Hold the file's lock: who has it may replace the file.

        Missing parent directories are made, for the owner only. Raises ``StoreBusy``,
        ``StoreReadOnly``, ``StoreFull`` or ``StoreUnsupported``.
        """
        with writing(self.path):
            make_private(self.path.parent)
            if self.path.exists() and not os.access(self.path, os.W_OK):
                raise StoreReadOnly(path=self.path)
            mode = mode_in(self.path.parent)
        from mleg_tui.stores.tinydb.lock import locked  # noqa: PLC0415 - reading needs no lock

        return locked(self.path, self.beside("lock"), mode=mode, timeout=self._timeout)

    def replace(self, content: Iterable[bytes], *, is_change: bool = True) -> OpenFile:
        """Put new content at the path, durably and at once.

        What a change replaces stays as last good. To be called under the lock. Raises
        ``StoreFull``, ``StoreTooLarge``, ``StoreReadOnly`` or ``StoreUnsupported``; the file is
        then as it was.
        """
        with ExitStack() as undone, writing(self.path):
            with replacing(self.path, unfinished=self.beside("new")) as file:
                size = 0
                for part in content:
                    size += len(part)
                    self.check_size(size)  # what could not be read again is not written
                    file.write(part)
                self.give_mode(file.fileno())
                if is_change and self.path.exists():
                    self.keep_as(LAST_GOOD)
                elif is_change:
                    self._keep_lost()
                held = undone.enter_context(FileIO(os.dup(file.fileno())))
            undone.pop_all()
        return OpenFile(held, Signature.of(os.fstat(held.fileno())))

    def keep_as(self, suffix: str) -> Path:
        """Keep the present content under the file's name with a suffix, too; return where."""
        copy = self.beside(suffix)
        with writing(self.path):
            copy.unlink(missing_ok=True)
            try:
                copy.hardlink_to(self.path)
            except OSError:  # not every file system has hard links
                shutil.copy2(self.path, copy)
        return copy

    def corrupt(self, reason: object) -> StoreCorrupt:
        """Return the error for a content that cannot be understood."""
        last_good = self.last_good()
        if last_good is None:
            return StoreCorrupt(path=self.path, reason=reason)
        return StoreRecoverable(path=self.path, reason=reason, last_good=last_good)

    def last_good(self) -> Path | None:
        """Return where the content before the last change is, if there is one."""
        copy = self.beside(LAST_GOOD)
        return copy if copy.is_file() else None

    def archives(self, suffix: str = "") -> list[Path]:
        """Return the archives of this file, or of its copy under a suffix."""
        start = f"{self.path.name}{suffix and '.'}{suffix}.archive-"
        return [path for path in self.path.parent.iterdir() if path.name.startswith(start)]

    def rename_archives(self, old: str, new: str) -> None:
        """Give the archives of this file, or of its copy under a suffix, to another copy."""
        for path in self.archives(old):
            number = path.name.rpartition(".archive-")[2]
            path.replace(self.beside(f"{new}.archive-{number}"))

    def check_size(self, size: int) -> None:
        """Raise ``StoreTooLarge`` for more than a store may have."""
        if size > LARGEST * _MEGABYTE:
            raise StoreTooLarge(path=self.path, most=LARGEST)

    def give_mode(self, descriptor: int) -> None:
        """Give a new file the old one's group and mode, or what its directory asks for."""
        try:
            old = self.path.stat()
        except FileNotFoundError:
            os.fchmod(descriptor, mode_in(self.path.parent))
            return
        if old.st_gid != os.fstat(descriptor).st_gid:
            os.fchown(descriptor, -1, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))

    def _keep_lost(self) -> None:
        """Keep the last good state of a file that is gone: the next change would replace it."""
        last_good = self.last_good()
        if last_good is not None:
            since = datetime.fromtimestamp(last_good.stat().st_mtime, UTC)
            lost = f"lost-{since:%Y%m%dT%H%M%S}"
            self.rename_archives(LAST_GOOD, lost)
            last_good.replace(self.beside(lost))

    def _check_not_dangling(self) -> None:
        if self._link.is_symlink():
            raise StoreUnsupported(path=self._link, reason=_DANGLING)
