"""Rows of text in columns that fit the width at hand; each row can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _
from mleg_tui.ui.widgets.translated import Lines

Cells = Callable[[], Sequence[str]]
"""A row's texts, asked for whenever they are drawn, so that they follow the language."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width; ``share`` divides what the fixed widths leave."""

    heading: MessageId
    width: int = 0
    share: int = 0
    right: bool = False


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return how wide each column is; the columns are one blank apart."""
    left = room - len(columns) + 1 - sum(column.width for column in columns)
    shares = sum(column.share for column in columns)
    return [
        column.width + (max(shares, left) * column.share // shares if column.share else 0)
        for column in columns
    ]


def laid_out(columns: Sequence[Column], cells: Sequence[str], room: int) -> list[str]:
    """Return the lines of a row; a text that is too long goes on below."""
    wide = widths(columns, room)
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(cells, wide, strict=True)]
    return [
        " ".join(
            text.rjust(width) if column.right else text.ljust(width)
            for column, text, width in zip(columns, texts, wide, strict=True)
        )
        for texts in zip_longest(*wrapped, fillvalue="")
    ]


class Line(Lines):
    """A row of a table."""

    DEFAULT_CSS = """
    Line { width: 100%; height: auto; }
    Line.-head { color: $quiet; text-style: bold; }
    """

    def __init__(self, columns: Sequence[Column], cells: Cells, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._columns = columns
        self._cells = cells

    def lines(self, width: int) -> list[Content]:
        """Return as many lines as the longest text needs."""
        return [*map(Content, laid_out(self._columns, self._cells(), max(1, width)))]


def head(columns: Sequence[Column]) -> Line:
    """Return the row of headings."""
    return Line(columns, lambda: [_(column.heading) for column in columns], classes="-head")


class Row(Line, can_focus=True):
    """A row that opens with Enter or a click; ``key`` tells what it is about."""

    DEFAULT_CSS = """
    Row:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    @dataclass
    class Opened(Message):
        """A row was chosen."""

        key: str

    def __init__(self, key: str, columns: Sequence[Column], cells: Cells) -> None:
        super().__init__(columns, cells)
        self.key = key

    def action_open(self) -> None:
        """Tell that the row was chosen."""
        self.post_message(self.Opened(self.key))

    def on_click(self) -> None:
        """Choose by mouse."""
        self.action_open()


class Frame(Vertical):
    """A frame with a title around rows that belong together."""

    DEFAULT_CSS = """
    Frame {
        height: auto; padding: 0 1; margin-top: 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
    }
    Frame .total { width: 100%; text-align: right; text-style: bold; }
    """

    def __init__(self, title: Callable[[], str], *inside: Widget) -> None:
        super().__init__(*inside)
        self._title = title
        self.say()

    def say(self) -> None:
        """Write the title in the session's present language."""
        self.border_title = Content(self._title())


class Telling(Static):
    """A text with figures in it, which follows the language."""

    DEFAULT_CSS = """
    Telling { width: 100%; height: auto; }
    """

    def __init__(self, text: Callable[[], str], *, classes: str = "") -> None:
        super().__init__(text(), markup=False, classes=classes)
        self._text = text

    def say(self) -> None:
        """Say it in the session's present language."""
        self.update(self._text())
