"""Looking for what others change."""

from __future__ import annotations

from mleg_tui.services.clock import Clock
from mleg_tui.services.off_loop import Threads
from mleg_tui.services.store import Store


class Following:
    """Looks at the store's revision, in a thread of its own: others may hang when it does not."""

    def __init__(self, store: Store, _clock: Clock) -> None:
        self._store = store
        self._thread = Threads("following", 1)

    async def revision(self) -> str:
        """Return the store's present revision. Raises ``StoreUnusable``."""
        return await self._thread.run(self._store.revision)
