"""The real program with a caption below it, which plays by itself until the viewer takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from textual import events
from textual.reactive import reactive
from textual.widgets import Input

from mleg_tui.automation import as_event
from mleg_tui.demo.caption import Caption, CaptionBar
from mleg_tui.demo.clock import DemoClock
from mleg_tui.preflight import fits
from mleg_tui.services.campus import FirstSight
from mleg_tui.services.services import Services
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.options import Options

_NOTICE = 5.0
"""For how many seconds a notice is seen where nothing else is said."""
_UNTIL_TOLD = 86_400.0
_VIEWERS = (events.InputEvent, events.Paste, events.AppBlur)
"""What a viewer's hands do: keys, the mouse, a paste, going to another window."""


class DemoTui(MlegTui):
    """Takes its keys from the player. The viewer's go to ``on_viewer_key``, until it is ``live``.

    Nothing moves by itself meanwhile: time goes on only with ``let_time_pass``, so that a
    demonstration is the same every time.
    """

    CSS = """
    App.-playing ToastRack { margin-bottom: 3; }
    App.-playing SimulationRail { display: none; }
    """

    caption: reactive[Caption] = reactive(Caption())
    """What is said below the screen."""

    def __init__(
        self,
        services: Services,
        clock: DemoClock,
        options: Options,
        first_sight: FirstSight | None = None,
    ) -> None:
        super().__init__(services, options._replace(frozen=True), first_sight=first_sight)
        self._clock = clock
        self._played: list[events.Event] = []
        self._notices_end: datetime | None = None
        self.on_viewer_key: Callable[[str], None] = lambda _key: None
        self.live = False
        self.room = asyncio.Event()
        self.room.set()
        self.add_class("-playing")

    async def on_ready(self) -> None:
        """Put the caption on the first page, too."""
        await self.screen.mount(CaptionBar())

    def push_screen(self, *given: Any, **named: Any) -> Any:
        """Push a screen, with the caption on it."""
        pushed = super().push_screen(*given, **named)
        if not self.live:
            self.screen.mount(CaptionBar())
        return pushed

    def play_key(self, key: str) -> None:
        """Press a key, as a terminal would have it."""
        event = as_event(key)
        self._played.append(event)
        self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Let only the player's keys through, as long as it plays."""
        if isinstance(event, events.Resize):
            self._see_room(event)
        if isinstance(event, _VIEWERS) and not (self.live or event.is_forwarded):
            if event not in self._played:
                self._viewer_did(event)
                return
            self._played.remove(event)
        await super().on_event(event)

    def _see_room(self, event: events.Resize) -> None:
        """Note whether the window is large enough to go on."""
        if fits(event.size.width, event.size.height):
            self.room.set()
        else:
            self.room.clear()

    def _viewer_did(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            if event.key in COMMANDS["app.quit"].keys:
                self.exit()
            else:
                self.on_viewer_key(event.key)

    async def let_time_pass(self, seconds: float) -> None:
        """Move the clock, and let happen what is due by then."""
        self._clock.advance(seconds)
        if self._notices_end is not None and self._clock.now() >= self._notices_end:
            self.clear_notices()
        happened = await self.services.off_loop.ask(self.services.progression.catch_up)
        if happened:
            await self.take_up_now()
        else:
            await self.keep_time()

    def notify(self, *given: Any, timeout: float | None = None, **named: Any) -> None:
        """Show a notice for so many seconds of the demonstration's time."""
        if not self.live:
            end = self._clock.now() + timedelta(seconds=timeout or _NOTICE)
            self._notices_end = max(end, self._notices_end or end)
            timeout = _UNTIL_TOLD
        super().notify(*given, timeout=timeout, **named)

    def clear_notices(self) -> None:
        """Take the notices away."""
        self._notices_end = None
        self.clear_notifications()

    def stop_blinking(self) -> bool:
        """Let the cursors on the screen stand still; tell whether one did not."""
        blinking = [field for field in self.screen.query(Input) if field.cursor_blink]
        for field in blinking:
            field.cursor_blink = False
        return bool(blinking)

    def come_live(self) -> None:
        """Hand the program over as it is: its time runs, and every key is the viewer's."""
        self.live = True
        self.remove_class("-playing")
        self.clear_notices()
        for screen in self.screen_stack:
            screen.query(CaptionBar).remove()
            for field in screen.query(Input):
                field.cursor_blink = True
        self._clock.run()
        self.come_alive()
