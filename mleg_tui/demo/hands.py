"""The hands of a demo: its keys are shown as they are pressed, and time goes on between them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mleg_tui.automation import BETWEEN_TABS, Hands, Stuck
from mleg_tui.locale import _

if TYPE_CHECKING:
    from textual.widget import Widget

    from mleg_tui.demo.app import DemoTui
    from mleg_tui.demo.audience import Audience
    from mleg_tui.errands.steps import WaitFor

TICK = 1.0
"""How long the clock on the screen may stand."""
FAST = 120
"""How many simulated seconds a second takes while one waits."""
GLIMPSE = 0.25
"""How long each picture stays meanwhile."""


class SlowHands(Hands):
    """Are slow enough to be seen, and go where they want with Tab.

    Without an audience nobody waits.
    """

    app: DemoTui

    def __init__(self, app: DemoTui, audience: Audience | None) -> None:
        super().__init__(app)
        self._audience = audience
        self._behind = 0.0

    async def rest(self) -> None:
        """Wait until the screen is at rest, and is large enough."""
        await super().rest()
        while self.app.stop_blinking() or not self.app.room.is_set():
            await self.app.room.wait()
            await super().rest()

    async def show(self, key: str, label: str = "") -> None:
        """Show a key in the caption."""
        self.app.caption = replace(self.app.caption, key=key, label=label)

    async def hold(self, seconds: float, tick: float = TICK) -> None:
        """Let the audience look for so long; the program's clock follows in ticks."""
        if self._audience is not None:
            await self.rest()
        while seconds > 0:
            part = seconds
            if self._audience is not None:
                part = min(seconds, tick)
                await self._audience.look(part)
            seconds -= part
            self._behind += part
            if self._behind >= tick:
                self.app.call_later(self.app.let_time_pass, self._behind)
                self._behind = 0.0
                await self.rest()

    def send(self, key: str) -> None:
        """Press a key, as the player."""
        self.app.play_key(key)

    async def go_to(self, target: Widget) -> bool:
        """Go to a button or a field with Tab."""
        for _tab in range(len(self.app.screen.focus_chain) + 1):
            if self.app.focused is target:
                return True
            await self.show("Tab")
            await self.strike(self._towards(target))
            await self.hold(BETWEEN_TABS)
        return False

    def _towards(self, target: Widget) -> str:
        """Return which way round is the shorter one."""
        chain = self.app.screen.focus_chain
        here = chain.index(self.app.focused) if self.app.focused in chain else -1
        ahead = (chain.index(target) - here) % len(chain) if target in chain else 0
        return "tab" if ahead * 2 <= len(chain) else "shift+tab"

    async def wait_for(self, step: WaitFor) -> None:
        """Let time run fast, as the simulation desk would."""
        people, services = self.people, self.app.services
        before = await self.behind(services.time.timeline)
        await self.show("»", _("czas ×{speed}").format(speed=FAST))
        await self.behind(partial(services.time.set_speed, FAST))
        try:
            await self.look_again()
            while True:
                newest = await self.behind(partial(people.newest_order, step.who))
                if newest is not None and newest.status is step.status:
                    break
                due = await self.behind(services.progression.next_due)
                if before.paused or due is None:
                    raise Stuck(status=step.status.name)
                await self.hold(GLIMPSE, GLIMPSE)
        finally:
            await self.behind(partial(services.time.set_speed, before.speed))
        await self.look_again()
