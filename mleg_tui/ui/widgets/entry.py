"""Fields in which everything takes effect in the order in which it was typed.

Somebody who types quickly over a slow link, or a script, sends many keys at once.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingsMap
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

_EDITING = BindingsMap(Input.BINDINGS).key_to_bindings
"""What keys do in a field; those that it inherits, to scroll it, are left to what it stands in."""


class Entry(Input):
    """A field of one line.

    Textual lets a key that edits go up to the app before it takes effect, and the letters behind it
    overtake it: here it takes effect at once. Keys with Ctrl may be commands, which come first.
    """

    async def on_key(self, event: events.Key) -> None:
        """Let a key that edits take effect at once."""
        if event.is_printable or event.key.startswith("ctrl+"):
            return
        for binding in _EDITING.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)


class LeadingEntry(Entry):
    """A field from which Enter leads on to the next one."""

    LEADS_ON: ClassVar[frozenset[str]] = frozenset({"enter"})


def is_written(key: events.Key, goes_to: DOMNode) -> bool:
    """Tell whether all that a key does is to change a field, which it does at once."""
    if isinstance(goes_to, Screen) or not goes_to.check_consume_key("a", "a"):
        return False  # it is no field to type into
    edits = key.key in _EDITING and key.key != "enter" and not key.key.startswith("ctrl+")
    return key.is_printable or (edits and isinstance(goes_to, Entry))


def moves_on(screen: Screen[object], key: str) -> bool:
    """Go from a field to another one, if the key is one for that; tell whether it was.

    The program does this before it hands the next key on. A field that did it by itself would come
    to it too late: what is typed or pasted quickly behind the login would still land in it, and not
    in the password, for all to read.
    """
    field = screen.focused
    if field is None or not field.check_consume_key("a", "a"):
        return False  # it is no field to type into
    if key == "tab" or (isinstance(field, LeadingEntry) and key in field.LEADS_ON):
        screen.focus_next()
    elif key == "shift+tab":
        screen.focus_previous()
    else:
        return False
    return True
