"""Looking for what others change."""

from __future__ import annotations

import asyncio

from mleg_tui.services.store import Store


async def present_revision(store: Store) -> str:
    """Return a store's revision, off the loop where it takes a while. Raises ``StoreUnusable``."""
    if store.revision_is_instant:
        return store.revision()
    return await asyncio.to_thread(store.revision)
