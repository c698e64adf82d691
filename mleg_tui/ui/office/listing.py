"""A page of the office with a table: what is searched for, how much was found, and the rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.pages import Found
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.office.table import Shape, Table, Window
from mleg_tui.ui.program import Handler
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.entry import LeadingEntry
from mleg_tui.ui.widgets.translated import TranslatedLabel

T = TypeVar("T")
_MARGIN = 100
"""So many rows are read above and below those that are seen."""


class Find(LeadingEntry):
    """The field whose words are searched for at every key."""

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
        self.found: Found[T] | None = None

    def compose(self) -> ComposeResult:
        """Draw the field, what was found, and the table."""
        yield TranslatedLabel(self.title, classes="title")
        yield from self.head()
        yield Find(self.hint)
        yield Static(id="found", markup=False)
        yield Table(self._shape)

    def head(self) -> ComposeResult:
        """Yield what stands above the field; nothing, as a rule."""
        return iter(())

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
    def find(self, typed: str, start: int, number: int) -> Found[T]:
        """Return so many of the rows that are to be shown, from a place on; off the loop."""

    @abstractmethod
    def sorted_by(self) -> tuple[int, bool] | None:
        """Return the column that the rows are sorted by, and whether from its greatest."""

    async def load(self) -> None:
        """Read the rows that are seen, and those around them; the cursor stays on its row."""
        await self._read(anew=False)

    async def search(self) -> None:
        """Show what the field asks for, from the top."""
        await self._read(anew=True)

    async def _read(self, *, anew: bool) -> None:
        seen, typed = range(0) if anew else self.table.seen, self.typed
        start = max(0, seen.start - _MARGIN)
        ask = partial(self.find, typed, start, seen.stop - start + _MARGIN)
        found = await self.portal.program.ask_store(ask)
        if found is None or not is_alive(self) or typed != self.typed:
            return
        self.found = found
        self.holds_until = found.holds_until
        window = Window(found.rows, found.start, found.number)
        self.table.show(window, anew=anew, by=self.sorted_by())
        self.say()

    @on(Table.Wanted)
    async def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        await self._read(anew=False)

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


def number_of(found: Found[T]) -> str:
    """Say how many there are, as far as they were counted."""
    number = str(found.number)
    return number if found.is_counted else _("ponad {number}").format(number=number)
