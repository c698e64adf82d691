"""A QR code on the screen that a scanner reads, or the hint how to get one."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.locale import _
from mleg_tui.qr import INK, QUIET_ZONES, Cell, encode, full_block_lines, half_block_lines
from mleg_tui.textual_internals.inert import is_colourless
from mleg_tui.ui.characters import FEW
from mleg_tui.ui.program import program_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from mleg_tui.qr import QrCode

T = TypeVar("T")
Drawing: TypeAlias = tuple[tuple[Cell, ...], ...]

# Fixed colours, whatever the theme: a scanner wants black on white.
_STYLES: dict[Cell, Style] = {
    (upper, lower): Style(
        color="#000000" if lower else "#ffffff", bgcolor="#000000" if upper else "#ffffff"
    )
    for upper in (False, True)
    for lower in (False, True)
}


class QrView(Widget):
    """The QR code of `content`, as large as its half-block cells, whole or not at all.

    What counts is the part of the widget that can be seen: a code that does not fit there even with
    the narrow quiet zone gives way to a hint how large the window must be. One that is wanted large
    is so only where it fits.
    """

    DEFAULT_CSS = """
    QrView { width: auto; height: auto; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    content: reactive[str] = reactive("", layout=True)
    """The text to encode; nothing is shown while it is empty."""

    inverted: reactive[bool] = reactive(default=False)
    """Swap ink and paper where there are no colours, if the terminal is not as its theme says."""

    large: reactive[bool] = reactive(default=False, layout=True)
    """Give each module two whole cells, which are read with space between the lines, too."""

    def __init__(
        self,
        content: str = "",
        *,
        whole_screen: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(QrView.content, content)
        self._whole_screen = whole_screen
        self._seen = Region()
        self._room = Size()

    def on_mount(self) -> None:
        """Learn after each layout how much room there is."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def watch_content(self) -> None:
        """Take the room as it is at once; what is around was mostly laid out before."""
        self._room = self._room_around()

    def say(self) -> None:
        """Give the hint, where it stands for the code, in the session's present language."""
        if not self.shows_code:
            self.refresh(layout=True)

    def _laid_out(self, _screen: Screen[object]) -> None:
        room = self._room_around() if self.content else self._room
        if room != self._room:
            self._room = room
            self.call_later(self.refresh, layout=True)  # not in the midst of this layout

    def _room_around(self) -> Size:
        """Return what the things around leave, but for those that grow with the code."""
        around = [node for node in self.ancestors if isinstance(node, Widget)]
        widths = [node.size.width for node in around if not node.styles.is_auto_width]
        heights = [node.size.height for node in around if not node.styles.is_auto_height]
        return Size(min(widths, default=0), min(heights, default=0))

    @property
    def shows_code(self) -> bool:
        """Whether the whole code is on the screen, as last painted."""
        return self._drawing(self._seen.size) is not None

    @property
    def has_its_size(self) -> bool:
        """Whether the last layout gave the widget the place that it asks for."""
        drawing = self._drawing(self._room)
        if self._room != self._room_around():
            return False
        if drawing is None:
            return self.size.height > 0
        return self.size == _extent(drawing)

    @property
    def is_large(self) -> bool:
        """Whether each module has two whole cells, as the last layout left room for it."""
        return self._may_be_large and self._fitting(self._room, full_block_lines) is not None

    @property
    def window_for_large(self) -> Size | None:
        """The size of the window from which on the code can be large; ``None`` if it can be now."""
        room = self._room_around()
        if not self.content or self._fitting(room, full_block_lines) is not None:
            return None
        return self._window(room, full_block_lines)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Take the columns of the code, or those of the hint as far as there are."""
        drawing = self._drawing(self._room)
        return _extent(drawing).width if drawing else min(container.width, len(self._hint()))

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """Take the rows of the code, or those of the hint in `width` columns."""
        drawing = self._drawing(self._room)
        return _extent(drawing).height if drawing else len(wrap(self._hint(), max(1, width)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render, anew from the start when another part of the widget can be seen."""
        offset = (-self.gutter.left, -self.gutter.top)
        seen = crop.translate(offset).intersection(self.size.region)
        if seen != self._seen:
            self._seen = seen
            self.refresh()  # drops the lines that Textual keeps
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Render a line of the code, or of the hint, in the part that can be seen."""
        blank = self.rich_style
        segments = [Segment(" " * self._seen.x, blank), *self._segments(y - self._seen.y)]
        return Strip(segments).adjust_cell_length(self.size.width, blank)

    def _segments(self, row: int) -> list[Segment]:
        """Paint a row of the part that can be seen; rows before and after the code are empty."""
        drawing = self._drawing(self._seen.size)
        if drawing is None:
            hint = wrap(self._hint(), max(1, self._seen.width))
            return [Segment(line, self.rich_style) for line in _at(hint, row)]
        paint = self._inked if is_colourless(self.app) else self._coloured
        return [paint(cell) for line in _at(drawing, row) for cell in line]

    def _coloured(self, cell: Cell) -> Segment:
        upper, lower = cell
        return Segment(" " if upper == lower else "▄", _STYLES[cell])

    def _inked(self, cell: Cell) -> Segment:
        """Draw light modules in ink on a dark terminal, dark ones on a light terminal."""
        upper, lower = cell
        paper_is_dark = self.app.current_theme.dark is not self.inverted
        ink = INK[cell if paper_is_dark else (not upper, not lower)]
        if ink == "█" and (self.large or self.app.has_class(FEW)):  # which has no such sign
            return Segment(" ", Style(reverse=True))
        return Segment(ink)

    def _drawing(self, room: Size) -> Drawing | None:
        """Draw the code as it is wanted, or small, in a room; None when it does not fit."""
        if not self.content:
            return None
        large = self._fitting(room, full_block_lines) if self._may_be_large else None
        return large or (None if self.app.has_class(FEW) else self._fitting(room, half_block_lines))

    @property
    def _may_be_large(self) -> bool:
        return self.large or self.app.has_class(FEW)

    def _fitting(self, room: Size, lines: Callable[[QrCode, int], Drawing]) -> Drawing | None:
        """Draw the code with the widest quiet zone that fits."""
        code = encode(self.content)
        drawings = (lines(code, quiet_zone) for quiet_zone in QUIET_ZONES)
        return next((drawing for drawing in drawings if _fits(drawing, room)), None)

    def _window(self, room: Size, lines: Callable[[QrCode, int], Drawing]) -> Size:
        """Return the least size of the window for a drawing, of which the code has this room."""
        columns, rows = _extent(lines(encode(self.content), QUIET_ZONES[-1]))
        window = self.app.size
        return Size(
            window.width + max(0, columns - room.width),
            window.height + max(0, rows - room.height),
        )

    def _hint(self) -> str:
        """Say how large the window must be, or that the code is only scrolled away."""
        if not self.content:
            return ""
        if self._drawing(self._room) is not None:
            return _("Przewiń stronę, żeby zobaczyć cały kod QR.")
        lines = full_block_lines if self.app.has_class(FEW) else half_block_lines
        width, height = self._window(self._room, lines)
        told = _("Powiększ okno do {width}×{height}, żeby zobaczyć kod QR.")
        told = told.format(width=width, height=height)
        if not self._whole_screen:
            return told
        key = program_of(self).keymap.shown(self._whole_screen)
        whole_screen = _("Na całym ekranie pokazuje go klawisz {key}.").format(key=key)
        return f"{told} {whole_screen}"


def _at(rows: Sequence[T], index: int) -> Sequence[T]:
    """Give the row in a sequence of one, or nothing outside."""
    return rows[index : index + 1] if index >= 0 else ()


def _extent(drawing: Drawing) -> Size:
    return Size(len(drawing[0]), len(drawing))


def _fits(drawing: Drawing, room: Size) -> bool:
    columns, rows = _extent(drawing)
    return columns <= room.width and rows <= room.height
