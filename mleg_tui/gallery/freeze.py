"""Take the passing of time out of Textual's own widgets, with their public settings only.

Our own code is frozen through its parameters (a clock that stands, fixed seeds), not from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Button, Input, TextArea

if TYPE_CHECKING:
    from textual.app import App


def freeze(app: App[Any]) -> None:
    """Let nothing move in the app, before it runs: values change at once, spinners stand still."""
    app.animation_level = "none"
    app.NOTIFICATION_TIMEOUT = 3600  # type: ignore[misc]  # outlasts a slow machine


def still(app: App[Any]) -> None:
    """Stop what moves in the widgets that are there now, just before the picture.

    Cursors stay visible instead of blinking, and a pressed button no longer shows it.
    """
    for screen in app.screen_stack:
        for widget in screen.walk_children():
            if isinstance(widget, Input | TextArea):
                widget.cursor_blink = False
            elif isinstance(widget, Button):
                widget.remove_class("-active")
