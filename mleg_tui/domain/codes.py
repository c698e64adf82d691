"""Token and activation code: how they are made, and how what a person typed is read.

A simulated token always holds one letter outside ``0``-``9`` ``a``-``f`` (seed 000 has a ``g``),
so it can never be one that the Ministry's system issued.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from enum import Enum, auto

TOKEN_LENGTH = 32
PASS_LENGTH = 10
_HEX = "0123456789abcdef"
_BEYOND_HEX = "ghijklmnopqrstuvwxyz"
_PASS_ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Codes:
    """What the Ministry's system issues for one order.

    ``token`` is the QR text, ``distribution_pass`` the activation code (names of the USOS API).
    """

    token: str
    distribution_pass: str

    def __post_init__(self) -> None:
        if not is_token(self.token):
            message = "not a simulated token"
            raise ValueError(message)
        if not is_distribution_pass(self.distribution_pass):
            message = "not an activation code"
            raise ValueError(message)

    def __repr__(self) -> str:
        return "Codes(…)"


def issue(seed: int, order_id: str) -> Codes:
    """Return the codes of an order: the same for the same seed and order id."""
    chance = random.Random(f"codes:{seed}:{order_id}")  # noqa: S311 - reproducible, guards nothing
    letters = chance.choices(_HEX, k=TOKEN_LENGTH)
    letters[chance.randrange(TOKEN_LENGTH)] = chance.choice(_BEYOND_HEX)
    password = [
        chance.choice(string.ascii_lowercase),
        chance.choice(string.ascii_uppercase),
        chance.choice(string.digits),
        *chance.choices(_PASS_ALPHABET, k=PASS_LENGTH - 3),
    ]
    chance.shuffle(password)
    return Codes("".join(letters), "".join(password))


def is_token(text: str) -> bool:
    """Tell whether a text has the shape of a simulated token."""
    beyond = sum(letter in _BEYOND_HEX for letter in text)
    return (
        len(text) == TOKEN_LENGTH
        and beyond == 1
        and all(letter in _HEX or letter in _BEYOND_HEX for letter in text)
    )


def is_distribution_pass(text: str) -> bool:
    """Tell whether a text has the shape of an activation code."""
    return len(text) == PASS_LENGTH and all(letter in _PASS_ALPHABET for letter in text)


def without_white_space(typed: str) -> str:
    """Return what was typed without spaces and line breaks, which copying brings along."""
    return "".join(typed.split())


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
