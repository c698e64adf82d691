"""Digits → a bar code of the symbology Interleaved 2 of 5, and its geometry in cells.

A terminal cell is about half as wide as tall, and holds two modules beside each other. The code is
made for an even number of digits; the widget that draws it is in ``ui/widgets``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TypeAlias

Cell: TypeAlias = tuple[bool, bool]
"""The left and the right module of one terminal cell, True is dark."""

QUIET_CELLS = 4
"""Light cells at either end, eight modules: what scanners need to see where a code begins."""
_WIDE = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010")
"""Which of a digit's five bars, or gaps, are wide: two modules instead of one."""


def encode(digits: str) -> tuple[bool, ...]:
    """Return the modules of the code without its quiet zone, True is dark.

    The bars of one digit are interleaved with the gaps of the next one. Raises ``ValueError`` for
    what is no even number of digits.
    """
    if len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        message = "a bar code is of an even number of digits"
        raise ValueError(message)
    pairs = zip(digits[::2], digits[1::2], strict=True)
    interleaved = (zip(_WIDE[int(bars)], _WIDE[int(gaps)], strict=True) for bars, gaps in pairs)
    widths = ["0", "0", "0", "0", *chain.from_iterable(chain.from_iterable(interleaved)), *"100"]
    return tuple(
        number % 2 == 0 for number, wide in enumerate(widths) for _module in range(1 + int(wide))
    )


@lru_cache(maxsize=16)
def cells(digits: str) -> tuple[Cell, ...]:
    """Return a row of the code in cells, with light ones at either end."""
    modules = encode(digits)
    if len(modules) % 2:
        modules = (*modules, False)
    quiet = ((False, False),) * QUIET_CELLS
    return (*quiet, *zip(modules[::2], modules[1::2], strict=True), *quiet)
