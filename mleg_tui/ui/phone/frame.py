"""The phone: its frame with status bar, notice and apps, and the simulator's rail beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.university import University
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.phone.app import PhoneApp
from mleg_tui.ui.phone.banner import Banner
from mleg_tui.ui.phone.home import HomeApp
from mleg_tui.ui.phone.rail import PhoneRail
from mleg_tui.ui.phone.status_bar import StatusBar
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic

_HOME = "phone.home"
_HOME_BAR = "━" * 10


class PhonePane(Pane):
    """A student's phone. Apps stay as they were left while another one is seen."""

    places = frozenset({Place.EVERYWHERE, Place.DESK, Place.PHONE})

    def __init__(
        self, session: Session, university: University, apps: Mapping[str, type[PhoneApp]]
    ) -> None:
        super().__init__(id="phone")
        self.status_bar = StatusBar()
        self.banner = Banner(id="banner")
        self.rail = PhoneRail(self.status_bar)
        self.session = session
        self.university = university
        self._apps = apps
        self._started: dict[str, PhoneApp] = {_HOME: HomeApp(apps)}
        self._front = _HOME
        self._starting = asyncio.Lock()

    @property
    def front(self) -> PhoneApp:
        """The app that is seen."""
        return self._started[self._front]

    @property
    def number(self) -> int:
        """Which of the student's phones is in hand."""
        return self.status_bar.phone_number

    @property
    def topic(self) -> Topic:
        """What the help explains: the page that is seen."""
        return self.front.page.topic

    def compose(self) -> ComposeResult:
        """Draw the phone, and the rail beside it."""
        case = Vertical(self.status_bar, self.banner, Vertical(self.front, id="front"), id="case")
        case.border_subtitle = _HOME_BAR
        yield case
        yield self.rail

    def situation(self) -> Situation:
        """Return the role, what the page offers, and its card."""
        page = self.front.page
        places = self.places | page.places
        role, apps = self.session.account.role, frozenset(self._apps)
        return Situation(places, role, page.card, apps, page.record, refused=page.refused)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what starts the apps, the phone's switches, and what the page itself does."""

        def starting(command: str) -> Handler:
            async def start() -> None:
                await self.start(command)

            return start

        return {
            **{command: starting(command) for command in (_HOME, *self._apps)},
            "mobywatel.network": self._switch_network,
            "mobywatel.other_phone": self._take_other_phone,
            **self.front.page.handlers(),
        }

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
            self.arrived()

    def arrived(self) -> None:
        """Offer what the page that is seen now offers."""
        self.rail.tell()
        if self.front.page.shows_push:
            self.banner.display = False
        self.desk.refresh_keys()

    async def open(self, screen: str) -> None:
        """Start the app that a ``--screen`` names, if it is installed."""
        command = f"phone.{screen.replace('-', '_')}"
        if command in self._apps:
            await self.start(command)

    @property
    def has_news(self) -> bool:
        """Whether there is a notice that nobody has opened."""
        return self.banner.display

    def push(self, command: str, text: MessageId) -> None:
        """Show a push notice of an app, unless its page is seen that says the same."""
        if not (self.display and self.front.page.shows_push):
            self.banner.push(command, self._apps[command].name_shown, text, self.program.moment)

    @on(Banner.Opened)
    async def _open_pushed(self, event: Banner.Opened) -> None:
        event.stop()
        self.desk.activate(self)
        self.banner.display = False
        await self.start(event.command)
        await self.front.open_pushed()

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

    async def read(self) -> Phone | None:
        """Return the phone as the store has it, if that can be read."""
        app, session, number = self.program.services.mobywatel, self.session, self.number
        record = await self.program.ask_store(lambda: app.phone(session, number))
        if record is not None and is_alive(self):
            self.status_bar.online = record.online
        return record

    async def escape(self) -> None:
        """Go back one page; from an app's first page, to the list of apps. A notice goes first."""
        if self.banner.has_focus:
            self.banner.display = False
            self.focus_first()
            self.desk.refresh_keys()
            return
        if not await self.front.back() and self._front != _HOME:
            await self.start(_HOME)

    async def _switch_network(self) -> None:
        app, session, number = self.program.services.mobywatel, self.session, self.number
        online = not self.status_bar.online
        await self.program.change_store(lambda: app.set_online(session, number, online=online))

    async def _take_other_phone(self) -> None:
        if not await self.front.page.may_leave():
            return
        self.status_bar.phone_number = 3 - self.number
        self.banner.display = False
        for command, app in list(self._started.items()):
            if app is self.front:
                await app.restart()
            elif command != _HOME:
                await self._started.pop(command).remove()
        await self.front.page.load()
