"""What is painted where the terminal has few characters: each gives way to one that it has."""

from __future__ import annotations

import codecs
import unicodedata
from functools import cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

FEW = "-few-characters"
"""The app's class where there are no half blocks to draw a QR code with."""
_HALF_BLOCK = "▄"
_SIGNS = dict(
    zip(
        "✓✗→←↑↓▲▼▶▸⇄…·•●◐○■□⊘⚑░„”“’‘‹›«»×§—–−‖łŁđø≠°",
        'vx><^v^v>>~..**+o#o/!."""\'\'<><>xS---|lLdo#o',
        strict=True,
    )
)


def is_utf8(encoding: str) -> bool:
    """Tell whether an encoding has every character; an unknown one counts as ASCII."""
    return known(encoding) == "utf-8"


def known(encoding: str) -> str:
    """Return the encoding's own name."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "ascii"


def has_blocks(encoding: str) -> bool:
    """Tell whether an encoding has the half block, as the code pages of DOS do."""
    return _has(encoding, _HALF_BLOCK)


class Fewer(LineFilter):
    """Puts another character of the same width where the encoding lacks one."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._table = _Table(known(encoding))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with their styles, in characters that can be sent."""
        del background
        return [
            Segment(text.translate(self._table), style, control)
            for text, style, control in segments
        ]


class _Table(dict[int, str]):
    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if _has(self._encoding, char) else _ascii(char)
        return self[code]


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _ascii(char: str) -> str:
    """Return a look-alike: signs by hand, lines by their direction, letters without their marks."""
    if char in _SIGNS:
        return _SIGNS[char]
    if "\u2500" <= char <= "\u257f":
        return _line(unicodedata.name(char))
    if "\u2580" <= char <= "\u259f":
        return "#"
    bare = unicodedata.normalize("NFKD", char)[0]
    return bare if bare.isascii() else "?" * max(1, _cells(char))


def _line(name: str) -> str:
    across, down = "HORIZONTAL" in name, "VERTICAL" in name
    return "+" if across is down else "-" if across else "|"


def _cells(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
