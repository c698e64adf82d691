"""Threads take turns to write."""

from __future__ import annotations

import threading
from types import TracebackType

from mleg_tui.services.store import StoreBusy


class WriteLock:
    """A lock for a store's transactions, to be used with ``with``.

    Raises ``StoreBusy`` after ``patience`` seconds, and ``RuntimeError`` for a transaction inside
    a transaction, which a plain lock would make wait for itself.
    """

    def __init__(self, place: object, patience: float) -> None:
        self._place = place
        self._patience = patience
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner == me:
            message = "a transaction inside a transaction"
            raise RuntimeError(message)
        if not self._lock.acquire(timeout=self._patience):
            raise StoreBusy(path=self._place)
        self._owner = me

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._owner = None
        self._lock.release()
