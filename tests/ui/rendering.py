"""What a screen is painted with: each cell's character, its colour and the ground below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.color import Color, ColorType
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip


def _triple(code: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue


_NORMAL = "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
_BRIGHT = "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
_XTERM = [[_triple(one) for one in row.split()] for row in (_NORMAL, _BRIGHT)]
DARK_GROUND = TerminalTheme((0, 0, 0), (229, 229, 229), *_XTERM)
LIGHT_GROUND = TerminalTheme((255, 255, 255), (0, 0, 0), *_XTERM)
"""What a terminal's own colours may be: xterm's, on either ground."""
_DEFAULT = Color("default", ColorType.DEFAULT)
_BLOCKS = " ▀▁▂▃▄▅▆▇█"
EDGES = frozenset("│─╭╮╰╯┃━┏┓┗┛║═╔╗╚╝▔▁▏▕○●")


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of one style."""

    text: str
    contrast: float

    @property
    def is_edge(self) -> bool:
        return set(self.text.replace(" ", "")) <= EDGES

    @property
    def least(self) -> float:
        return 3.0 if self.is_edge else 4.5


def runs(strips: list[Strip], palette: TerminalTheme) -> Iterator[Run]:
    """Yield what is to be read: not the blocks of pictures, QR codes and scrollbars."""
    for strip in strips:
        for text, style, control in strip:
            if text.strip(_BLOCKS) and not control:
                yield Run(text.strip(), _contrast(style or Style(), palette))


def _contrast(style: Style, palette: TerminalTheme) -> float:
    ink = (style.color or _DEFAULT).get_truecolor(palette, foreground=True)
    ground = (style.bgcolor or _DEFAULT).get_truecolor(palette, foreground=False)
    if style.reverse:
        ink, ground = ground, ink
    return ratio(ink, ground)


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
