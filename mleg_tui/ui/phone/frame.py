"""The phone: its status bar, its apps, and the pages that an app opens one over the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from itertools import takewhile
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.phone import Phone
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.phone.status_bar import StatusBar
from mleg_tui.ui.program import Handler, Program, program_of
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


class PhonePage(VerticalScroll):
    """One page of an app. It stays mounted under the pages opened over it, with all that was typed.

    ``first_focus`` selects what gets the focus when the page opens.
    """

    title: ClassVar[MessageId]
    topic: ClassVar[str] = ""
    places: ClassVar[frozenset[Place]] = frozenset()
    first_focus: ClassVar[str] = "Input, Checkbox, TranslatedButton"
    shows_seconds: ClassVar[bool] = False
    holds_until: datetime | None = None
    """The simulated moment at which what the page shows turns by time alone."""

    def __init__(self) -> None:
        super().__init__(can_focus=True)

    @property
    def phone(self) -> PhonePane:
        """The phone that shows the page."""
        return self.query_ancestor(PhonePane)

    @property
    def opened_in(self) -> PhoneApp:
        """The app that the page belongs to."""
        return self.query_ancestor(PhoneApp)

    @property
    def program(self) -> Program:
        """The program that shows the phone."""
        return program_of(self)

    @property
    def card(self) -> Card | None:
        """The card that the page shows, if it shows one."""
        return None

    @property
    def record(self) -> Phone | None:
        """The phone as the store has it, if the page shows something of it."""
        return None

    @property
    def visible_token(self) -> str | None:
        """The token whose QR code can be seen on the page."""
        return None

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's own commands."""
        return {}

    async def load(self) -> None:
        """Read what the page shows from the store; also called when the store has changed."""

    async def may_leave(self) -> bool:
        """Tell whether the page may be left by going back; a page half-way through asks first."""
        return True

    def say(self) -> None:
        """Say what is not a message of the catalogue alone."""

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be used."""
        usable = (w for w in self.query(self.first_focus) if w.focusable and self._displays(w))
        next(usable, self).focus()

    def _displays(self, widget: Widget) -> bool:
        """Tell whether nothing on the page hides a widget."""
        up_to_page = takewhile(lambda node: node is not self, widget.ancestors_with_self)
        return all(node.display for node in up_to_page)


class PhoneApp(Vertical):
    """An app: a stack of pages, the first of which is its home."""

    name_shown: ClassVar[MessageId]

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[PhonePage] = [self.home()]

    def home(self) -> PhonePage:
        """Return the app's first page."""
        message = "an app has a first page"
        raise LookupError(message)

    @property
    def page(self) -> PhonePage:
        """The page that is seen."""
        return self._pages[-1]

    @property
    def phone(self) -> PhonePane:
        """The phone that the app runs on."""
        return self.query_ancestor(PhonePane)

    def compose(self) -> ComposeResult:
        """Draw the app's name over the page."""
        yield TranslatedLabel(self.page.title, classes="app-title")
        yield self.page

    async def on_mount(self) -> None:
        """Read the first page."""
        await self.page.load()

    async def open(self, page: PhonePage) -> None:
        """Open a page over the present one; it is seen when its first field has the focus."""
        with self.app.batch_update():
            self.page.display = False
            self._pages.append(page)
            await self.mount(page)
            await self._arrive()

    async def back(self) -> bool:
        """Go back one page, if the present one lets go; tell whether there was one."""
        if len(self._pages) == 1:
            return False
        if await self.page.may_leave():
            await self.close(1)
        return True

    async def close(self, pages: int) -> None:
        """Close the uppermost pages without asking."""
        self._let_go_of_focus()
        for _page in range(min(pages, len(self._pages) - 1)):
            await self._pages.pop().remove()
        self.page.display = True
        await self._arrive()

    async def restart(self) -> None:
        """Go back to the app's first page, made anew."""
        self._let_go_of_focus()
        gone, self._pages = self._pages, [self.home()]
        for page in gone:
            await page.remove()
        await self.mount(self.page)
        await self._arrive()

    def _let_go_of_focus(self) -> None:
        """Keep Textual from moving the focus of a page that goes into another pane."""
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            self.screen.set_focus(None)

    async def _arrive(self) -> None:
        title = self.query_one(".app-title", TranslatedLabel)
        title.message = self.page.title
        title.say()
        await self.page.load()
        self.page.focus_first()
        self.phone.desk.refresh_keys()


class HomeApp(PhoneApp):
    """The phone's home screen: the apps that are installed."""

    name_shown = N_("Aplikacje")

    def __init__(self, apps: Mapping[str, type[PhoneApp]]) -> None:
        self._apps = apps
        super().__init__()

    def home(self) -> PhonePage:
        """Return the list of apps."""
        return HomePage(self._apps)


class HomePage(PhonePage):
    """One button an app."""

    title = N_("Aplikacje")
    topic = "phone.home"

    def __init__(self, apps: Mapping[str, type[PhoneApp]]) -> None:
        super().__init__()
        self._apps = apps

    def compose(self) -> ComposeResult:
        """Draw the apps."""
        for command, app in self._apps.items():
            yield TranslatedButton(app.name_shown, id=command.replace(".", "-"), classes="app-icon")

    @on(TranslatedButton.Pressed)
    async def _start(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.phone.desk.perform((event.button.id or "").replace("-", "."))


class PhonePane(Pane):
    """A student's phone. Apps stay as they were left while another one is seen."""

    places = frozenset({Place.EVERYWHERE, Place.DESK, Place.PHONE})

    def __init__(self, session: Session, apps: Mapping[str, type[PhoneApp]]) -> None:
        super().__init__(id="phone")
        self.status_bar = StatusBar()
        self.session = session
        self._apps = apps
        self._started: dict[str, PhoneApp] = {"phone.home": HomeApp(apps)}
        self._front = "phone.home"
        self._starting = asyncio.Lock()

    @property
    def front(self) -> PhoneApp:
        """The app that is seen."""
        return self._started[self._front]

    @property
    def topic(self) -> str:
        """What the help explains: the page that is seen."""
        return self.front.page.topic

    def compose(self) -> ComposeResult:
        """Draw the status bar over the apps."""
        yield self.status_bar
        yield Vertical(self.front, id="front")

    def situation(self) -> Situation:
        """Return the role, what the page offers, and its card."""
        page = self.front.page
        places = self.places | page.places
        role, apps = self.session.account.role, frozenset(self._apps)
        return Situation(places, role, page.card, apps, page.record)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what starts the apps, and what the page itself carries out."""

        def starting(command: str) -> Handler:
            async def start() -> None:
                await self.start(command)

            return start

        commands = ("phone.home", *self._apps)
        return {**{c: starting(c) for c in commands}, **self.front.page.handlers()}

    @property
    def visible_token(self) -> str | None:
        """The token whose QR code can be seen on the phone itself."""
        return self.front.page.visible_token

    async def start(self, command: str) -> None:
        """Bring an app to the front, as it was left; of several at once, the one asked for last."""
        async with self._starting:
            self.front.display = False
            if command not in self._started:
                self._started[command] = self._apps[command]()
                await self.query_one("#front").mount(self._started[command])
            self._front = command
            self.front.display = True
            await self.front.page.load()
            self.focus_first()
            self.desk.refresh_keys()

    async def open(self, screen: str) -> None:
        """Start the app that a ``--screen`` names, if it is installed."""
        command = f"phone.{screen.replace('-', '_')}"
        if command in self._apps:
            await self.start(command)

    def focus_first(self) -> None:
        """Put the focus on the first thing of the page."""
        self.front.page.focus_first()

    @property
    def interest(self) -> Interest:
        """What in the store a phone shows: all that is its owner's."""
        owners = {self.session.login, self.session.account.student or self.session.login}
        return Interest(frozenset(owners))

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which what the page shows turns by time alone."""
        return self.front.page.holds_until

    @property
    def shows_seconds(self) -> bool:
        """Whether the page tells the time to the second."""
        return self.front.page.shows_seconds

    async def store_changed(self) -> Card | None:
        """Let the page that is seen take up what changed."""
        page = self.front.page
        await page.load()
        return page.card

    async def escape(self) -> None:
        """Go back one page; from an app's first page, to the list of apps."""
        if not await self.front.back() and self._front != "phone.home":
            await self.start("phone.home")
