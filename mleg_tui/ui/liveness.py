"""Whether a widget still exists, and is on top, when an answer or a key for it arrives."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from mleg_tui.textual_internals.gone import is_there


def is_alive(widget: Widget) -> bool:
    """Return whether a widget can be filled: its parts are there, and nobody takes them away.

    An answer of the store takes a while, in which the user may have left.
    """
    return widget.is_mounted and is_there(widget)


def is_on_top(screen: Screen[Any]) -> bool:
    """Return whether a screen is the top one."""
    return screen.app.screen_stack[-1:] == [screen]


def is_covered(screen: Screen[Any]) -> bool:
    """Return whether something that leaves no rim of it, so no dialog, lies over a screen.

    Textual draws the whole window anew for every change of the screen below the top one.
    """
    stack = screen.app.screen_stack
    above = stack[stack.index(screen) + 1 :] if screen in stack else ()
    return not all(each.is_modal for each in above)
