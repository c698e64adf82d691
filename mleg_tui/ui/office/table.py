"""A table of any length that knows and paints only the rows around those that are seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mleg_tui.domain.inert import visible
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order_status import Tone
from mleg_tui.locale import _
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.usosweb.payments.table import Column, widths

T = TypeVar("T")


def _chip(tone: Tone) -> str:
    return f"table--chip-{tone}"


_NOTHING = N_("Nic nie znaleziono.")
_LEAST = 7
"""Cells, below which nothing can be told from a column."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """What a table shows of its rows; ``key`` tells which row is the same as before.

    ``spare`` is the column that goes where the room is too narrow for all; ``chip`` is the one that
    tells a state, with what says in which tone.
    """

    columns: tuple[Column, ...]
    cells: Callable[[T], Sequence[str]]
    key: Callable[[T], str]
    spare: int | None = None
    chip: tuple[int, Callable[[T], Tone]] | None = None

    def shown_in(self, room: int) -> tuple[int, ...]:
        """Return the numbers of the columns that a width has room for."""
        numbers, wide = range(len(self.columns)), widths(self.columns, room)
        shared = (wide[number] for number in numbers if self.columns[number].share)
        narrow = min(shared, default=_LEAST) < _LEAST
        return tuple(number for number in numbers if not (narrow and number == self.spare))


@dataclass(frozen=True, slots=True)
class Window(Generic[T]):
    """Rows from a place on, of so many in all."""

    rows: Sequence[T] = ()
    start: int = 0
    length: int = 0

    def row(self, place: int) -> T | None:
        """Return the row at a place, if it is known."""
        within = 0 <= place - self.start < len(self.rows)
        return self.rows[place - self.start] if within else None

    def covers(self, places: range) -> bool:
        """Tell whether all rows at some places are known."""
        return self.start <= places.start and places.stop <= self.start + len(self.rows)


class Table(ScrollView, Generic[T], can_focus=True, inherit_bindings=False):
    """A heading and the rows below it, one of which has the cursor.

    Where it comes to rows that it does not know, it asks for them by ``Wanted``.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--cursor", *map(_chip, Tone)}
    DEFAULT_CSS = """
    Table { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Table > .table--head { text-style: bold underline; }
    Table > .table--cursor { text-style: bold; }
    Table:focus > .table--cursor { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "open", show=False),
    ]
    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass
    class Opened(Message):
        """A row was chosen."""

        key: str

    class Wanted(Message):
        """Rows that are not known are to be seen."""

    @dataclass
    class HeadingClicked(Message):
        """A column's heading was clicked."""

        column: int

    def __init__(self, shape: Shape[T], nothing: MessageId = _NOTHING) -> None:
        """``nothing`` is said where there are no rows."""
        super().__init__()
        self._shape = shape
        self._nothing = nothing
        self._window: Window[T] = Window()
        self._sorted: tuple[int, bool] | None = None

    @property
    def row(self) -> T | None:
        """The row under the cursor."""
        return self._window.row(self.cursor)

    @property
    def seen(self) -> range:
        """The places that are seen."""
        top = self.scroll_offset.y
        return range(top, min(top + max(1, self.size.height - 1), self._window.length))

    def show(
        self, window: Window[T], *, anew: bool = False, by: tuple[int, bool] | None = None
    ) -> None:
        """Show other rows: ``anew`` from the top, else the cursor's row stays where it was.

        ``by`` is the column that they are sorted by, and whether from its greatest.
        """
        stood, top = self.cursor, self.scroll_offset.y
        known = self.row
        if (window, by) == (self._window, self._sorted) and not anew:
            return
        painted = self._painted()
        self._window, self._sorted = window, by
        self.virtual_size = Size(1, window.length + 1)
        place = 0 if anew else self._place_of(known, stood)
        self.set_reactive(Table.cursor, place)
        self.scroll_to(y=max(0, place - (stood - top)), animate=False)
        self._scroll_to_cursor()
        self._repaint(painted)

    def _painted(self) -> list[Strip]:
        return [self.render_line(y) for y in range(self.size.height)]

    def _repaint(self, painted: list[Strip]) -> None:
        """Paint the lines that are no longer as they were painted."""
        for y, (before, now) in enumerate(zip(painted, self._painted(), strict=True)):
            if before != now:
                self.refresh_line(y + self.scroll_offset.y)

    def go_to(self, key: str) -> None:
        """Put the cursor on a row that is known."""
        for place, row in enumerate(self._window.rows, start=self._window.start):
            if self._shape.key(row) == key:
                self.cursor = place

    def _place_of(self, known: T | None, before: int) -> int:
        """Return where a row is now; where it is not to be found, the cursor stays at its place."""
        window, key_of = self._window, self._shape.key
        here = window.row(before)
        stays = known is None or (here is not None and key_of(here) == key_of(known))
        if not stays and known is not None:
            for place, row in enumerate(window.rows, start=window.start):
                if key_of(row) == key_of(known):
                    return place
        return max(0, min(before, window.length - 1))

    def render_line(self, y: int) -> Strip:
        """Draw the heading, or a row."""
        if y == 0:
            return self._strip(self._headings(), self.get_component_rich_style("table--head"))
        place = y - 1 + self.scroll_offset.y
        row = self._window.row(place)
        if row is not None:
            if place != self.cursor:
                return self._strip(self._shape.cells(row), self.rich_style, self._chip_of(row))
            cursor = self.get_component_rich_style("table--cursor")
            return self._strip(self._shape.cells(row), cursor)
        if place < self._window.length:
            return self._line("…", self.rich_style)
        if not self._window.length and y == 1:
            cursor = self.get_component_rich_style("table--cursor")
            return self._line(_(self._nothing), cursor if self.has_focus else self.rich_style)
        return Strip.blank(self.size.width, self.rich_style)

    def _chip_of(self, row: T) -> Style | None:
        if self._shape.chip is None or self.app.has_class(PLAIN):
            return None
        _number, tone = self._shape.chip
        return self.get_component_rich_style(_chip(tone(row)))

    def _headings(self) -> list[str]:
        names = [_(column.heading) for column in self._shape.columns]
        if self._sorted is not None:
            column, descending = self._sorted
            names[column] += " ▼" if descending else " ▲"
        return names

    def _strip(self, cells: Sequence[str], style: Style, chip: Style | None = None) -> Strip:
        """Draw cells, that of the state as a ``chip``."""
        shown = self._widths()
        texts = [fitted(cells[number], width) for number, width in shown]
        number = self._shape.chip[0] if chip is not None and self._shape.chip else None
        place = next((place for place, one in enumerate(shown) if one[0] == number), None)
        room = sum(width for _number, width in shown) + len(shown) - 1
        if place is None or room > self.size.width:
            return self._line(" ".join(texts), style)
        before, state = "".join(f"{text} " for text in texts[:place]), texts[place].rstrip()
        blank = " " * (shown[place][1] - cell_len(state))
        after = " ".join([blank, *texts[place + 1 :]])
        rest = self.size.width - cell_len(before) - cell_len(state)
        pieces = ((before, style), (state, chip), (set_cell_size(after, rest), style))
        return Strip([Segment(*piece) for piece in pieces], self.size.width)

    def _widths(self) -> list[tuple[int, int]]:
        """Return the numbers of the columns that are shown, each with its width."""
        numbers = self._shape.shown_in(self.size.width)
        columns = [self._shape.columns[number] for number in numbers]
        return [*zip(numbers, widths(columns, self.size.width), strict=True)]

    def _line(self, text: str, style: Style) -> Strip:
        return Strip([Segment(set_cell_size(text, self.size.width), style)], self.size.width)

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh()

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows that change, and bring the cursor into sight."""
        self.refresh_lines(before + 1)
        self.refresh_lines(now + 1)
        self._scroll_to_cursor()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self._window.length - 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that came into sight, where they are not known."""
        super().watch_scroll_y(old_value, new_value)
        if not self._window.covers(self.seen):
            self.post_message(self.Wanted())

    def _scroll_to_cursor(self) -> None:
        top, room = self.scroll_offset.y, max(1, self.size.height - 1)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + room:
            self.scroll_to(y=self.cursor - room + 1, animate=False)

    def on_resize(self) -> None:
        """Bring the cursor into sight."""
        self._scroll_to_cursor()

    def action_move(self, by: int) -> None:
        """Go some rows up or down."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Go a page up or down."""
        self.cursor += by * max(1, self.size.height - 2)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self._window.length - 1

    def action_open(self) -> None:
        """Tell that the row under the cursor was chosen."""
        row = self.row
        if row is not None:
            self.post_message(self.Opened(self._shape.key(row)))

    def on_click(self, event: events.Click) -> None:
        """Choose a row by mouse, or sort by a heading."""
        if event.y == 0:
            self.post_message(self.HeadingClicked(self._column_at(event.x)))
            return
        place = event.y - 1 + self.scroll_offset.y
        if place < self._window.length:
            self.cursor = place
            self.action_open()

    def parts(self) -> Iterable[Offset]:
        """Return where the headings and the rows that are seen can be clicked."""
        x = 0
        for _number, width in self._widths() if self._sorted else ():
            yield Offset(x, 0)
            x += width + 1
        for y in range(1, min(self.size.height, self._window.length - self.scroll_offset.y + 1)):
            yield Offset(0, y)

    def _column_at(self, x: int) -> int:
        end, shown = 0, self._widths()
        for number, width in shown:
            end += width + 1
            if x < end:
                return number
        return shown[-1][0]


def fitted(text: str, width: int) -> str:
    """Return a text in exactly so many cells, cut with an ellipsis where it must be."""
    text = visible(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"
