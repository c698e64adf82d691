"""Copies of screens: taken from one program, and drawn in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

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


class Frame(NamedTuple):
    """What is drawn round a copy: a label over its first row, and the ground where nothing is."""

    label: Strip
    ground: Style

    @property
    def bar(self) -> Style:
        """The style of the label."""
        return next(iter(self.label)).style or _NOTHING


def copy_of(app: App[Any]) -> ScreenCopy:
    """Take a copy of what an app shows now, without what a click does. Raises ``BadCopy``."""
    width, height = app.size
    return ScreenCopy(width, height, tuple(_line(strip) for strip in strips(app)))


def drawn(
    copy: ScreenCopy,
    size: tuple[int, int],
    frame: Frame,
    at: tuple[int, int] = (0, 0),
    filters: Iterable[LineFilter] = (),
) -> Sequence[Strip]:
    """Draw a copy in a window of a size; ``at`` is how far it is moved to the left and up.

    Its first row stays where it is: the label, and what the copy tells of the time.
    """
    (width, height), (x, y) = size, at
    rows = [_strip(line) for line in copy.lines]
    body = [row.crop_extend(x, x + width, frame.ground) for row in rows[1 + y : y + height]]
    body += [Strip.blank(width, frame.ground)] * (height - 1 - len(body))
    head = _headed(rows[0] if rows else Strip([]), frame, width)
    seen = [head.extend_cell_length(width, frame.bar), *body]
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


def frame_for(app: App[Any], told: str) -> Frame:
    """Return the frame in an app's colours: ``told`` stands in those of the simulation."""
    words = _pair(app, "simulator-foreground", "simulator-background") + Style(bold=True)
    return Frame(Strip([Segment(f" {told} ", words)]), _pair(app, "foreground", "background"))


def _pair(app: App[Any], ink: str, ground: str) -> Style:
    colors = [Color.parse(app.theme_variables[name]).rich_color for name in (ink, ground)]
    return Style(color=colors[0], bgcolor=colors[1])


_NO_COLOR = Color(0, 0, 0)
"""What is behind a row; every cell of a copy has a ground of its own."""


def _headed(top: Strip, frame: Frame, width: int) -> Strip:
    """Return the first row: the label, and what stands at the end of the copy's, if it has room."""
    text = top.text.rstrip()
    time_at = Strip([Segment(text[: text.rfind("  ") + 2])]).cell_length
    label = frame.label.extend_cell_length(time_at, frame.bar)
    return Strip.join((label, top.crop(label.cell_length))).crop(0, width)


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
