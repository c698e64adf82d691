"""How far a typed text is from the one that was issued, so that the mistake can be named."""

from __future__ import annotations

from enum import Enum, auto


class Likeness(Enum):
    """What stands between two texts; the first kind that applies."""

    SAME = auto()
    OTHER_CASE = auto()
    LOOK_ALIKE = auto()
    DIFFERENT = auto()


_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def likeness(typed: str, issued: str) -> Likeness:
    """Compare two texts: the same, but for case, but for ``O``/``0`` and ``l``/``I``/``1``."""
    if typed == issued:
        return Likeness.SAME
    typed, issued = typed.casefold(), issued.casefold()
    if typed == issued:
        return Likeness.OTHER_CASE
    if typed.translate(_LOOK_ALIKES) == issued.translate(_LOOK_ALIKES):
        return Likeness.LOOK_ALIKE
    return Likeness.DIFFERENT
