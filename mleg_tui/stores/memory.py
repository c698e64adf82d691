"""A store in this process's memory, gone with it: for tests, pictures and demonstrations."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import TypeVar

from mleg_tui.services.store import BadRecord, Change, Changes, View, Work, WorldFull
from mleg_tui.stores.memory_lookup import MemoryLookup
from mleg_tui.stores.tables import TablesView, TablesWork, after, moved, record_tables
from mleg_tui.stores.write_lock import WriteLock

T = TypeVar("T")
_REMEMBERED = 1_000
"""Transactions whose changes are known."""


class MemoryStore:
    """Implements ``Store`` for the threads of one process.

    It takes ``most`` transactions that change something, so that what somebody else fills stays
    within bounds; ``None`` is no bound.
    """

    place = "memory:"

    def __init__(self, most: int | None = None) -> None:
        self._state = record_tables(), MemoryLookup()
        self._most = most
        self._commits = 0
        self._watching: set[Callable[[], object]] = set()
        self._log: deque[frozenset[Change]] = deque(maxlen=_REMEMBERED)
        self._write_lock = WriteLock(self.place, threading.TIMEOUT_MAX)

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state."""
        return ask(TablesView(*self._state))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction; an exception leaves the store as it was.

        Raises ``WorldFull``.
        """
        with self._write_lock:
            before, lookup = self._state
            work = TablesWork(before, lookup)
            result = change(work)
            if work.changes:
                if self._most is not None and self._commits >= self._most:
                    raise WorldFull
                self.before_commit(work)
                tables = after(before, work.changes)
                view = TablesView(tables, lookup)
                self._state = tables, lookup.after(moved(before, work.changes), view)
                self._log.append(work.log())
                self._commits += 1
        if work.changes:
            for call in tuple(self._watching):
                call()
        return result

    def before_commit(self, work: TablesWork) -> None:
        """Do nothing; who keeps the changes elsewhere, too, may still refuse them here."""

    def revision(self) -> str:
        """Return the number of transactions that changed something."""
        return str(self._commits)

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision."""
        with self._write_lock:
            missed = self._commits - int(since) if since.isdecimal() else -1
            if not 0 <= missed <= len(self._log):
                return Changes(str(self._commits), None)
            latest = islice(self._log, len(self._log) - missed, None)
            return Changes(str(self._commits), frozenset().union(*latest))

    def watch(self, call: Callable[[], object], /) -> Callable[[], None] | None:
        """Call after each transaction that changed something, in its thread."""
        self._watching.add(call)
        return partial(self._watching.discard, call)

    def check_place(self) -> None:
        """Do nothing: no other process is here."""

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return nothing: what is here was never written down."""
        del limit
        return ()

    def repeated(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return nothing, for the same reason."""
        del limit
        return ()

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
