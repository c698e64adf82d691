"""Text on a screen is only read, whatever the data hold: the one gate to the terminal.

Touches what Textual 8.2.8 and Rich keep to themselves; its tests tell when that changes.
"""

from __future__ import annotations

from rich import text as rich_text
from rich.segment import Segment
from textual import content as textual_content
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from mleg_tui.domain.inert import visible


def measure_as_drawn() -> None:
    """Let active characters be signs already when texts are laid out, or lines would not fit.

    Both libraries drop five of the control characters there, without a trace; a line break and a
    tab they lay out. For the whole process.
    """
    textual_content._strip_control_codes = _laid_out  # type: ignore[assignment]  # noqa: SLF001
    rich_text.strip_control_codes = _laid_out  # type: ignore[attr-defined, assignment]


def _laid_out(text: str) -> str:
    return visible(text, keep="\n\t")


class Inert(LineFilter):
    """Sees every line of every widget before it is painted: no active character goes on."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in as many cells as before, with their styles."""
        del background
        line = "".join(text for text, _style, _control in segments)
        if visible(line) == line:
            return segments
        drawn = Strip([Segment(visible(text), style) for text, style, _control in segments])
        return [*drawn.adjust_cell_length(Segment.get_line_length(segments))]
