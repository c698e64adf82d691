"""Worlds of one's own: a store and a clock for one person, beside the store that all share.

The demo data are read once a day and shared by all worlds, for records never change.
"""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.services.clock import Clock
from mleg_tui.services.demo_data import DemoData, load, own_directory
from mleg_tui.services.initial_data import Beginning, fill_if_new, first_timeline
from mleg_tui.services.off_loop import OffLoop
from mleg_tui.services.participants import Seat
from mleg_tui.services.services import Services
from mleg_tui.services.store import Store


class LastingStore(Store, Protocol):
    """A store of one's own that outlives the process."""

    @abstractmethod
    def take_up(self) -> None:
        """Go on where it was left. Raises ``ClassOver``, ``SeatTaken`` and ``StoreUnusable``."""


class Worlds:
    """Makes worlds. All of a process use the same threads.

    ``new_store`` makes the empty store of a world that ends with the visit, ``new_lasting_store``
    that of a participant's in a class.
    """

    def __init__(
        self,
        new_store: Callable[[], Store],
        new_lasting_store: Callable[[Seat], LastingStore],
        clock: Clock,
        off_loop: OffLoop,
        beginning: Beginning | None = None,
    ) -> None:
        self._new_store = new_store
        self._new_lasting_store = new_lasting_store
        self._clock = clock
        self._off_loop = off_loop
        self._beginning = beginning or Beginning()
        self._known: dict[date, DemoData] = {}
        self._guard = threading.Lock()

    def begin(self) -> Services:
        """Return the services of a new world. The first of a day takes longer."""
        store = self._new_store()
        self._fill(store, self._clock.now())
        return self._services(store)

    def stage(self, beginning: Beginning, clock: Clock) -> Services:
        """Return the services of a new store that begins so, on a clock of its own."""
        store = self._new_store()
        fill_if_new(store, beginning, clock.now())
        return Services(store, clock)

    def of(self, seat: Seat) -> Services:
        """Return the services of a participant's world, as it was left, or new.

        Raises ``ClassOver``, ``SeatTaken`` and ``StoreUnusable``.
        """
        store = self._new_lasting_store(seat)
        self._fill(store, seat.joined_at)
        store.take_up()
        return self._services(store)

    def _services(self, store: Store) -> Services:
        world = Services(store, self._clock).guarded()
        world.off_loop = self._off_loop
        world.is_own_world = True
        return world

    def _fill(self, store: Store, began_at: datetime) -> None:
        today = warsaw_date(first_timeline(self._beginning, began_at).anchor)
        with self._guard:
            if today not in self._known:
                directory = self._beginning.data or own_directory()
                self._known[today] = load(directory, today)
        fill_if_new(store, self._beginning, began_at, self._known[today])
