"""One of the generated pictures, two pixels to a cell."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.domain.pictures import PICTURES, SIDE, Picture
from mleg_tui.textual_internals.inert import is_colourless

_INK = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


class PictureView(Widget):
    """The picture that ``picture_id`` names, in its own colours; empty for an unknown one.

    Where there are no colours, ink draws its dark parts.
    """

    DEFAULT_CSS = """
    PictureView { width: auto; height: auto; }
    """
    ALLOW_SELECT = False

    picture_id: reactive[str] = reactive("", layout=True)

    def __init__(self, picture_id: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(PictureView.picture_id, picture_id)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take a column for each pixel of a row."""
        del container, viewport
        return SIDE

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for two rows."""
        del container, viewport, width
        return SIDE // 2

    def render_line(self, y: int) -> Strip:
        """Draw two rows of pixels."""
        picture = PICTURES.get(self.picture_id)
        if picture is None or y >= SIDE // 2:
            return Strip.blank(self.size.width, self.rich_style)
        upper, lower = picture.rows[2 * y : 2 * y + 2]
        paint = self._inked if is_colourless(self.app) else _coloured
        cells = [paint(picture, *pair) for pair in zip(upper, lower, strict=True)]
        return Strip(cells).adjust_cell_length(self.size.width, self.rich_style)

    def _inked(self, picture: Picture, upper: str, lower: str) -> Segment:
        return Segment(_INK[upper in picture.dark, lower in picture.dark], self.rich_style)


def _coloured(picture: Picture, upper: str, lower: str) -> Segment:
    return Segment("▀", Style(color=picture.palette[upper], bgcolor=picture.palette[lower]))
