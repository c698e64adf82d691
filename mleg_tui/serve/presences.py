"""Where the participants of classes are, written down for all sessions of a process together."""

from __future__ import annotations

import asyncio
from contextvars import Context
from functools import partial

from mleg_tui.domain.classroom import Presence
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.serve.log import log
from mleg_tui.services.off_loop import PATIENCE
from mleg_tui.services.participants import Seat
from mleg_tui.services.services import Services

_EVERY = 0.15
"""Seconds between two transactions at least; without news there is none."""


class Presences:
    """Collects what is new of everybody, and writes it down in one transaction."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._news: dict[Seat, Presence] = {}
        self._writing: asyncio.Task[None] | None = None

    def note(self, seat: Seat, presence: Presence) -> None:
        """Take down where somebody is by now."""
        self._news[seat] = presence
        if self._writing is None:  # in a task that is no session's
            self._writing = asyncio.get_running_loop().create_task(self._write(), context=Context())

    async def write_now(self, within: float = PATIENCE) -> None:
        """Write down what is new, before somebody leaves a seat. Raises ``StoreUnusable``."""
        news, self._news = self._news, {}
        if news:
            note = partial(self._services.participants.note, news)
            await self._services.off_loop.ask(note, within)

    async def _write(self) -> None:
        try:
            while self._news:
                await asyncio.sleep(_EVERY)
                try:
                    await self.write_now()
                except StoreUnusable as error:
                    log.warning("where people are was not written: %s", type(error).__name__)
        finally:
            self._writing = None
