"""The screen after the login: the systems that take part, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from mleg_tui.domain.account import Role
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.university import OrderPath, University
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.textual_internals.gone import dropped_when_gone
from mleg_tui.ui.availability import Situation, why_not
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.phone.apps import phone_of
from mleg_tui.ui.phone.frame import PhonePane
from mleg_tui.ui.phone.inspector import InspectorPane
from mleg_tui.ui.phone.mobilny_usos import NOTICE
from mleg_tui.ui.program import Handler
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.portal import Portal

if TYPE_CHECKING:
    from textual.geometry import Size

    from mleg_tui.ui.office.file_screen import FileScreen

SIDE_BY_SIDE = 116
"""The least width at which the panes stand side by side."""


class Desk(MlegScreen):
    """Asks the active pane what can be done, and tells all of them what changed.

    A pane that is not seen stays as it was: focus, scroll position and half-typed text.
    """

    CSS_PATH = [  # noqa: RUF012 - Textual reads a list
        "desk.tcss",
        "usosweb/portal.tcss",
        "usosweb/mlegitymacja.tcss",
        "phone/phone.tcss",
        "phone/mobywatel/mobywatel.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "escape", show=False)]

    def __init__(self, session: Session, university: University, first: str = "") -> None:
        """``first`` is a command to begin with, where it can be given."""
        super().__init__()
        self._first = first
        self._session = session
        self._university = university
        self._portal = Portal(session, university)
        self._phone: PhonePane | None = None
        if session.account.role is Role.STUDENT:
            self._phone = phone_of(session, university)
        self._inspector: InspectorPane | None = None
        if session.account.role is Role.INSPECTOR:
            self._inspector = InspectorPane(session)
        self._active: Pane = self._inspector or self._portal
        self._left_off: dict[Pane, Widget] = {}
        self._known_status: OrderStatus | None = None

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes from left to right."""
        beside = self._phone or self._inspector
        return (self._portal, beside) if beside else (self._portal,)

    @property
    def active(self) -> Pane:
        """The pane that the keys go to."""
        return self._active

    @property
    def topic(self) -> Topic:  # type: ignore[override]
        """What the help explains: the active pane's page."""
        return self._active.topic

    def visible_token(self) -> str | None:
        """Return the token whose QR code is shown by one of the panes, for the phone's camera."""
        return next((pane.visible_token for pane in self.panes if pane.visible_token), None)

    @property
    def shows_code(self) -> bool:
        """Whether one of the panes that are seen shows a QR code."""
        return any(pane.display and pane.visible_token for pane in self.panes)

    def open_file(self, table: str, id: str) -> None:
        """Open the office's file of an order or of a student, or the board of a class."""
        from mleg_tui.ui.office.class_board import ClassBoard
        from mleg_tui.ui.office.order_screen import OrderScreen
        from mleg_tui.ui.office.student_screen import StudentScreen

        kinds: dict[str, type[FileScreen[Any] | ClassBoard]] = {
            "orders": OrderScreen,
            "students": StudentScreen,
            "classrooms": ClassBoard,
        }
        self.app.push_screen(kinds[table](self._session, id))

    def content(self) -> ComposeResult:
        """Yield the panes."""
        yield Horizontal(*self.panes, id="panes")

    async def on_mount(self) -> None:
        """Begin where one asked to, and follow what is seen from now on."""
        self._lay_out(self.size)
        await self._notice()
        self._active.focus_first()
        await self._open_first(self.program.options.screen)
        if self._first and why_not(self._first, self.situation()) is None:
            await self.perform(self._first)

    async def _open_first(self, screen: str) -> None:
        """Begin where ``--screen`` says, as far as the account has it."""
        if screen == "office" and self._session.account.role is Role.OFFICE:
            await self.perform("usosweb.staff")
        elif screen in ("mobilny-usos", "mobywatel"):
            await self._open_on_phone(screen)

    def on_resize(self, event: events.Resize) -> None:
        """Show the panes side by side where there is room for it."""
        super().on_resize(event)
        self._lay_out(event.size)

    def here(self) -> Situation:
        """Return where the user is: in the active pane."""
        has_news = self._phone is not None and self._phone.has_news
        return self._active.situation()._replace(has_news=has_news)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the desk's commands and the active pane's."""
        return {
            **self._active.handlers(),
            "desk.switch": self.switch,
            "desk.phone": self._open_mobywatel,
        }

    def switch(self) -> None:
        """Go on to the next pane, where one left off."""
        panes = self.panes
        self.activate(panes[(panes.index(self._active) + 1) % len(panes)])

    def activate(self, pane: Pane) -> None:
        """Make a pane the one that the keys go to."""
        if self.focused is not None and self.focused in self._active.walk_children():
            self._left_off[self._active] = self.focused
        self._active = pane
        self._lay_out(self.size)
        left_off = self._left_off.get(pane)
        if left_off is not None and left_off.is_attached and left_off.focusable:
            left_off.focus(scroll_visible=False)
        else:
            pane.focus_first()
        self.refresh_keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the mouse, or Tab, into another pane."""
        for pane in self.panes:
            if pane is not self._active and pane in event.widget.ancestors:
                self._active = pane
                self._lay_out(self.size)
                self.refresh_keys()

    def _lay_out(self, size: Size) -> None:
        beside = size.width >= SIDE_BY_SIDE and not self.program.options.plain
        for pane in self.panes:
            pane.display = beside or pane is self._active
            pane.set_class(pane is self._active, "-active")
        self.set_class(beside, "-side-by-side")

    async def _open_mobywatel(self) -> None:
        await self._open_on_phone("mobywatel")

    async def _open_on_phone(self, screen: str) -> None:
        if self._phone is not None:
            self.activate(self._phone)
            await self._phone.open(screen)

    @property
    def shows_seconds(self) -> bool:
        """Whether one of the panes that are seen tells the time to the second."""
        return any(pane.display and pane.shows_seconds for pane in self.panes)

    def refresh_keys(self) -> None:
        """Show in the footer what can be done now, and follow what is seen now."""
        super().refresh_keys()
        if not self.is_mounted:
            return
        interests = [pane.interest for pane in self.panes]
        moments = [moment for pane in self.panes if (moment := pane.holds_until)]
        self.follow(Interest.union(interests), min(moments, default=None))
        self.call_later(self.program.keep_time)

    async def take_up(self) -> None:
        """Let the panes that are seen take it up, and push the notice that comes with it."""
        await self._notice(await self._take_up() if self.is_current else None)

    def on_screen_resume(self) -> None:
        """Take up what happened while a dialog was on top."""
        super().on_screen_resume()
        self.call_next(self._take_up)

    async def _take_up(self) -> Card | None:
        """Let the panes take up what changed; return the card, if one of them has read it."""
        card = None
        for pane in self.panes:
            with dropped_when_gone():  # a page of one, which keeps nothing from the others
                card = await pane.store_changed() or card
        self.refresh_keys()
        return card

    async def _notice(self, card: Card | None = None) -> None:
        """Push Mobilny USOS's notice when the order has become ready, whatever is on the screen."""
        if self._phone is None or OrderPath.MOBILE not in self._university.paths:
            return
        if card is None:
            card = await self.program.ask_store(
                partial(self.program.services.ordering.card, self._session)
            )
        if card is None:
            return
        news = card.status is OrderStatus.READY and self._known_status in (
            OrderStatus.PENDING,
            OrderStatus.IN_PROGRESS,
        )
        self._known_status = card.status
        if news:
            self._phone.push("phone.mobilny_usos", NOTICE)
            if self._phone.has_news and self._active is not self._phone:
                self._left_off[self._phone] = self._phone.banner
            self.refresh_keys()
        elif card.status is not OrderStatus.READY:
            self._phone.banner.display = False

    async def action_escape(self) -> None:
        """Go back one step in the active pane."""
        await self._active.escape()
