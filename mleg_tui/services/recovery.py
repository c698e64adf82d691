"""Back to the last good copy of a store that can no longer be read."""

from __future__ import annotations

from pathlib import Path

from mleg_tui.domain.errors import Refused, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.services.clock import Clock
from mleg_tui.services.store import Recoverable, Store, StoreCorrupt, StoreForeign


class NothingBroken(Refused):
    """The store can be read: to go back would only lose its last change."""

    message = N_("Magazyn danych można odczytać w całości, niczego nie zmieniono.")
    advice = N_("Jeśli chcesz wrócić do kopii, wczytaj ją: mleg-tui store import --replace PLIK")


class NoLastGood(StoreUnusable):
    """There is no copy to go back to."""

    message = N_("Tego magazynu danych nie ma z czego odtworzyć.")
    advice = N_("Wczytaj do nowego magazynu własny eksport: mleg-tui store import PLIK")


class Recovery:
    """Puts the last good copy in the place of a store that is broken."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offer(self, error: StoreUnusable) -> Path | None:
        """Return the copy that would mend an error, ``None`` if none would."""
        is_of_content = isinstance(error, (StoreCorrupt, StoreForeign))
        if not is_of_content or not isinstance(self._store, Recoverable):
            return None
        return self._store.last_good()

    def recover(self) -> Path | None:
        """Go back to the last good copy; return where the broken file is kept, if there was one.

        The change that came after the copy may be missing. Raises ``NothingBroken``,
        ``NoLastGood``, and ``StoreCorrupt`` if the copy is broken, too.
        """
        if not isinstance(self._store, Recoverable):
            raise NoLastGood
        if self._store.is_whole():
            raise NothingBroken
        if self._store.last_good() is None:
            raise NoLastGood
        return self._store.use_last_good(f"broken-{self._clock.now():%Y%m%dT%H%M%S}")
