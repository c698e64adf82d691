"""An app on the phone: the bar on top of it, and the pages that it opens one over the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import takewhile
from typing import ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.university import University
from mleg_tui.locale import _
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.pane import Pane, PaneHost
from mleg_tui.ui.phone.rail import PhoneRail
from mleg_tui.ui.phone.status_bar import StatusBar
from mleg_tui.ui.program import Handler, Program, program_of
from mleg_tui.ui.topic import Topic

APPS = N_("Aplikacje")


class PhoneHost(Protocol):
    """What apps and their pages need from the phone that they run on."""

    session: Session
    university: University
    status_bar: StatusBar
    rail: PhoneRail

    @property
    def number(self) -> int:
        """Which of the student's phones is in hand."""

    @property
    def desk(self) -> PaneHost:
        """The desk that the phone lies on."""

    @property
    def is_active(self) -> bool:
        """Whether the keys go to the phone."""

    def situation(self) -> Situation:
        """Return where the user is, for deciding what they may do."""

    async def read(self) -> Phone | None:
        """Return the phone as the store has it, if that can be read."""

    def arrived(self) -> None:
        """Offer what the page that is seen now offers."""


class PhonePage(VerticalScroll):
    """One page of an app. It stays mounted under the pages opened over it, with all that was typed.

    ``first_focus`` selects what gets the focus when the page opens. ``shows_push`` tells that a
    push notice has nothing to add to the page.
    """

    title: ClassVar[MessageId]
    topic: ClassVar[Topic] = Topic()
    places: ClassVar[frozenset[Place]] = frozenset()
    first_focus: ClassVar[str] = "Input, Checkbox, TranslatedButton"
    shows_seconds: ClassVar[bool] = False
    shows_push: ClassVar[bool] = False
    holds_until: datetime | None = None
    """The simulated moment at which what the page shows turns by time alone."""

    def __init__(self) -> None:
        super().__init__(can_focus=True)

    @property
    def phone(self) -> PhoneHost:
        """The phone that shows the page."""
        return phone_of(self)

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
    def refused(self) -> Mapping[str, Refused]:
        """The commands that the page itself found to make no sense now."""
        return {}

    @property
    def visible_token(self) -> str | None:
        """The token whose QR code can be seen on the page."""
        return None

    def heading(self) -> str:
        """Return the title in the session's present language."""
        return _(self.title)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's own commands."""
        return {}

    async def load(self) -> None:
        """Read what the page shows from the store; also called when the store has changed."""
        await self.phone.read()

    async def may_leave(self) -> bool:
        """Tell whether the page may be left by going back; a page half-way through asks first."""
        return True

    async def step_back(self) -> bool:
        """Go back a step within the page; tell whether there was one."""
        return False

    def say(self) -> None:
        """Say what is not a message of the catalogue alone."""

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be used."""
        usable = (w for w in self.query(self.first_focus) if w.focusable and self._displays(w))
        next(usable, self).focus()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's watcher
        """Mark the title of what the arrows scroll."""
        super().watch_has_focus(has_focus)
        if self.is_attached:
            self.opened_in.bar.set_class(has_focus, "-focus")

    def _displays(self, widget: Widget) -> bool:
        """Tell whether nothing on the page hides a widget."""
        up_to_page = takewhile(lambda node: node is not self, widget.ancestors_with_self)
        return all(node.display for node in up_to_page)


class AppBar(Widget):
    """The way back at the left, named by where it leads, and the page's title."""

    DEFAULT_CSS = """
    AppBar {
        height: 1; padding: 0 1; background: $tab-background; color: $tab-foreground;
        link-style: none; link-color: $tab-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $tab-foreground;
    }
    """

    def render(self) -> Content:
        """Draw the bar; where there is no room for both, the title says more than the way back."""
        app = self.query_ancestor(PhoneApp)
        width = self.content_size.width
        where, title = app.back_to(), app.page.heading()
        room = max(1, width - len(title) - 6)
        if len(where) > room:
            where = f"{where[: room - 1]}…"
        back = Content.from_markup("[@click=back]‹ $where[/]", where=where)
        middle = (width - len(title)) // 2
        gap = max(2, middle - back.cell_length)
        style = "bold reverse" if self.has_class("-focus") else "bold"
        return Content.assemble(back, " " * gap, (f" {title} ", style)).truncate(
            width, ellipsis=True
        )

    def say(self) -> None:
        """Draw it again, also in the session's present language."""
        self.refresh()

    async def action_back(self) -> None:
        """Go back one page."""
        phone = self.query_ancestor(Pane)
        phone.desk.activate(phone)
        await phone.escape()


class PhoneApp(Vertical):
    """An app: a stack of pages, the first of which is its home. ``sign`` is what its tile shows."""

    name_shown: ClassVar[MessageId]
    sign: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.bar = AppBar()
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
    def phone(self) -> PhoneHost:
        """The phone that the app runs on."""
        return phone_of(self)

    def compose(self) -> ComposeResult:
        """Draw the bar over the page."""
        yield self.bar
        yield self.page

    async def on_mount(self) -> None:
        """Read the first page."""
        await self.page.load()

    def back_to(self) -> str:
        """Return the name of what the way back leads to."""
        return self._pages[-2].heading() if len(self._pages) > 1 else _(APPS)

    async def open(self, page: PhonePage) -> None:
        """Open a page over the present one; it is seen when its first field has the focus."""
        with self.app.batch_update():
            self.page.display = False
            self._pages.append(page)
            await self.mount(page)
            await self._arrive()

    async def open_pushed(self) -> None:
        """Open what a push notice of the app is about."""

    async def back(self) -> bool:
        """Go back one page, if the present one lets go; tell whether there was one."""
        if await self.page.step_back():
            return True
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
        self.bar.say()
        await self.page.load()
        self.page.focus_first()
        self.phone.arrived()


def phone_of(widget: Widget) -> PhoneHost:
    """Return the phone that shows a widget."""
    return cast("PhoneHost", widget.query_ancestor(Pane))
