"""The snapshot of a screen: its text, then its styles, so that a reviewer can read a diff.

    # mleg-tui screen v1 · <name> · <lang> · <WxH> · <theme>
    00│<exactly W cells>│          row number, bar, cells, bar: trailing blanks survive
    # styles
    00 ssd*1 k9g*6 …               for each row the codes of its styles, times cells
    # legend
    k9g = #e0e0e0 on #242f38 b     flags: bold, dim, italic, underline, reverse, strike, k blink

A code is a hash of the style it stands for, so a new colour adds a line and renames nothing.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.textual_internals.settle import strips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.color import Color
    from rich.style import Style
    from textual.app import App
    from textual.strip import Strip


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODES = len(_DIGITS) ** 3
_RUNNING_NUMBER = re.compile(r"terminal-\d+")
_REMOTE_FONT = re.compile(r"\s*@font-face \{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen at rest: `text` is compared and kept; `svg`, where asked for, is for human eyes."""

    text: str
    svg: str | None = None


def picture(app: App[Any], name: str, lang: str, *, drawn: bool = False) -> Picture:
    """Take the picture of the app's screen as it is now; the app must be running and at rest."""
    width, height = app.size
    header = f"# mleg-tui screen v1 · {name} · {lang} · {width}x{height} · {app.theme}"
    return Picture(as_text(header, strips(app)), svg(app, name) if drawn else None)


def as_text(header: str, lines: Iterable[Strip]) -> str:
    """Write lines of cells and their styles in the format of this module."""
    rows = list(lines)
    runs = [list(_runs(row)) for row in rows]
    codes = _codes({style for row in runs for style, _ in row})
    text = [
        header,
        *(f"{number:02}│{row.text}│" for number, row in enumerate(rows)),
        "# styles",
        *(
            " ".join([f"{number:02}", *(f"{codes[style]}*{cells}" for style, cells in row)])
            for number, row in enumerate(runs)
        ),
        "# legend",
        *(f"{codes[style]} = {style}" for style in sorted(codes)),
    ]
    return "\n".join(text) + "\n"


def svg(app: App[Any], title: str) -> str:
    """Draw the app's screen as SVG.

    Rich puts a running number in every name, and fonts from a network address; both go.
    """
    drawn = _RUNNING_NUMBER.sub("terminal", app.export_screenshot(title=title, simplify=True))
    return _REMOTE_FONT.sub("", drawn).replace("Fira Code", "DejaVu Sans Mono")


def _runs(row: Strip) -> Iterator[tuple[str, int]]:
    """Give the described styles of a row with the number of cells that each covers."""
    described = ((_description(part.style), part.cell_length) for part in row if not part.control)
    for style, parts in groupby(described, key=lambda pair: pair[0]):
        if cells := sum(length for _, length in parts):
            yield style, cells


def _description(style: Style | None) -> str:
    if style is None:
        return "default on default"
    flags = {
        "b": style.bold,
        "d": style.dim,
        "i": style.italic,
        "u": style.underline,
        "r": style.reverse,
        "s": style.strike,
        "k": style.blink,
    }
    colours = f"{_colour(style.color)} on {_colour(style.bgcolor)}"
    return f"{colours} {''.join(flag for flag, is_set in flags.items() if is_set)}".rstrip()


def _colour(colour: Color | None) -> str:
    """Write a true colour as #rrggbb and one of the terminal's palette by its name."""
    if colour is None or colour.is_default:
        return "default"
    return colour.triplet.hex if colour.triplet is not None else colour.name


def _codes(styles: set[str]) -> dict[str, str]:
    """Give each style a code of three characters; the rare equal hash is hashed on."""
    codes: dict[str, str] = {}
    for style in sorted(styles):
        salted = style
        while (code := _code(salted)) in codes.values():
            salted += "+"
        codes[style] = code
    return codes


def _code(style: str) -> str:
    number = zlib.crc32(style.encode()) % _CODES
    rest, last = divmod(number, 36)
    first, middle = divmod(rest, 36)
    return _DIGITS[first] + _DIGITS[middle] + _DIGITS[last]


class NoPng(Refused):
    """What draws PNG is not installed."""

    message = N_("Do obrazów PNG brakuje biblioteki resvg-py.")
    advice = N_("Zainstaluj: pip install 'mleg-tui[images]', albo użyj --format svg.")


def check_available() -> None:
    """Raise ``NoPng`` where PNG cannot be drawn."""
    if find_spec("resvg_py") is None:
        raise NoPng


def png(svg: str) -> bytes:
    """Draw a picture's SVG."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(svg_string=svg, monospace_family="DejaVu Sans Mono")
    return bytes(drawn)
