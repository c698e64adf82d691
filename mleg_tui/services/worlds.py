"""Worlds of one's own: a store and a clock for one visitor, beside the store that all share.

The demo data are read once a day and shared by all worlds, for records never change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.services.clock import Clock
from mleg_tui.services.demo_data import DemoData, load, own_directory
from mleg_tui.services.initial_data import Beginning, fill_if_new, first_timeline
from mleg_tui.services.off_loop import OffLoop
from mleg_tui.services.services import Services
from mleg_tui.services.store import Store


class Worlds:
    """Makes worlds. All of a process use the same threads; ``new_store`` makes an empty store."""

    def __init__(
        self,
        new_store: Callable[[], Store],
        clock: Clock,
        off_loop: OffLoop,
        beginning: Beginning | None = None,
    ) -> None:
        self._new_store = new_store
        self._clock = clock
        self._off_loop = off_loop
        self._beginning = beginning or Beginning()
        self._known: tuple[date, DemoData] | None = None
        self._guard = threading.Lock()

    def begin(self) -> Services:
        """Return the services of a new world. The first of a day takes longer."""
        real_now = self._clock.now()
        store = self._new_store()
        fill_if_new(store, self._beginning, real_now, self._data())
        world = Services(store, self._clock).guarded()
        world.off_loop = self._off_loop
        return world

    def _data(self) -> DemoData:
        today = warsaw_date(first_timeline(self._beginning, self._clock.now()).anchor)
        with self._guard:
            if self._known is None or self._known[0] != today:
                directory = self._beginning.data or own_directory()
                self._known = today, load(directory, today)
            return self._known[1]
