"""The screen below ours: what Textual learns too late does no harm.

Touches Textual's private ``_reset_focus``.
"""

from __future__ import annotations

from typing import TypeVar

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

T = TypeVar("T")


class SteadyScreen(Screen[T]):
    """A screen that is not led astray by what is no longer so."""

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """Let go of a widget that was hidden, unless it is seen again by now.

        That it was hidden it hears through a queue, maybe after it has been shown and given the
        focus, which then would go on to the next one.
        """
        if avoiding or widget not in self.focus_chain:
            super()._reset_focus(widget, avoiding)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return what can be selected there: nothing that was taken down since it was drawn."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (widget, offset) if widget is None or widget.is_attached else (None, None)
