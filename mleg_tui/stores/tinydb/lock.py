"""One process at a time writes: a lock file that stays where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout, UnixFileLock

from mleg_tui.services.store import StoreBusy
from mleg_tui.stores.file_failures import writing

_POLL_SECONDS = 0.002  # longer starves those who wait


class _PathLock(UnixFileLock):
    def guards_its_path(self) -> bool:
        """Tell whether the file that is locked is still the one at the path."""
        locked = self._context.lock_file_fd
        try:
            return locked is not None and os.path.samestat(
                os.fstat(locked), Path(self.lock_file).stat()
            )
        except FileNotFoundError:
            return False


@contextmanager
def locked(path: Path, lock_path: Path, *, mode: int, timeout: float) -> Iterator[None]:
    """Hold the lock of the store at ``path`` while the body runs.

    ``timeout`` is in seconds. Raises ``StoreBusy`` after it, and ``StoreUnusable`` of other kinds
    where no lock can be had.
    """
    lock = _acquired(path, lock_path, mode, timeout)
    try:
        yield
    finally:
        lock.release()


def _acquired(path: Path, lock_path: Path, mode: int, timeout: float) -> _PathLock:
    with writing(path):
        _make(lock_path, mode)
    while True:
        lock = _PathLock(lock_path, timeout=timeout, mode=mode, fallback_to_soft=False)
        with writing(path):
            try:
                lock.acquire(poll_interval=_POLL_SECONDS)
            except Timeout as error:
                raise StoreBusy(path=path) from error
        if lock.guards_its_path():
            return lock
        lock.release()


def _make(lock_path: Path, mode: int) -> None:
    """Make the lock file; where none can be made, filelock would wait as if it were locked."""
    try:
        descriptor = os.open(lock_path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    except FileExistsError:
        return
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)
