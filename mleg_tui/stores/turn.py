"""Threads take turns to write."""

from __future__ import annotations

import threading
from types import TracebackType


class Turn:
    """A lock for transactions, to be used with ``with``.

    Raises ``RuntimeError`` for a transaction inside a transaction, which a plain lock would
    make wait for itself for ever.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner == me:
            message = "a transaction inside a transaction"
            raise RuntimeError(message)
        self._lock.acquire()
        self._owner = me

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._owner = None
        self._lock.release()
