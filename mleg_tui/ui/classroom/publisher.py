"""Sends copies of a program's screen while somebody wants them; costs nothing while nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic

from textual.worker import Worker

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.services.screen_copy import BadCopy
from mleg_tui.textual_internals.app import BACKGROUND, run_beside
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.classroom.screen_copy import copy_of

INTERVAL = 0.25
"""Seconds between two copies at least."""
RENEWAL = 5.0
"""Seconds after which the same is sent again, to say that it is still so."""


class ScreenPublisher:
    """Sends a copy whenever something else was painted, until ``send`` says that nobody looks.

    Where ``send`` raises ``StoreUnusable``, it is tried again.
    """

    def __init__(self, app: DrawnApp, send: Callable[[str], Awaitable[bool]]) -> None:
        self._app = app
        self._send = send
        self._worker: Worker[None] | None = None

    @property
    def is_sending(self) -> bool:
        """Whether copies are being sent."""
        return self._worker is not None and not self._worker.is_finished

    def begin(self) -> None:
        """Send what is on the screen now, and what comes, if that is not done already."""
        if not self.is_sending:
            self._worker = run_beside(self._app, self._publish, BACKGROUND)

    def end(self) -> None:
        """Send nothing more."""
        if self._worker is not None:
            self._worker.cancel()

    async def _publish(self) -> None:
        painted = asyncio.Event()
        self._app.on_painted = painted.set
        sent, sent_at = "", 0.0
        try:
            while True:
                painted.clear()
                text = self._text()
                if text != sent or monotonic() - sent_at >= RENEWAL:
                    try:
                        if not await self._send(text):
                            return
                        sent, sent_at = text, monotonic()
                    except StoreUnusable:
                        painted.set()  # not sent: it is tried again
                await asyncio.sleep(INTERVAL)
                with suppress(TimeoutError):
                    await asyncio.wait_for(painted.wait(), RENEWAL)
        finally:
            if self._app.on_painted == painted.set:
                self._app.on_painted = None

    def _text(self) -> str:
        """Return what is on the screen; nothing of one that is too large to be copied."""
        try:
            return copy_of(self._app).as_text()
        except BadCopy:
            return ""
