"""The file on the disk: seen cheaply, read whole, replaced whole, kept beside as it was."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import NamedTuple, Self

from mleg_tui.domain.messages import N_
from mleg_tui.services.store import (
    StoreCorrupt,
    StoreReadOnly,
    StoreRecoverable,
    StoreTooLarge,
    StoreUnsupported,
)
from mleg_tui.stores.file_failures import reading, writing
from mleg_tui.stores.places import OWNER_ONLY, flush_directory, make_private, mode_in

_LARGE = 1_000_000
_MEGABYTE = 1024 * 1024
LARGEST = 256
"""Megabytes that a store may have: it is kept in memory as a whole."""
_LAST_GOOD = "last-good"
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


@dataclass(frozen=True, slots=True)
class Held:
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

    def load(self) -> tuple[Held, bytes] | None:
        """Open and read the file; ``None`` if there is none.

        Raises ``StoreUnreadable`` and ``StoreTooLarge``.
        """
        with reading(self.path):
            try:
                file = FileIO(self.path, "rb")
            except FileNotFoundError:
                return None
            try:
                held = Held(file, Signature.of(os.fstat(file.fileno())))
                self._check_size(held.signature.size)
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

        return locked(self.path, self._beside("lock"), mode=mode, timeout=self._timeout)

    def replace(self, content: Iterable[bytes]) -> Held:
        """Put new content at the path, durably and at once; the old one stays as last good.

        To be called under the lock. Raises ``StoreFull``, ``StoreTooLarge``, ``StoreReadOnly`` or
        ``StoreUnsupported``; the file is then as it was.
        """
        return self._put(content, keeping=_LAST_GOOD)

    def _put(self, content: Iterable[bytes], *, keeping: str | None = None) -> Held:
        fresh = self._beside("new")
        with writing(self.path):
            fresh.unlink(missing_ok=True)  # of a process that was killed
            file = FileIO(fresh, "x+b", opener=_open_for_owner)
            try:
                self._write(file, content)
                if keeping is not None and self.path.exists():
                    self.keep_as(keeping)
                elif keeping is not None:
                    self._keep_lost()
                fresh.replace(self.path)
                flush_directory(self.path.parent)
            except BaseException:
                file.close()
                fresh.unlink(missing_ok=True)
                raise
        return Held(file, Signature.of(os.fstat(file.fileno())))

    def keep_as(self, suffix: str) -> None:
        """Keep the present content under the file's name with a suffix, too."""
        copy = self._beside(suffix)
        with writing(self.path):
            _remove(copy)
            try:
                copy.hardlink_to(self.path)
            except OSError:  # not every file system has hard links
                shutil.copy2(self.path, copy)

    def _keep_lost(self) -> None:
        """Keep the last good state of a file that is gone: the next change would replace it."""
        last_good = self.last_good()
        if last_good is not None:
            since = datetime.fromtimestamp(last_good.stat().st_mtime, UTC)
            last_good.replace(self._beside(f"lost-{since:%Y%m%dT%H%M%S}"))

    def corrupt(self, reason: object) -> StoreCorrupt:
        """Return the error for a content that cannot be understood."""
        last_good = self.last_good()
        if last_good is None:
            return StoreCorrupt(path=self.path, reason=reason)
        return StoreRecoverable(path=self.path, reason=reason, last_good=last_good)

    def last_good(self) -> Path | None:
        """Return where the content before the last change is, if there is one."""
        copy = self._beside(_LAST_GOOD)
        return copy if copy.is_file() else None

    def put_back(self, content: bytes, suffix: str) -> Path | None:
        """Put a former content at the path; return where the present one is kept, if there is one.

        To be called under the lock. Raises like ``replace``.
        """
        is_there = self.path.exists()
        if is_there:
            self.keep_as(suffix)
        self._put((content,)).file.close()
        return self._beside(suffix) if is_there else None

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{suffix}")

    def _check_not_dangling(self) -> None:
        if self._link.is_symlink():
            raise StoreUnsupported(path=self._link, reason=_DANGLING)

    def _check_size(self, size: int) -> None:
        if size > LARGEST * _MEGABYTE:
            raise StoreTooLarge(path=self.path, most=LARGEST)

    def _write(self, file: FileIO, content: Iterable[bytes]) -> None:
        size = 0
        for part in content:
            size += len(part)
            self._check_size(size)  # what could not be read again is not written
            left = memoryview(part)
            while left:
                left = left[file.write(left) :]
        self._give_mode(file.fileno())
        os.fsync(file.fileno())

    def _give_mode(self, descriptor: int) -> None:
        """Give a new file the old one's group and mode, or what its directory asks for."""
        try:
            old = self.path.stat()
        except FileNotFoundError:
            os.fchmod(descriptor, mode_in(self.path.parent))
            return
        if old.st_gid != os.fstat(descriptor).st_gid:
            os.fchown(descriptor, -1, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _remove(path: Path) -> None:
    """Remove a file, if it is there.

    To give back the blocks of a large one takes as long as to write it; the thread that closes it
    last does so, and nobody waits for it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    path.unlink()
    if os.fstat(descriptor).st_size < _LARGE:
        os.close(descriptor)
    else:
        threading.Thread(target=os.close, args=(descriptor,)).start()


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
