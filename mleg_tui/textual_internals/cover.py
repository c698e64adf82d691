"""A picture over all of an app, which goes on below as if nothing were there.

A screen would be part of the app: answers that come meanwhile find their own screen no longer on
top, and dialogs would open over it. Drawn here, it changes nothing, and costs hardly anything.

Touches Textual's private ``_display`` and ``_batch_count`` of an app, and the ``_compositor``'s
kind of update.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol, Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from textual import events
from textual._compositor import CompositorUpdate
from textual.screen import Screen
from textual.strip import Strip

from mleg_tui.textual_internals.app import CalmApp

_HANDS = (events.InputEvent, events.Paste)
"""Keys, the mouse, and what is pasted."""


class Cover(Protocol):
    """What is drawn over an app, and takes what is typed meanwhile."""

    @abstractmethod
    def strips(self, width: int, height: int) -> Sequence[Strip]:
        """Return the lines, each as wide as the window, as many as it has."""

    @abstractmethod
    def take_key(self, key: str) -> None:
        """Take a key."""


class CoverableApp(CalmApp):
    """An app that something can be drawn over."""

    cover: Cover | None = None
    _drawn: Sequence[Strip] = ()
    """What stands on the terminal of the cover."""

    def draw_cover(self, cover: Cover | None) -> None:
        """Draw something over the app, or what it shows now; ``None`` takes it away."""
        if cover is None and self.cover is not None:
            self.cover, self._drawn = None, ()
            self.refresh()
        elif cover is not None:
            self.cover = cover
            self._draw_what_differs()

    def is_kept_from(self, event: events.Event) -> bool:
        """Tell whether the cover takes an event in the place of the app."""
        if self.cover is None or not isinstance(event, _HANDS) or event.is_forwarded:
            return False
        if isinstance(event, events.Key):
            self.cover.take_key(event.key)
        return True

    def refresh(self, **how: bool) -> Self:
        """Draw all of it again."""
        self._drawn = ()
        if self.cover is not None:
            self._draw_what_differs()
        return super().refresh(**how)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Draw what changed below, where that is seen."""
        if self.cover is None:
            super()._display(screen, renderable)
        else:
            self._draw_what_differs()  # the window may have another size
            self.post_display_hook()

    def _draw_what_differs(self) -> None:
        if self.cover is None or not (self.is_running and self.screen_stack):
            return
        if self._batch_count:  # Textual would drop it
            self.call_later(self._draw_what_differs)
            return
        strips = self.cover.strips(*self.size)
        before = self._drawn if len(self._drawn) == len(strips) else [None] * len(strips)
        rows = [
            (y, strip)
            for y, (strip, drawn) in enumerate(zip(strips, before, strict=True))
            if strip is not drawn and strip != drawn
        ]
        self._drawn = strips
        if rows:
            super()._display(self.screen, _Rows(rows))


class _Rows(CompositorUpdate):
    """Rows of the terminal, each drawn from its left edge."""

    def __init__(self, rows: Sequence[tuple[int, Strip]]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        for y, strip in self._rows:
            yield Control.move_to(0, y)
            yield from strip

    def render_segments(self, console: Console) -> str:
        """Return what the terminal is sent."""
        return "".join(
            Control.move_to(0, y).segment.text + strip.render(console) for y, strip in self._rows
        )
