"""Characters that do something else than to be read, and a store of before that holds them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

from mleg_tui.domain.text import LocalText
from mleg_tui.services.store import KINDS, Store, Work

CLIPBOARD = "\x1b]52;c;aGFja2Vk\x07"
"""Sets the clipboard of whoever it is shown to."""
SAMPLES = "\x00\x07\x1b\r\x7f\x85\x9b\u2028\u202e\u2066\u061c\u200b\u200d\ufeff\xad\ufe0f\U000e0041"
SPOILT = f"{CLIPBOARD}[red]\u202e\x9b31m\u200b\ufeff\x7f[@click=app.quit]\t\x08"
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(SAMPLES)), min_size=1
)
"""Any text that a store can hold, with more than its share of active characters."""
_INVISIBLE_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
_FREE = frozenset(
    {"first_name", "second_name", "last_name", "name", "contact", "reason", "rejection"}
    | {"before", "after", "actor", "login"}
)
"""Fields of records that hold any text."""


def active_in(text: str, allowed: str = "") -> set[str]:
    """Return the active characters of a text, by Unicode's own tables."""
    return {character for character in text if is_active(character)} - set(allowed)


def see_that_it_is_inert(text: str) -> None:
    """Fail for a text that does more than to begin new lines."""
    assert active_in(text, "\n") == set(), repr(text)


def is_active(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or character in _INVISIBLE_LETTERS
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e0fff"
    )


def spoilt(value: Any, text: str) -> Any:
    """Return a record with a text in all its free fields, once."""
    match value:
        case LocalText():
            return LocalText({language: _with(part, text) for language, part in value.items()})
        case tuple():
            return tuple(spoilt(part, text) for part in value)
        case Mapping():
            return {key: spoilt(part, text) for key, part in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: _part(value, f.name, text) for f in fields(value)})
        case _:
            return value


def _part(value: object, name: str, text: str) -> Any:
    part = getattr(value, name)
    return _with(part, text) if name in _FREE and isinstance(part, str) else spoilt(part, text)


def _with(known: str, text: str) -> str:
    return known if not known or text in known else f"{known}{text}"


def spoil(store: Store, text: str) -> None:
    """Put a text into every free field of all records, as if it had got in before."""

    def change(work: Work) -> None:
        for kind in KINDS.values():
            for record in work.select(kind):
                work.save(spoilt(record, text))

    store.transact(change)
