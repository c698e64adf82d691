"""The portal after the login: CAS bar, tabs, left menu, and one page at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.locale import _, advice_of, message_of
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.frame import CasBar, PageFooter, Tabs
from mleg_tui.ui.usosweb.menu import ENTRIES, Menu, MenuRow, entries_for, not_offered, tabs_in
from mleg_tui.ui.usosweb.page import MenuEntry, Page

WIDTHS = ((0, "-tiny"), (70, "-narrow"), (100, "-wide"))
"""From which width on the portal has which class."""


class Portal(Pane):
    """USOSweb for the account that is logged in."""

    places = frozenset({Place.EVERYWHERE, Place.USOSWEB, Place.DESK})

    def __init__(self, session: Session, university: University) -> None:
        super().__init__(id="usosweb")
        self.session = session
        self.university = university
        self._entry = ENTRIES["news"]
        self._page: Page = self._entry.build()
        self._turning = asyncio.Lock()  # a key and a click can ask for two pages at once

    @property
    def topic(self) -> Topic:
        """What the help explains: the page that is open."""
        return self._page.topic

    def compose(self) -> ComposeResult:
        """Draw the frame around the page."""
        yield CasBar(self.university, self.session.account.name)
        yield Tabs()
        yield MenuRow()
        with Horizontal(id="body"):
            yield Menu()
            with VerticalScroll(id="page"):
                yield self._page
                yield Static(id="outage", markup=False)
                yield PageFooter(self.university)

    async def on_mount(self) -> None:
        """Open the first page."""
        await self._show_entry()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the portal to its own width, which is the window's only where it stands alone."""
        fitting = [name for least, name in WIDTHS if event.size.width >= least][-1]
        for _least, name in WIDTHS:
            self.set_class(name == fitting, name)

    def focus_first(self) -> None:
        """Put the focus where reading and scrolling begin."""
        self.query_one("#page").focus()

    def situation(self) -> Situation:
        """Return the role, the page's places, and its card."""
        return Situation(
            self.places | self._page.places,
            self.session.account.role,
            self._page.card,
            university=self.university,
            refused={**self._page.refused, **not_offered(self.program)},
        )

    def entries(self) -> tuple[MenuEntry, ...]:
        """Return the pages that this university's portal has."""
        return entries_for(self.university)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the portal's commands and its page's."""
        entries = self.entries()
        leading = [(command, entry) for entry in entries for command in entry.also]
        leading += [(entry.command, entry) for entry in entries]
        opening = {command: partial(self.open, entry, command) for command, entry in leading}
        return {
            **opening,
            **self._page.handlers(),
            "usosweb.refresh": self.reload,
            "usosweb.follow": self._toggle_follow,
            "usosweb.menu": self._go_to_menu,
        }

    async def open(self, entry: MenuEntry, command: str) -> None:
        """Open the page of a menu entry, where the command leads."""
        self.remove_class("-menu-open")
        async with self._turning:
            if entry.id == self._entry.id:
                await self.reload()
            else:
                await self._turn_to(entry)
            self._page.arrive(command)

    async def _turn_to(self, entry: MenuEntry) -> None:
        self._entry = entry
        page = entry.build()
        area = self.query_one("#page", VerticalScroll)
        await self._page.remove()
        self._page = page
        await area.mount(page, before=0)
        area.scroll_home(animate=False)
        area.focus()
        await self._show_entry()

    async def reload(self) -> None:
        """Read the page anew, as a browser's refresh does; in an outage, say so instead."""
        self.program.forget_outage()
        await self._page.load()
        self._show_outage(self.program.outage)
        self.desk.refresh_keys()

    def _show_outage(self, outage: MlegError | None) -> None:
        self._page.display = outage is None
        told = self.query_one("#outage", Static)
        told.display = outage is not None
        if outage is not None:
            told.update(f"{message_of(outage)}\n\n{advice_of(outage)}")

    @property
    def interest(self) -> Interest:
        """What in the store the open page shows."""
        return self._page.interest

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which what the page shows turns by time alone."""
        return self._page.holds_until

    async def store_changed(self) -> Card | None:
        """Take up what changed, if the page follows the order."""
        if not self.program.follow:
            return None
        await self.reload()
        return self._page.card

    async def _show_entry(self) -> None:
        for menu in (self.query_one(Menu), self.query_one(MenuRow)):
            menu.show(self._entry, self.situation())
        self.say()
        await self.reload()

    def say(self) -> None:
        """Draw the tabs in the session's present language."""
        tabs = self.query_one(Tabs)
        tabs.active = self._entry.tab
        tabs.tabs = tabs_in(self.situation())

    async def _toggle_follow(self) -> None:
        self.program.follow = not self.program.follow
        told = (
            N_("Strona śledzi zamówienie na żywo.")
            if self.program.follow
            else N_("Jak w USOSweb: strona zmienia się dopiero po odświeżeniu ({key}).")
        )
        self.notify(_(told).format(key=self.program.keymap.shown("usosweb.refresh")))
        await self.store_changed()

    def _go_to_menu(self) -> None:
        """Go to the menu, which a narrow portal has in a row or a drawer; from there, back."""
        row = self.query_one(MenuRow)
        menu = row if row.display else self.query_one(Menu)
        opening = not menu.has_focus
        is_drawer = menu is not row and not self.has_class("-wide")
        self.set_class(opening and is_drawer, "-menu-open")
        (menu if opening else self.query_one("#page")).focus()

    @property
    def visible_token(self) -> str | None:
        """The token, while the page with its QR code is open."""
        card = self._page.card
        return card.codes.token if card is not None and card.codes is not None else None

    async def escape(self) -> None:
        """Put the drawer with the menu away."""
        self.remove_class("-menu-open")
        self.focus_first()

    @on(OptionList.OptionSelected, "Menu")
    async def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            entry = next(one for one in self.entries() if one.id == event.option_id)
            await self.open(entry, entry.command)

    @on(Tabs.Chosen)
    async def _tab_chosen(self, event: Tabs.Chosen) -> None:
        row = self.query_one(MenuRow)
        chosen_in = row if row.has_focus else self.query_one(Tabs)
        await self.desk.perform(event.command)
        chosen_in.focus()
