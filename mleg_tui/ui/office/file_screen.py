"""A file of the office, within USOSweb's frame: what is known, and beside it what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.feed import Interest
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation, why_not
from mleg_tui.ui.commands import COMMANDS, Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.office.action_list import ActionList
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.usosweb.frame import CasBar, Tabs
from mleg_tui.ui.usosweb.menu import ENTRIES, Menu, MenuRow, not_offered, tabs_in
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.translated import TranslatedLabel

F = TypeVar("F")
WITH_MENU = 116
"""The least width of the window in which the menu stands beside a file, and not above it."""
BROAD = 150
"""The least width of the window in which cards of a file stand beside each other."""


class FileScreen(MlegScreen, Generic[F]):
    """Follows the store; Escape goes back, and a tab or an entry of the menu leads on."""

    CSS_PATH = "file_screen.tcss"
    DEFAULT_CSS = """
    FileScreen #whole { height: 1fr; padding: 0 1; }
    FileScreen #file { width: 1fr; height: 100%; margin-right: 1; scrollbar-size-vertical: 1; }
    FileScreen #file > * { width: 100%; height: auto; }
    FileScreen #file:focus { scrollbar-color: $primary; }
    FileScreen #file:focus > TitledCard:first-of-type { border-title-style: bold reverse; }
    FileScreen #file:focus > TitledCard:first-of-type > .card-title { text-style: bold reverse; }
    FileScreen #side { width: 30; height: 100%; }
    FileScreen.-short #side { border-left: solid $edge; }
    FileScreen.-wide #side { width: 38; }
    FileScreen.-tiny #side { width: 26; }
    FileScreen ActionList { width: 100%; }
    FileScreen.-short #side #why, FileScreen.-short #side Answer { margin-top: 0; }
    FileScreen MenuRow.-led { display: block; }
    FileScreen.-roomy MenuRow { display: none; }
    FileScreen Menu {
        display: none; width: 28; height: 100%; border: none; border-right: solid $edge;
        margin-right: 1; padding: 0; background: $surface; color: $foreground;
    }
    FileScreen.-roomy Menu { display: block; }
    FileScreen Menu > .option-list--option-disabled { color: $quiet; text-style: bold; }
    FileScreen #back { width: 100%; margin-top: 1; padding: 0 1; color: $quiet; }
    FileScreen.-short #back { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("left,right", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "ActionList OptionList"
    place: ClassVar[Place]
    title_text: ClassVar[MessageId]
    menu_entry: ClassVar[str]
    """The page in the menu to which the file belongs."""

    def __init__(self, session: Session, key: str) -> None:
        super().__init__()
        self.session = session
        self.back = N_("Esc wraca.")
        self.is_visit = False
        """Whether somebody looks in for this file alone, and has no pages of the office."""
        self._key = key
        self._file: F | None = None

    def content(self) -> ComposeResult:
        """Yield the portal's frame, the file and the actions."""
        yield CasBar(self.program.university, self.session.account.name)
        if not self.is_visit:
            for row in (Tabs(), MenuRow()):
                row.can_focus = False  # Tab goes between the file and what can be done
                yield row
        with Horizontal(id="whole"):
            if not self.is_visit:
                yield Menu()
            with VerticalScroll(id="file"):
                yield from self.file()
            with Vertical(id="side"):
                yield TitledCard(N_("Co można zrobić"), ActionList(self.place))
                yield TranslatedLabel(self.back, id="back")

    def file(self) -> ComposeResult:
        """Yield the parts of the file."""
        yield from ()

    def on_mount(self) -> None:
        """Read the file, and follow the store from now on."""
        self._say_frame()
        self.call_after_refresh(self.take_up)  # what is being mounted does not stand yet

    def on_resize(self, event: events.Resize) -> None:
        """Show the menu beside the file, where that leaves the file its room."""
        super().on_resize(event)
        self.set_class(event.size.width >= WITH_MENU, "-roomy")
        self.set_class(event.size.width >= BROAD, "-broad")

    async def take_up(self) -> None:
        """Read the file from the store and show it."""
        file = await self.program.ask_store(self.read)
        if file is not None and is_alive(self):
            self.follow(self.interest(file), self.holds_until(file))
            if file != self._file:
                self._file = file
                self.say()
                self.refresh_keys()

    def interest(self, file: F) -> Interest:
        """Return what in the store a file is made of."""
        raise LookupError(file)

    def holds_until(self, file: F) -> datetime | None:
        """Return the simulated moment at which something of a file turns by time alone."""
        raise LookupError(file)

    def read(self) -> F:
        """Return the file as the store has it."""
        message = "each kind of file is read in its own way"
        raise LookupError(message)

    def say(self) -> None:
        """Say the file in the session's present language."""

    def say_all(self) -> None:
        """Say everything again in the session's present language."""
        self.say()
        self._say_frame()
        super().say_all()

    def _say_frame(self) -> None:
        entry, around = ENTRIES[self.menu_entry], self._around()
        if why_not(entry.command, around) is None:
            for menu in (*self.query(Menu), *self.query(MenuRow)):
                menu.show(entry, around)
        for tabs in self.query(Tabs):
            tabs.active = entry.tab
            tabs.tabs = tabs_in(around)

    def _around(self) -> Situation:
        """Return where the user is once the file is closed: in the portal."""
        return Situation(
            frozenset({Place.USOSWEB}),
            self.program.role,
            university=self.program.university,
            refused=not_offered(self.program),
        )

    async def perform(self, command: str) -> None:
        """Carry out a command; one of the portal's, below, once the file is closed."""
        if COMMANDS[command].place is not Place.USOSWEB:
            await super().perform(command)
        elif refusal := why_not(command, self._around()):
            self.program.tell(refusal)
        else:
            self.dismiss(None)
            self.app.call_later(self.app.run_action, f"app.command({command!r})")

    def refused(self) -> Mapping[str, Refused]:
        """Return the commands that make no sense now, and why."""
        return {}

    def here(self) -> Situation:
        """Return that this is the office's, and what makes no sense now."""
        return Situation(frozenset({self.place}), self.program.role, refused=self.refused())

    def refresh_keys(self) -> None:
        """Show what can be done now, in the footer and in the list."""
        super().refresh_keys()
        for actions in self.query(ActionList):
            actions.show(self.situation())

    def done(self, told: MessageId) -> None:
        """Say that something was done, beside what can be done."""
        self.query_one(ActionList).done(lambda: _(told))

    @on(OptionList.OptionSelected, "Menu")
    async def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            await self.perform(ENTRIES[event.option_id].command)

    @on(ActionList.Asked)
    async def _asked(self, event: ActionList.Asked) -> None:
        await self.perform(event.command)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
