"""Being told by the system that files changed, so that nobody has to look again and again.

Linux tells it (inotify). Where there are no news to be had, one looks.
"""

from __future__ import annotations

import ctypes
import os
import select
import struct
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from mleg_tui.services.store import StoreUnsupported
from mleg_tui.stores.file_system import check_local

_MODIFIED, _MOVED_THERE, _MADE, _REMOVED, _SOME_ARE_LOST = 0x2, 0x80, 0x100, 0x200, 0x4000
_HEAD = struct.Struct("iIII")
_AT_ONCE = 4096
_PAUSE = 0.02
"""Changes that come within so many seconds are told together."""


def watch(
    directory: Path, names: Collection[str], call: Callable[[], object]
) -> Callable[[], None] | None:
    """Call from now on, in a thread, whenever files of these names in a directory changed.

    Returns what ends it, or ``None`` where the system does not tell: it has no inotify, too many
    watch already, or other machines change the files, too.
    """
    with suppress(AttributeError, OSError, StoreUnsupported):
        check_local(directory)
        return _Watch(directory, names, call).end
    return None


class _Watch:
    """A thread that waits for changes in a directory. Raises ``AttributeError``, ``OSError``."""

    def __init__(self, directory: Path, names: Collection[str], call: Callable[[], object]) -> None:
        self._names = {os.fsencode(name) for name in names}
        self._call = call
        system = ctypes.CDLL(None, use_errno=True)
        self._changes = _number(system.inotify_init1(os.O_CLOEXEC))
        self._over = os.eventfd(0)
        kinds = _MODIFIED | _MOVED_THERE | _MADE | _REMOVED
        try:
            _number(system.inotify_add_watch(self._changes, os.fsencode(directory), kinds))
        except OSError:
            self._close()
            raise
        threading.Thread(target=self._listen, name="watch", daemon=True).start()

    def end(self) -> None:
        """Call no more."""
        os.eventfd_write(self._over, 1)

    def _listen(self) -> None:
        waiting = select.poll()
        for descriptor in (self._changes, self._over):
            waiting.register(descriptor, select.POLLIN)
        while self._over not in dict(waiting.poll()):
            if self._is_meant(os.read(self._changes, _AT_ONCE)):
                self._call()
            time.sleep(_PAUSE)
        self._close()

    def _is_meant(self, events: bytes) -> bool:
        return any(kind & _SOME_ARE_LOST or name in self._names for kind, name in _told(events))

    def _close(self) -> None:
        os.close(self._changes)
        os.close(self._over)


def _number(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _told(events: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield of each event what happened, and to the file of which name."""
    place = 0
    while place < len(events):
        _watch, kind, _cookie, length = _HEAD.unpack_from(events, place)
        place += _HEAD.size + length
        yield kind, events[place - length : place].rstrip(b"\0")
