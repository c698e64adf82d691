"""Who looks on: a viewer who can pause and step, or a recording."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from mleg_tui.demo.caption import PAUSED, PLAYING
from mleg_tui.textual_internals.settle import strips

if TYPE_CHECKING:
    from mleg_tui.demo.app import DemoTui
    from mleg_tui.demo.cast import Cast


class Audience(Protocol):
    """Sees each screen at rest for a while, in seconds of the demonstration's time."""

    async def look(self, seconds: float) -> None:
        """See what is on the screen for so long."""

    async def step_begins(self) -> None:
        """See which step comes next, before anything is done."""


class Recording:
    """Puts every screen on a cast; ``pace`` times as fast as a viewer would see it."""

    def __init__(self, app: DemoTui, cast: Cast, pace: float) -> None:
        self._app = app
        self._cast = cast
        self._pace = pace
        self.at = 0.0
        """How many seconds were recorded."""

    async def look(self, seconds: float) -> None:
        """Record the screen, and go on by so much."""
        self._cast.frame(strips(self._app), self.at)
        self.at += seconds / self._pace

    async def step_begins(self) -> None:
        """Go on."""


class Viewer:
    """Somebody at the terminal, ``pace`` times as fast as usual; 0 is as fast as can be."""

    def __init__(self, app: DemoTui, pace: float) -> None:
        self._app = app
        self._pace = pace
        self._paused = False
        self._steps = 0
        self._changed = asyncio.Event()

    def pause_or_go_on(self) -> None:
        """Stop where it is, or go on."""
        self._pause(paused=not self._paused)
        self._steps = 0
        self._changed.set()

    def step(self) -> None:
        """Have the present step over at once, and at each further press the next; then stop."""
        self._steps += 1
        self._changed.set()

    async def look(self, seconds: float) -> None:
        """Wait for so long, and as long as it is paused."""
        left = seconds / self._pace if self._pace else 0.0
        while not self._steps and (self._paused or left > 0):
            began = monotonic()
            paused = self._paused
            await self._change(None if paused else left)
            left -= 0.0 if paused else monotonic() - began

    async def step_begins(self) -> None:
        """Stop after the steps that were asked for."""
        if self._steps:
            self._steps -= 1
            self._pause(paused=not self._steps)
        while self._paused and not self._steps:
            await self._change(None)

    def _pause(self, *, paused: bool) -> None:
        self._paused = paused
        hint = PAUSED if paused else PLAYING
        self._app.caption = replace(self._app.caption, paused=paused, hint=hint)

    async def _change(self, seconds: float | None) -> None:
        """Wait until the viewer wants something, or so many seconds have passed."""
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return
