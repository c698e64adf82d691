"""Copies of screens: taken from one program, and drawn in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from mleg_tui.services.screen_copy import Line, ScreenCopy
from mleg_tui.textual_internals.settle import strips

_PLAIN = ""
_NOTHING = Style.null()
_ROWS_KEPT = 1024
_PAGE = 1000
_MOVES = {
    "left": (-1, 0),
    "right": (1, 0),
    "up": (0, -1),
    "down": (0, 1),
    "pageup": (0, -_PAGE),
    "pagedown": (0, _PAGE),
    "home": (-_PAGE, -_PAGE),
    "end": (_PAGE, _PAGE),
}


def copy_of(app: App[Any]) -> ScreenCopy:
    """Take a copy of what an app shows now, without what a click does. Raises ``BadCopy``."""
    width, height = app.size
    return ScreenCopy(width, height, tuple(_line(strip) for strip in strips(app)))


def drawn(
    copy: ScreenCopy,
    size: tuple[int, int],
    label: Strip,
    at: tuple[int, int] = (0, 0),
    filters: Iterable[LineFilter] = (),
) -> Sequence[Strip]:
    """Draw a copy in a window of a size; ``at`` is how far it is moved to the left and up.

    Its first row stays where it is: the label, and what the copy tells of the time.
    """
    (width, height), (x, y) = size, at
    rows = [_strip(line) for line in copy.lines]
    body = [_in_window(row, x, width) for row in rows[1 + y : y + height]]
    body += [Strip.blank(width, _NOTHING)] * (height - 1 - len(body))
    seen = [_headed(rows[0] if rows else Strip([]), label, width), *body]
    for filter_ in filters:
        seen = [Strip(filter_.apply(_styled(row), _NO_COLOR), row.cell_length) for row in seen]
    return seen


def _styled(row: Strip) -> list[Segment]:
    """Return the parts of a row, each with a style, as filters want it."""
    return [Segment(text, style or _NOTHING) for text, style, _control in row]


def moved(
    key: str, at: tuple[int, int], copy: ScreenCopy, size: tuple[int, int]
) -> tuple[int, int]:
    """Return how far a copy is moved after a key, no further than there is something to see."""
    (x, y), (width, height) = at, size
    across, down = _MOVES.get(key, (0, 0))
    return (
        max(0, min(x + across, copy.width - width)),
        max(0, min(y + down, copy.height - height)),
    )


def label(app: App[Any], text: str) -> Strip:
    """Return what stands on a picture in the simulation's own colours."""
    colors = app.theme_variables
    style = Style(
        color=Color.parse(colors["simulator-foreground"]).rich_color,
        bgcolor=Color.parse(colors["simulator-background"]).rich_color,
        bold=True,
    )
    return Strip([Segment(f" {text} ", style)])


_NO_COLOR = Color(0, 0, 0)
"""What is behind a row; every cell of a copy has a ground of its own."""


def _headed(top: Strip, label: Strip, width: int) -> Strip:
    """Return the first row: the label, and what stands at the end of the copy's, if it has room."""
    text = top.text.rstrip()
    begin = max(label.cell_length, Strip([Segment(text[: text.rfind("  ") + 2])]).cell_length)
    label = label.extend_cell_length(begin, next(iter(label)).style)
    return Strip.join((label, top.crop(begin))).adjust_cell_length(width)


def _in_window(row: Strip, x: int, width: int) -> Strip:
    """Return as much of a row as is seen; it keeps what it has returned."""
    return row.crop_extend(x, x + width, _NOTHING)


def _line(strip: Strip) -> Line:
    parts: list[str] = []
    for style, same in groupby(strip, lambda segment: _definition(segment.style)):
        parts += style, "".join(segment.text for segment in same)
    return tuple(parts)


@lru_cache(maxsize=4096)
def _definition(style: Style | None) -> str:
    return _PLAIN if style is None else str(_bare(style))


@lru_cache(maxsize=4096)
def _style(definition: str) -> Style:
    try:
        return _bare(Style.parse(definition))
    except StyleSyntaxError:
        return Style.null()


def _bare(style: Style) -> Style:
    """Return a style without what a click on it does, or where it leads."""
    return style.update_link(None).clear_meta_and_links()


@lru_cache(maxsize=_ROWS_KEPT)
def _strip(line: Line) -> Strip:
    """Return a row to be drawn: the same one for all sessions, which keeps how it was rendered."""
    parts = zip(line[::2], line[1::2], strict=True)
    return Strip([Segment(text, _style(style)) for style, text in parts])
