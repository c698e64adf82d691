"""Text on a screen is only read, whatever the data hold: the one gate to the terminal.

Touches what Textual 8.2.8 and Rich keep to themselves; its tests tell when that changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import text as rich_text
from rich.segment import Segment
from textual import content as textual_content
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, NoColor
from textual.strip import Strip

from mleg_tui.domain.inert import is_inert, visible


def measure_as_drawn() -> None:
    """Let active characters be signs already when texts are laid out, or lines would not fit.

    Both libraries drop five of the control characters there, without a trace. Line breaks are laid
    out, and so are the tabs of what is typed. For the whole process.
    """
    textual_content._strip_control_codes = _read  # type: ignore[assignment]  # noqa: SLF001
    rich_text.strip_control_codes = _typed  # type: ignore[attr-defined, assignment]


def _read(text: str) -> str:
    return visible(text, keep="\n")


def _typed(text: str) -> str:
    return visible(text, keep="\n\t")


class Inert(LineFilter):
    """Sees every line of every widget before it is painted: no active character goes on.

    The other filters follow in the same step, since each step of its own takes as long again.
    """

    def __init__(self, others: Sequence[LineFilter] = ()) -> None:
        super().__init__()
        self._others = (*others,)

    def before(self, others: Sequence[LineFilter]) -> Inert:
        """Return the one that these follow: itself as long as they are the same."""
        return self if self._others == (*others,) else Inert(others)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in as many cells as before."""
        if not is_inert("".join([text for text, _style, _control in segments])):
            drawn = Strip([Segment(visible(text), style) for text, style, _control in segments])
            segments = [*drawn.adjust_cell_length(Segment.get_line_length(segments))]
        for other in self._others:
            segments = other.apply(segments, background)
        return segments


def is_colourless(app: App[Any]) -> bool:
    """Tell whether NO_COLOR with an ANSI theme, or the terminal, takes the colours away."""
    filters = App.get_line_filters(app)  # before ours takes them in
    no_colour = any(isinstance(line_filter, NoColor) for line_filter in filters)
    return no_colour or app.console.color_system is None
