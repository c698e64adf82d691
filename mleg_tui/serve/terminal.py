"""What is known about a visitor's terminal. All of it was said by the visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ColorSystem = Literal["standard", "256", "truecolor"]

_NAMES = frozenset({b"COLORTERM", b"LANG", b"NO_COLOR", b"TERM_PROGRAM"})
_MOST_VARIABLES = 64
_LONGEST = 128
WIDTHS, HEIGHTS = (20, 400), (5, 150)
"""The sizes of a window, in cells, that a session may have."""
_USUAL = (80, 24)
_IN_TRUE_COLOUR = ("alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "wezterm")


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal by the name that ``TERM`` gave it, and the variables that came along."""

    name: str
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def can_draw(self) -> bool:
        """Whether it has a screen at all."""
        return self.name not in ("", "dumb", "unknown")

    @property
    def colors(self) -> ColorSystem:
        """How many colours it has; an unknown terminal has sixteen."""
        name = self.name.casefold()
        if self.variables.get("COLORTERM", "").casefold() in ("truecolor", "24bit"):
            return "truecolor"
        if name.endswith("-direct") or any(known in name for known in _IN_TRUE_COLOUR):
            return "truecolor"
        return "256" if "256color" in name else "standard"

    @property
    def no_color(self) -> bool:
        """Whether the visitor wants no colours."""
        return bool(self.variables.get("NO_COLOR"))

    @property
    def knows_synchronised_output(self) -> bool:
        """Whether it may be asked for it: Apple's writes the question's last letter instead."""
        return self.variables.get("TERM_PROGRAM") != "Apple_Terminal"


class Variables(dict[bytes, bytes]):
    """The environment that a visitor sends: what is welcome, cut, and not too much of it."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        """Keep a variable that is welcome, as long as there are not too many."""
        welcome = name in _NAMES or name.startswith(b"LC_")
        if welcome and len(name) <= _LONGEST and (len(self) < _MOST_VARIABLES or name in self):
            super().__setitem__(name, value[:_LONGEST])


def clamped(width: int, height: int) -> tuple[int, int]:
    """Return a window's size that can be drawn, whatever the visitor said; 0 is not known."""
    usual_width, usual_height = _USUAL
    return _within(width or usual_width, WIDTHS), _within(height or usual_height, HEIGHTS)


def printable(text: str, longest: int = 64) -> str:
    """Return a visitor's text for a log or a screen: without control characters, and cut."""
    cut = text[:longest]
    return "".join(letter if letter.isprintable() else "�" for letter in cut)


def _within(number: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(least, min(number, most))
