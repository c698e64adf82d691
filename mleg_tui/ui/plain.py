"""``--plain``: for screen readers, and for whoever wants a calm screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from textual.geometry import Offset
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Input, TextArea

STYLES = Path(__file__).with_name("plain.tcss")
CLASS = "-plain"
"""The app's class, for the few widgets that CSS cannot put in order."""


def reading_place(focused: Widget) -> Offset:
    """Return where the terminal's cursor belongs, which screen readers and magnifiers follow.

    That is the field's own, the marked row, or the beginning of what has the focus.
    """
    if _is_field(focused):
        return focused.cursor_screen_offset
    row = getattr(focused, "cursor", None)  # the office's table, whose heading is its first line
    if isinstance(focused, OptionList):
        below = (focused.highlighted or 0) - focused.scroll_offset.y
    else:
        below = row + 1 - focused.scroll_offset.y if isinstance(row, int) else 0
    return focused.region.offset + Offset(0, below)


def stand_still(focused: Widget) -> None:
    """Let the cursor of a field not blink."""
    if _is_field(focused):
        focused.cursor_blink = False


def _is_field(focused: Widget) -> TypeGuard[Input | TextArea]:
    """Tell an ``Input`` or a ``TextArea``; loading it to ask is a thirtieth of the start."""
    return hasattr(focused, "cursor_blink")
