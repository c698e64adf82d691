"""What the pages of mObywatel have in common: the phone, and refusals told on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from textual.screen import Screen
from textual.widgets import Static

from mleg_tui.domain.errors import BadInput, MlegError, Refused
from mleg_tui.domain.phone import Phone
from mleg_tui.locale import advice_of, message_of
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.phone.frame import PhonePage
from mleg_tui.ui.program import Handler

T = TypeVar("T")


class Refusal(Static):
    """What went wrong and what to do about it, where it happened; nothing while all is well."""

    DEFAULT_CSS = """
    Refusal { color: $error; text-style: bold; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._error: MlegError | None = None
        self._come = False

    def on_mount(self) -> None:
        """Watch for the layout in which the words have their place."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def show(self, error: MlegError | None) -> None:
        """Tell an error, or nothing; the page scrolls to it."""
        self._error = error
        self._come = error is not None
        self.display = error is not None
        self.say()

    def _laid_out(self, _screen: Screen[object]) -> None:
        if self._come and self.size.height:
            self._come = False
            self.scroll_visible(animate=False, immediate=True)

    def say(self) -> None:
        """Tell it in the session's present language."""
        error = self._error
        self.update("" if error is None else f"✗ {message_of(error)}\n→ {advice_of(error)}")


class MobywatelPage(PhonePage):
    """A page of the app. It knows the phone as the store has it."""

    places = frozenset({Place.MOBYWATEL})

    def __init__(self) -> None:
        super().__init__()
        self._record: Phone | None = None

    @property
    def record(self) -> Phone | None:
        """The phone as the store has it, once it was read."""
        return self._record

    @property
    def services(self) -> Services:
        """The services of the program."""
        return self.program.services

    @property
    def session(self) -> Session:
        """The session of the phone's owner."""
        return self.phone.session

    @property
    def number(self) -> int:
        """Which of the student's phones is in hand."""
        return self.phone.status_bar.phone_number

    async def load(self) -> None:
        """Read the phone and show it, unless the page is not there yet or was closed meanwhile."""
        if not is_alive(self):
            return
        session, number = self.session, self.number
        read = self.services.mobywatel.phone
        record = await self.program.ask_store(lambda: read(session, number))
        if record is not None and is_alive(self):
            self._record = record
            now, document = self.program.moment, record.document
            self.holds_until = document.holds_until(now) if document and now else None
            self.phone.status_bar.online = record.online
            self.say()
            self.phone.desk.refresh_keys()

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands that work on every page of the app."""
        return {
            "mobywatel.network": self._switch_network,
            "mobywatel.other_phone": self._take_other_phone,
        }

    async def attempt(self, act: Callable[[], T]) -> T | None:
        """Return what a service did; ``None`` where it refused, which is told on the page."""

        def tried() -> T | MlegError:
            try:
                return act()
            except (Refused, BadInput) as error:
                return error

        answer = await self.program.change_store(tried)
        if not is_alive(self):
            return None
        if isinstance(answer, MlegError):
            self.refuse(answer)
            return None
        self.refuse(None)
        return answer

    def refuse(self, error: MlegError | None) -> None:
        """Tell an error on the page, or take it away."""
        self.query_one(Refusal).show(error)

    def leave(self, pages: int, then: PhonePage | None = None) -> None:
        """Close the uppermost pages, this one first, and perhaps open another one.

        The app does it, for a page cannot wait for its own end.
        """
        app = self.opened_in

        async def go() -> None:
            await app.close(pages)
            if then is not None:
                await app.open(then)

        app.call_next(go)

    async def _switch_network(self) -> None:
        record = self._record
        if record is None:
            return
        switch, session, number = self.services.mobywatel.set_online, self.session, self.number
        await self.program.change_store(lambda: switch(session, number, online=not record.online))

    async def _take_other_phone(self) -> None:
        if await self.may_leave():
            bar = self.phone.status_bar
            bar.phone_number = 3 - bar.phone_number
            self.opened_in.call_next(self.opened_in.restart)
