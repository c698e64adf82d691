"""Scan a QR code off the cells of a screen, as a phone would: dark on light only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import zxingcpp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.end_to_end.terminal import Cell

    Grid: TypeAlias = Sequence[Sequence[Cell]]
    Palette: TypeAlias = Mapping[str, str]

_PIXELS = 9
"""Width of a cell and height of half a cell."""

XTERM: Palette = {
    "default": "e5e5e5",
    "background": "000000",
    "black": "000000",
    "red": "cd0000",
    "green": "00cd00",
    "brown": "cdcd00",
    "blue": "0000ee",
    "magenta": "cd00cd",
    "cyan": "00cdcd",
    "white": "e5e5e5",
    "brightblack": "7f7f7f",
    "brightred": "ff0000",
    "brightgreen": "00ff00",
    "brightbrown": "ffff00",
    "brightblue": "5c5cff",
    "brightmagenta": "ff00ff",
    "brightcyan": "00ffff",
    "brightwhite": "ffffff",
}
"""A dark terminal; `default` is its ink, `background` its paper."""

LIGHT: Palette = {**XTERM, "default": "000000", "background": "ffffff"}
"""The same with dark ink on light paper."""

SOLARIZED: Palette = {
    **XTERM,
    "default": "839496",
    "background": "002b36",
    "black": "073642",
    "white": "eee8d5",
    "brightwhite": "fdf6e3",
}
"""A palette whose black and white are neither."""


def scan(grid: Grid, palette: Palette = XTERM, *, gap: int = 0, where: str = "above") -> str | None:
    """Give the text of the QR code that the cells show, None when no scanner would find one.

    `gap` is extra line spacing in pixels, painted as the paper of the cell: above the glyph, below
    it or around it. (Half above and half below is what the decoder reads off a camera's soft
    picture of half blocks, but not off this.)
    """
    above = {"above": gap, "around": gap // 2, "below": 0}[where]
    rows = [line for row in grid for line in _pixel_rows(row, palette, above, gap - above)]
    height, width = len(rows), len(rows[0])
    image = memoryview(b"".join(rows)).cast("B", (height, width))
    found = zxingcpp.read_barcode(
        image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return None if found is None else str(found.text)


def spaces_read(grid: Grid, *palettes: Palette) -> set[str | None]:
    """Give what is read with no, a tenth and three tenths of space between the lines.

    The space lies above, below and around them, on a dark and on a light terminal.
    """
    return {
        scan(grid, palette, gap=round(share * 2 * _PIXELS), where=where)
        for palette in palettes or (XTERM, LIGHT)
        for share in (0, 0.1, 0.3)
        for where in ("above", "below", "around")
    }


def _pixel_rows(row: Sequence[Cell], palette: Palette, before: int, after: int) -> list[bytes]:
    halves = [_halves(cell, palette) for cell in row]
    upper = b"".join(bytes([above]) * _PIXELS for above, _ in halves)
    lower = b"".join(bytes([below]) * _PIXELS for _, below in halves)
    paper = b"".join(bytes([_paper(cell, palette)]) * _PIXELS for cell in row)
    return [*[paper] * before, *[upper] * _PIXELS, *[lower] * _PIXELS, *[paper] * after]


def _halves(cell: Cell, palette: Palette) -> tuple[int, int]:
    """Give the grey of the upper and the lower half of a cell; other glyphs count as paper."""
    ink, paper = _grey(cell.foreground, palette), _paper(cell, palette)
    return {"█": (ink, ink), "▀": (ink, paper), "▄": (paper, ink)}.get(cell.char, (paper, paper))


def _paper(cell: Cell, palette: Palette) -> int:
    return _grey("background" if cell.background == "default" else cell.background, palette)


@cache
def _luminance(colour: str) -> int:
    red, green, blue = bytes.fromhex(colour)
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def _grey(colour: str, palette: Palette) -> int:
    return _luminance(palette.get(colour, colour))
