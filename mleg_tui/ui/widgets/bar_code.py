"""A bar code in half cells, to be read off the screen."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.barcode import Cell, cells
from mleg_tui.textual_internals.inert import is_colourless
from mleg_tui.ui.characters import FEW

_ROWS = 3
_PAINT = {True: "#000000", False: "#ffffff"}
_STYLES = {
    (left, right): Style(color=_PAINT[left], bgcolor=_PAINT[right])
    for left in (True, False)
    for right in (True, False)
}
"""Black and white whatever the theme: scanners want dark on light."""
_INK = {(False, False): "█", (True, False): "▐", (False, True): "▌", (True, True): " "}
"""Without colours ink is light, for a dark terminal; on a light one its opposite."""


class BarCodeView(Widget):
    """The bar code of ``digits``; nothing where it cannot be drawn whole."""

    DEFAULT_CSS = """
    BarCodeView { width: auto; height: auto; }
    """
    ALLOW_SELECT = False

    digits: reactive[str] = reactive("", layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take a column for two modules."""
        del viewport
        return self._columns if self._columns <= container.width else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take rows enough for a scanner's line that is not quite level."""
        del container, viewport
        return _ROWS if width and width >= self._columns > 0 else 0

    @property
    def _columns(self) -> int:
        """How many columns the code needs; without half cells it cannot be drawn."""
        return 0 if self.app.has_class(FEW) or not self.digits else len(cells(self.digits))

    def render_line(self, y: int) -> Strip:
        """Draw a row, which all are the same."""
        del y
        if not self._columns:
            return Strip.blank(self.size.width, self.rich_style)
        paint = self._inked if is_colourless(self.app) else _coloured
        drawn = Strip([paint(cell) for cell in cells(self.digits)])
        return drawn.adjust_cell_length(self.size.width, self.rich_style)

    def _inked(self, cell: Cell) -> Segment:
        left, right = cell
        return Segment(_INK[cell if self.app.current_theme.dark else (not left, not right)])


def _coloured(cell: Cell) -> Segment:
    left, right = cell
    return Segment(" " if left == right else "▌", _STYLES[cell])
