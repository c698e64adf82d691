"""A recording in asciicast v2: a header, then what a terminal is sent, and when.

Each event is what changes from one screen at rest to the next. How Textual split that into partial
paintings depends on the machine and is left out, so the same demonstration is the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from mleg_tui.domain.inert import visible

Run = tuple[str, str]
"""The codes of a style (SGR), and the text that has it."""
Line = tuple[Run, ...]

_CLEAR = "\x1b[0m\x1b[2J\x1b[H\x1b[?25l"
_LET_GO = "\x1b[0m\x1b[?25h"


class Cast:
    """A recording under way, in memory: nothing half-made is ever on the disk."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self._header = {
            "version": 2,
            "width": width,
            "height": height,
            "title": visible(title),
            "env": {"TERM": "xterm-256color"},
        }
        self._events: list[tuple[float, str]] = [(0.0, _CLEAR)]
        self._shown: list[Line] = [()] * height

    def frame(self, rows: Iterable[Strip], at: float) -> None:
        """Add what a screen changes, at so many seconds from the beginning."""
        lines = [_line(row) for row in rows]
        changed = "".join(
            _changes(number, before, now)
            for number, (before, now) in enumerate(zip(self._shown, lines, strict=True), 1)
        )
        self._shown = lines
        if changed:
            self._events.append((at, changed))

    def to_bytes(self, end: float) -> bytes:
        """Return the file: a JSON document a line, in UTF-8. The last screen stays to the end."""
        events = [*self._events, (end, _LET_GO)]
        told = [[round(at, 3), "o", data] for at, data in events]
        return "".join(f"{_json(document)}\n" for document in [self._header, *told]).encode()


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _line(row: Strip) -> Line:
    parts = ((_codes(part.style), visible(part.text)) for part in row if not part.control)
    return tuple(
        (codes, "".join(text for _, text in same)) for codes, same in groupby(parts, lambda p: p[0])
    )


def _codes(style: Style | None) -> str:
    return Strip.render_ansi(style, ColorSystem.TRUECOLOR) if style else ""


def _changes(number: int, before: Line, now: Line) -> str:
    """Return what turns one line into the other: all between the runs that are alike."""
    if before == now:
        return ""
    start = _alike(before, now)
    end = len(now) - _alike(before[start:][::-1], now[start:][::-1])
    column = 1 + sum(cell_len(text) for _, text in now[:start])
    painted = (f"\x1b[0{codes and f';{codes}'}m{text}" for codes, text in now[start:end])
    return f"\x1b[{number};{column}H{''.join(painted)}"


def _alike(before: Sequence[Run], now: Sequence[Run]) -> int:
    """Count the runs at the beginning that are the same."""
    both = enumerate(zip(before, now, strict=False))
    least = min(len(before), len(now))
    return next((place for place, (one, other) in both if one != other), least)
