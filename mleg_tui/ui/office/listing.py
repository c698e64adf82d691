"""A page of the office with a table: what is searched for, how much was found, and the rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.ui.commands import Place
from mleg_tui.ui.office.table import Shape, Table
from mleg_tui.ui.screen import Handler
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.entry import LeadingEntry
from mleg_tui.ui.widgets.said import Said

T = TypeVar("T")


class Find(LeadingEntry):
    """The field whose words are searched for at every key."""

    DEFAULT_CSS = """
    Find, Find:focus {
        width: 100%; height: 1; border: none; padding: 0 1;
        background: $panel; color: $foreground;
    }
    Find:focus { text-style: underline; }
    Find > .input--placeholder { color: $quiet; }
    Find:ansi { background: ansi_white; color: ansi_black; }
    """
    LEADS_ON = frozenset({"enter", "down", "escape"})

    def __init__(self, hint: MessageId) -> None:
        super().__init__(id="find", compact=True, max_length=64, select_on_focus=False)
        self._hint = hint
        self.say()

    def say(self) -> None:
        """Give the hint in the session's present language."""
        self.placeholder = _(self._hint)


class ListPage(Page, Generic[T]):
    """Rows that are searched as one types; Enter opens one."""

    DEFAULT_CSS = """
    ListPage { height: 1fr; min-height: 12; }
    ListPage #found { color: $quiet; }
    """
    places = frozenset({Place.OFFICE_LIST})
    title: ClassVar[MessageId]
    hint: ClassVar[MessageId] = N_("Szukaj (wystarczą litery bez ogonków)")

    def __init__(self, shape: Shape[T]) -> None:
        super().__init__()
        self._shape = shape

    def compose(self) -> ComposeResult:
        """Draw the field, what was found, and the table."""
        yield Said(self.title, classes="title")
        yield Find(self.hint)
        yield Static(id="found", markup=False)
        yield Table(self._shape)

    @property
    def table(self) -> Table[T]:
        """The table."""
        return self.query_one(Table)

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.query_one(Find).value

    def arrive(self, command: str) -> None:
        """Put the focus on the table."""
        del command
        self.table.focus()

    def handlers(self) -> Mapping[str, Handler]:
        """Return what leads to the field."""
        return {"office.find": self._find}

    def _find(self) -> None:
        self.query_one(Find).focus()

    @abstractmethod
    async def search(self) -> None:
        """Show what the field asks for, from the top."""

    @abstractmethod
    def open(self, key: str) -> None:
        """Open the row of a key."""

    @on(Input.Changed, "#find")
    async def _typed(self, event: Input.Changed) -> None:
        event.stop()
        await self.search()

    @on(Table.Opened)
    def _opened(self, event: Table.Opened) -> None:
        event.stop()
        self.open(event.key)
