"""A copy of somebody's screen as it travels through the store: text and styles, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Final

import msgspec

from mleg_tui.domain.inert import is_inert

MOST_CELLS: Final = 60_000
"""A larger screen is not copied."""
_MOST_TEXT: Final = 2_000_000
_CHARACTERS_A_CELL: Final = 4
"""So many characters may stand in a cell: a letter and its marks."""

Line = tuple[str, ...]
"""Styles, as Rich writes them, and texts in turn."""
_Sent = tuple[int, int, tuple[str, ...], tuple[tuple[tuple[int, str], ...], ...]]
"""Width, height, the styles, and the lines as numbers of styles with their texts."""


class BadCopy(ValueError):
    """What came is no copy of a screen."""


@dataclass(frozen=True, slots=True)
class ScreenCopy:
    """What stands on a screen of so many cells. Nothing in it does more than be read.

    Raises ``BadCopy``.
    """

    width: int
    height: int
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not (self.width > 0 < self.height and self.width * self.height <= MOST_CELLS):
            raise BadCopy(self.width, self.height)
        if len(self.lines) > self.height:
            raise BadCopy(len(self.lines))
        for line in self.lines:
            text = "".join(line)
            if len(line) % 2 or not is_inert(text):
                raise BadCopy(line)
            if sum(map(len, line[1::2])) > self.width * _CHARACTERS_A_CELL:
                raise BadCopy(line)

    @classmethod
    def from_text(cls, text: str) -> ScreenCopy:
        """Read what ``as_text`` gave. Raises ``BadCopy``."""
        if len(text) > _MOST_TEXT:
            raise BadCopy(len(text))
        try:
            width, height, styles, lines = msgspec.json.decode(text, type=_Sent)
            parts = [[(styles[number], said) for number, said in line] for line in lines]
        except (msgspec.MsgspecError, IndexError, RecursionError, UnicodeError) as error:
            raise BadCopy from error
        return cls(width, height, tuple(tuple(chain.from_iterable(line)) for line in parts))

    def as_text(self) -> str:
        """Return the copy as one line of text."""
        styles: dict[str, int] = {}
        lines = [
            [
                (styles.setdefault(style, len(styles)), text)
                for style, text in zip(line[::2], line[1::2], strict=True)
            ]
            for line in self.lines
        ]
        return msgspec.json.encode((self.width, self.height, [*styles], lines)).decode()
