"""Texts as people search for them: without case and without Polish marks."""

from __future__ import annotations

import unicodedata

_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})


def folded(text: str) -> str:
    """Return a text in lower case and without diacritics: ``Żółć`` becomes ``zolc``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.lower().translate(_STROKES)  # only what came apart is some letters' plain capital
