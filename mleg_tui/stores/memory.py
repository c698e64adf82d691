"""A store in this process's memory, gone with it: for tests, pictures and demonstrations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mleg_tui.services.store import BadRecord, View, Work
from mleg_tui.stores.tables import TablesView, TablesWork, after, record_tables
from mleg_tui.stores.turn import Turn

T = TypeVar("T")


class MemoryStore:
    """Implements ``Store`` for the threads of one process."""

    place = "memory:"
    revision_is_instant = True

    def __init__(self) -> None:
        self._tables = record_tables()
        self._commits = 0
        self._turn = Turn()

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state."""
        return ask(TablesView(self._tables))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction; an exception leaves the store as it was."""
        with self._turn:
            work = TablesWork(self._tables)
            result = change(work)
            if work.changes:
                self._tables = after(self._tables, work.changes)
                self._commits += 1
        return result

    def revision(self) -> str:
        """Return the number of transactions that changed something."""
        return str(self._commits)

    def check_place(self) -> None:
        """Do nothing: no other process is here."""

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return nothing: what is here was never written down."""
        del limit
        return ()

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
