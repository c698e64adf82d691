"""The hands of a demonstration: keys that are shown as they are pressed, and the time between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual.widgets import Input

from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.desk import Desk

if TYPE_CHECKING:
    from textual.widget import Widget

    from mleg_tui.demo.app import DemoTui
    from mleg_tui.demo.audience import Audience

T = TypeVar("T")
BEFORE_KEY = 0.7
"""For how many seconds a key is shown before it is pressed."""
BETWEEN_TABS = 0.15
BETWEEN_LETTERS = 0.07
TICK = 1.0
"""How long the clock on the screen may stand."""


class Stuck(Exception):
    """A step cannot be done as one of its fields says: ``Stuck(button="scan")``."""

    def __init__(self, **said: object) -> None:
        super().__init__(said)
        [(self.field, self.value)] = said.items()


class Hands:
    """Presses keys in the program, slowly enough to be seen; the screen is at rest after each.

    Without an audience nobody waits, and a text is typed in one go.
    """

    def __init__(self, app: DemoTui, audience: Audience | None) -> None:
        self.app = app
        self._audience = audience
        self._behind = 0.0

    async def rest(self) -> None:
        """Wait until the screen is at rest, and is large enough."""
        await settle(self.app)
        while self.app.stop_blinking() or not self.app.room.is_set():
            await self.app.room.wait()
            await settle(self.app)

    async def let_see(self) -> None:
        """Have the screen at rest for the audience, if there is one."""
        if self._audience is not None:
            await self.rest()

    async def hold(self, seconds: float, tick: float = TICK) -> None:
        """Let the audience look for so long; the program's clock follows in ticks."""
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

    async def behind(self, act: Callable[[], T]) -> T:
        """Ask the services, or have done there, what nobody sees."""
        return await self.app.services.off_loop.ask(act)

    async def look_again(self) -> None:
        """Let the program take up what was done to the store elsewhere."""
        self.app.call_later(self.app.take_up_now)
        await self.rest()

    async def show(self, key: str, label: str = "") -> None:
        """Show a key in the caption."""
        self.app.caption = replace(self.app.caption, key=key, label=label)
        await self.let_see()

    async def press(self, key: str, shown: str, label: str = "") -> None:
        """Show a key for a while, then press it."""
        await self.show(shown, label)
        await self.hold(BEFORE_KEY)
        await self._strike(key)

    async def arrow(self, way: str) -> None:
        """Go ``up`` or ``down`` by one."""
        await self.show("↓" if way == "down" else "↑")
        await self._strike(way)
        await self.hold(BETWEEN_TABS)

    async def go_to(self, field: str, id: str) -> Widget:
        """Go to a button or field with Tab and return it. Raises ``Stuck``."""
        target = self._find(field, id)
        for _tab in range(len(self.app.screen.focus_chain) + 1):
            if self.app.focused is target:
                return target
            await self.show("Tab")
            await self._strike(self._towards(target))
            await self.hold(BETWEEN_TABS)
        raise Stuck(**{field: id})

    async def type(self, field: Input, text: str) -> None:
        """Type a text in place of what stands in a field that has the focus."""
        if field.value and field.selected_text != field.value:
            await self._strike("end")
            await self._strike("ctrl+u")
        await self.show("…", "•" * len(text) if field.password else text)
        for letter in text:
            self.app.play_key(letter)
            await self.let_see()
            await self.hold(BETWEEN_LETTERS)
        await self.rest()
        if field.value != text:
            raise Stuck(text=text)

    def _find(self, field: str, id: str) -> Widget:
        """Return what can be gone to under a name, in the active pane if it is there."""
        screen = self.app.screen
        known = [widget for widget in screen.focus_chain if widget.id == id]
        if not known:
            raise Stuck(**{field: id})
        active = screen.active if isinstance(screen, Desk) else screen
        return next((widget for widget in known if active in widget.ancestors), known[0])

    def _towards(self, target: Widget) -> str:
        """Return which way round is the shorter one."""
        chain = self.app.screen.focus_chain
        here = chain.index(self.app.focused) if self.app.focused in chain else -1
        ahead = (chain.index(target) - here) % len(chain) if target in chain else 0
        return "tab" if ahead * 2 <= len(chain) else "shift+tab"

    async def _strike(self, key: str) -> None:
        self.app.play_key(key)
        await self.rest()
