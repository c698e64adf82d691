"""One process at a time writes: a lock file that stays where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import Timeout, UnixFileLock

from mleg_tui.services.files import make_empty
from mleg_tui.services.store import StoreBusy
from mleg_tui.stores.file_system import writing

_POLL_SECONDS = 0.002  # longer starves those who wait


class _PathLock(UnixFileLock):
    def guards_its_path(self) -> bool:
        """Tell whether the file that is locked is still the one at the path."""
        locked = self._context.lock_file_fd
        with suppress(FileNotFoundError):
            here = Path(self.lock_file).stat()
            return locked is not None and os.path.samestat(os.fstat(locked), here)
        return False


@contextmanager
def locked(path: Path, lock_path: Path, *, mode: int, timeout: float) -> Iterator[None]:
    """Hold the lock of the store at ``path`` while the body runs.

    ``timeout`` is in seconds. Raises ``StoreBusy`` after it, and ``StoreUnusable`` of other kinds
    where no lock can be had.
    """
    lock = _PathLock(lock_path, timeout, mode, fallback_to_soft=False, poll_interval=_POLL_SECONDS)
    with writing(path):
        with suppress(FileExistsError):  # where none can be made, filelock would wait in vain
            make_empty(lock_path, mode)
        try:
            lock.acquire()
            while not lock.guards_its_path():
                lock.release()
                lock.acquire()
        except Timeout as error:
            raise StoreBusy(path=path) from error
    try:
        yield
    finally:
        lock.release()
