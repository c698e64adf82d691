"""What all sessions of a process share: one run of the machines, one look for changes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.services.services import Services

_LOOK_FOR_CHANGES = timedelta(milliseconds=200)
_RETRY = timedelta(seconds=1)


class Pulse:
    """Runs the machines, and tells whoever waits when the store has changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._moved = asyncio.Event()
        self._failure: StoreUnusable | None = None
        self.revision = ""

    async def run(self) -> None:
        """Beat until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._run_machines())
            tasks.create_task(self._look())

    async def after(self, known: str) -> str:
        """Wait for a revision that is not the known one. Raises ``StoreUnusable``."""
        while self._failure is None and self.revision == known:
            await self._moved.wait()
        if self._failure is not None:
            raise self._failure
        return self.revision

    async def _run_machines(self) -> None:
        while True:
            try:
                await self._services.progression.run()
            except StoreUnusable:
                await asyncio.sleep(_RETRY.total_seconds())  # who looks tells it

    async def _look(self) -> None:
        while True:
            failure: StoreUnusable | None = None
            revision = self.revision
            try:
                revision = await self._services.following.revision()
            except StoreUnusable as error:
                failure = error
            if revision != self.revision or (failure is None) is not (self._failure is None):
                self.revision, self._failure = revision, failure
                self._services.progression.poke()
                moved, self._moved = self._moved, asyncio.Event()
                moved.set()
            await asyncio.sleep(_LOOK_FOR_CHANGES.total_seconds())
