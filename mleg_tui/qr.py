"""Text → QR matrix, and its geometry in cells of a terminal.

A cell is about twice as tall as wide, so one cell holds two modules, one above the other. Where
the terminal leaves space between its lines, such a code is mostly not read; drawn large, two cells
beside each other a module and nothing but coloured blanks, it is. The widget and the plain command
draw the same rows of (upper, lower) modules; only the paint differs. Nothing here imports Textual,
and the qrcode library waits for the first code.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qrcode._types import ErrorCorrect

Modules: TypeAlias = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark."""

Cell: TypeAlias = tuple[bool, bool]
"""The upper and the lower module of one terminal cell, True is dark."""

QUIET_ZONE = 4
"""Modules of light around a code that the standard asks for."""

QUIET_ZONES = (QUIET_ZONE, 2)
"""Widths of the light border that scanners take, the best first; both even."""

INK = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Glyphs for a terminal without colours: ink is a *light* module, for a dark terminal."""

_BLACK, _WHITE = 16, 231  # of the 256-colour cube, which no palette redefines


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR symbol without its quiet zone: `level` is L, M, Q or H, `version` 1 … 40."""

    modules: Modules
    level: str
    version: int

    def with_quiet_zone(self, width: int) -> Modules:
        """Give the modules surrounded by `width` light ones on every side."""
        side = (False,) * width
        blank = ((False,) * (len(self.modules) + 2 * width),) * width
        return (*blank, *((*side, *row, *side) for row in self.modules), *blank)

    def cells(self, quiet_zone: int = QUIET_ZONE) -> tuple[int, int]:
        """Size in half-block cells: columns, rows."""
        modules = len(self.modules) + 2 * quiet_zone
        return modules, (modules + 1) // 2


@lru_cache(maxsize=16)
def encode(text: str) -> QrCode:
    """Make the smallest code of at least level M, at the highest level of that same size.

    Raises ValueError when the text is longer than a QR code can hold.
    """
    with _without_pillow():
        from qrcode import constants, exceptions
        from qrcode.main import QRCode

    def fitted(level: ErrorCorrect) -> QRCode[Any] | None:
        code: QRCode[Any] = QRCode(error_correction=level)
        code.add_data(text, optimize=0)  # pieces in different modes only make short texts longer
        try:
            code.best_fit()
        except (exceptions.DataOverflowError, ValueError):  # ValueError: no version 41
            return None
        return code

    code, name = fitted(constants.ERROR_CORRECT_M), "M"
    if code is None:
        message = f"{len(text)} characters do not fit in a QR code"
        raise ValueError(message)
    for level, higher in ((constants.ERROR_CORRECT_Q, "Q"), (constants.ERROR_CORRECT_H, "H")):
        stronger = fitted(level)
        if stronger is not None and stronger.version == code.version:
            code, name = stronger, higher
    code.make(fit=False)
    return QrCode(tuple(tuple(map(bool, row)) for row in code.modules), name, code.version)


@lru_cache(maxsize=16)
def half_block_lines(code: QrCode, quiet_zone: int = QUIET_ZONE) -> tuple[tuple[Cell, ...], ...]:
    """Pair the rows of modules into rows of cells; an odd last row gets light below it.

    `quiet_zone` must be even: the symbol then begins on the boundary of a cell, and the gap that
    some terminals leave between lines takes the colour of the module above, which scanners forgive.
    """
    if quiet_zone % 2:
        message = f"the quiet zone must be even, not {quiet_zone}"
        raise ValueError(message)
    rows = code.with_quiet_zone(quiet_zone)
    if len(rows) % 2:
        rows = (*rows, (False,) * len(rows))
    return tuple(
        tuple(zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


@lru_cache(maxsize=16)
def full_block_lines(code: QrCode, quiet_zone: int = QUIET_ZONE) -> tuple[tuple[Cell, ...], ...]:
    """Give each module two cells beside each other, all of one colour.

    For a terminal without the half block, or with space between its lines: the space takes the
    colour of the cell, so that modules only become taller.
    """
    return tuple(
        tuple((dark, dark) for dark in row for _twice in range(2))
        for row in code.with_quiet_zone(quiet_zone)
    )


def ansi_text(
    code: QrCode, *, colour: bool, large: bool = False, quiet_zone: int = QUIET_ZONE
) -> str:
    """Draw the code for a terminal, one line of text per row of cells, without a final newline.

    In colour it is black on white whatever the palette; without, light modules are the ink.
    """
    paint = _coloured if colour else _inked
    lines = full_block_lines if large else half_block_lines
    return "\n".join(paint(row) for row in lines(code, quiet_zone))


def _coloured(row: tuple[Cell, ...]) -> str:
    return "".join(_run(cell, len(list(run))) for cell, run in groupby(row)) + "\x1b[0m"


def _run(cell: Cell, length: int) -> str:
    below, above = (_BLACK if dark else _WHITE for dark in reversed(cell))
    glyph = " " if above == below else "▄"
    return f"\x1b[38;5;{below};48;5;{above}m{glyph * length}"


def _inked(row: tuple[Cell, ...]) -> str:
    return "".join(INK[cell] for cell in row)


@contextmanager
def _without_pillow() -> Iterator[None]:
    """Let qrcode believe that Pillow is not installed.

    It would import it for pictures that we do not make: 20 ms in front of the first code.
    """
    if "PIL" in sys.modules or "qrcode" in sys.modules:
        yield
        return
    sys.modules["PIL"] = None  # type: ignore[assignment]  # documented: makes an import fail
    try:
        yield
    finally:
        del sys.modules["PIL"]
