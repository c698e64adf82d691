"""A participant's world: in memory, and each of its changes written down in the class's store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import RLock
from typing import TypeVar

from mleg_tui.domain.classroom import WorldRecord
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.participants import Participants, Seat
from mleg_tui.services.store import KINDS, View, Work, table_name
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.codec import BadDocument, from_line, to_line
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.tables import TablesWork

T = TypeVar("T")


class WorldUnreadable(StoreUnusable):
    """What was written down of a world cannot be read any more."""

    message = N_("Twojego świata z tych zajęć nie da się odczytać ({name}).")
    advice = N_("Dołącz do zajęć pod innym pseudonimem i zgłoś to osobie prowadzącej.")


class KeptWorld(MemoryStore):
    """A store whose changes outlive the process, from ``take_up`` on.

    What it is filled with before is the same each time, and need not be kept. If nobody can tell
    whether a change was written down, what is written down is what holds.
    """

    def __init__(self, participants: Participants, seat: Seat, most: int | None = None) -> None:
        super().__init__(most)
        self._participants = participants
        self._seat = seat
        self._is_kept = self._is_in_doubt = False
        self._turn = RLock()

    def take_up(self) -> None:
        """Go on where the world was left, and write down what happens in it from now on.

        Raises ``ClassOver``, ``SeatTaken`` and ``StoreUnusable``.
        """
        with self._turn:
            kept = self._participants.kept(self._seat)
            self._is_kept = False
            try:
                super().transact(lambda work: self._put(work, kept))
            finally:
                self._is_kept = True
            self._is_in_doubt = False
            if not kept:  # chance and time are the world's own
                super().transact(lambda work: work.save(work.get(World, WORLD_ID)))

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises like ``take_up``."""
        self._settle()
        return super().read(ask)

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, here and where it is kept. Raises like ``take_up``."""
        with self._turn:
            self._settle()
            return super().transact(change)

    def before_commit(self, work: TablesWork) -> None:
        """Write down what a transaction does. What is refused there is not done here either."""
        if not self._is_kept:
            return
        lines = {
            f"{table_name(kind)}/{id_}": "" if record is None else to_line(record).decode()
            for kind, changes in work.changes.items()
            for id_, record in changes.items()
        }
        try:
            self._participants.keep(self._seat, lines, work)
        except StoreUnusable:
            self._is_in_doubt = True
            raise

    def _settle(self) -> None:
        """Look at what is written down, if it may not be what is here; who reads waits for that."""
        if self._is_in_doubt:
            with self._turn:
                if self._is_in_doubt:
                    self.take_up()

    def _put(self, work: Work, kept: Iterable[WorldRecord]) -> None:
        """Put records, or that they are gone, in the place of what a new world has there."""
        for record in kept:
            name = record.id.removeprefix(f"{self._seat.participant}/")
            table, _, id_ = name.partition("/")
            known = work.find(KINDS[table], id_)
            if known is not None:
                work.remove(known)
            if record.line:
                try:
                    work.restore([from_line(KINDS[table], id_, record.line.encode())])
                except BadDocument as error:
                    raise WorldUnreadable(name=name) from error
