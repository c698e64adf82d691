"""Keys take effect one after the other, however quickly they are typed.

Somebody who types quickly over a slow link, or a script, sends many keys at once. What is written
into a field is taken there in its order; any other key is obeyed, and answered by the store where
it asked it, before the next one goes out, to whatever has come up meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from mleg_tui.textual_internals.rest import askers, is_at_rest, is_drawn
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.keys import pressed
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.entry import is_written

_AT_ONCE = 20
"""Looks without a pause between them: most keys are obeyed by then."""
_PAUSE = 0.002
_PATIENCE = 2.0
"""Seconds for which the key that ends the program waits for an answer, such as a slow store's."""


class TypeAhead:
    """Keeps what is typed until the key before is answered. ``take`` lets an event take effect."""

    def __init__(self, app: App[Any], take: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._kept: deque[events.Event] = deque()
        self._key: events.Key | None = None
        self._obeying: frozenset[MessagePump] = frozenset()
        self._looks = 0

    @property
    def waiting(self) -> int:
        """How many keys, clicks and pastes are kept."""
        return len(self._kept)

    @property
    def is_busy(self) -> bool:
        """Whether a key is not answered yet."""
        return bool(self._kept or self._key)

    def keeps(self, event: events.Event) -> bool:
        """Keep an event that is not to go out yet; tell whether it was kept."""
        if not isinstance(event, (events.InputEvent, events.Paste)) or event.is_forwarded:
            return False
        if not self.is_busy and self._app.screen.is_mounted:
            return False
        self._kept.append(event)
        self._begin_to_look()
        self._see_to_the_end(event)
        return True

    def sent(self, key: events.Key) -> None:
        """Note a key that goes out now; what is typed next waits for what comes of it."""
        goes_to = self._app.focused or self._app.screen
        if is_written(key, goes_to):
            return
        asking = (pump for screen in self._app.screen_stack for pump in askers(screen))
        self._key, self._obeying = key, frozenset((*goes_to.ancestors_with_self, *asking))
        self._begin_to_look()
        self._see_to_the_end(key)

    def _begin_to_look(self) -> None:
        if not self._looks:
            self._look_again()

    def _look_again(self) -> None:
        self._looks += 1
        pause = 0 if self._looks < _AT_ONCE else _PAUSE
        asyncio.get_running_loop().call_later(pause, self._look)

    def _look(self) -> None:
        """See whether the key is answered, and what comes up is there for the next one."""
        if self._app.is_running and not self._is_answered():
            self._look_again()
            return
        self._key, self._obeying, self._looks = None, frozenset(), 0
        if self._kept:
            self._app.call_later(self._release)

    def _is_answered(self) -> bool:
        screen, workers = self._app.screen, self._app.workers
        if not (screen.is_mounted and is_at_rest(screen) and is_drawn(screen)):
            return False
        if not all(is_at_rest(pump) for pump in self._obeying if pump.is_running):
            return False
        asked = self._obeying - {self._app}  # whose workers are never at their end
        return all(worker.is_finished for worker in workers if worker.node in asked)

    async def _release(self) -> None:
        """Let go out what was kept, up to the next key that is to be answered first."""
        while self._kept and self._key is None and self._app.screen.is_mounted:
            await self._take(self._kept.popleft())
        if self._kept:
            self._begin_to_look()

    def _see_to_the_end(self, event: events.Event) -> None:
        """End the program with the key for that also where no answer comes."""
        if isinstance(event, events.Key):
            command = program_of(self._app).keymap.command(pressed(event), Situation())
            if command == "app.quit":
                asyncio.get_running_loop().call_later(_PATIENCE, self._leave, event)

    def _leave(self, key: events.Key) -> None:
        if self._app.is_running and (key is self._key or key in self._kept):
            self._app.exit()
