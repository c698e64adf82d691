"""The screen below ours: what Textual learns too late does no harm.

Touches Textual's private ``_reset_focus``.
"""

from __future__ import annotations

from typing import TypeVar

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
