"""Keys by name: which there are, which a terminal can send, and which a field takes for itself."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase
from typing import TYPE_CHECKING

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

if TYPE_CHECKING:
    from textual import events

_FUNCTION = tuple(f"f{number}" for number in range(1, 13))
_CONTROL = tuple(f"ctrl+{letter}" for letter in ascii_lowercase)
_NAMED = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab")
_EDITING = ("enter", "escape", "space", "backspace", "delete", "insert")
KEY_NAMES = (*_FUNCTION, *_CONTROL, *_NAMED, *_EDITING)
"""The names of the keys that write no character."""
_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_TAKEN_BY_TERMINALS = frozenset(f"ctrl+{letter}" for letter in "chijmsz")
"""Interrupt, backspace, tab, newline, enter, stop the output, suspend."""
_TAKEN_BY_FIELDS = frozenset(f"ctrl+{letter}" for letter in "adefkuvwxy")
_ALIASES = {"pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "return": "enter", " ": "space"}


class BadKeymap(BadInput):
    """Keys that cannot be used so; ``id`` is what they were meant for, ``key`` the one at fault."""

    def __init__(self, **details: object) -> None:
        super().__init__(**{"id": "", "key": "", **details})


class BadKey(BadKeymap):
    """Something that cannot be made a key. ``near`` is the closest that can."""

    advice = N_("Klawisz to znak, F1–F12 albo Ctrl z literą, np. „{near}”.")


class NoSuchKey(BadKey):
    """No key is called so."""

    message = N_("Nie ma klawisza „{key}”.")


class CannotBeSent(BadKey):
    """Terminals keep the key for themselves, or send another one in its place."""

    message = N_("Terminale nie przekazują klawisza „{key}” albo mylą go z innym.")


def key_named(name: str) -> str:
    """Return the key that a name stands for: ``F1``, ``Ctrl+P``, ``PgUp``, ``?``.

    Raises ``NoSuchKey`` and ``CannotBeSent``.
    """
    if len(name) == 1 and name.isprintable() and name != " ":
        return name
    key = _ALIASES.get(name.casefold(), name.casefold())
    if key in _TAKEN_BY_TERMINALS:
        raise CannotBeSent(key=name, near="f9")
    if key in KEY_NAMES:
        return key
    modifiers, _plus, rest = key.rpartition("+")
    if rest and set(modifiers.split("+")) <= set(_MODIFIERS):
        raise CannotBeSent(key=name, near=rest if len(rest) == 1 else near(rest, KEY_NAMES))
    raise NoSuchKey(key=name, near=near(key, KEY_NAMES))


def works_in_fields(key: str) -> bool:
    """Tell whether a key does what it stands for while a text is being typed."""
    return key in _FUNCTION or (key in _CONTROL and key not in _TAKEN_BY_FIELDS)


def entered(event: events.Key) -> events.Key:
    """Return a line feed as Enter.

    Scripts send it, and terminals make it of Enter until a program takes the keys as they are.
    """
    return type(event)("enter", "\r") if event.key == "ctrl+j" else event


def pressed(event: events.Key) -> str:
    """Return the key that was pressed, as the commands name it."""
    if event.is_printable and "+" not in event.key and event.character not in (None, " "):
        return str(event.character)
    return event.key


def near(name: str, names: Iterable[str]) -> str:
    """Return the name that is most like what was written."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what went wrong

    return get_close_matches(name, [*names], n=1, cutoff=0)[0]
