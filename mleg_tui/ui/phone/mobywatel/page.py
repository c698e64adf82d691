"""What the pages of mObywatel have in common: the phone, and refusals told on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from mleg_tui.domain.errors import BadInput, MlegError, Refused
from mleg_tui.domain.phone import Phone
from mleg_tui.locale import advice_of, message_of
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.phone.app import PhonePage
from mleg_tui.ui.widgets.answer import Answer

P = ParamSpec("P")
T = TypeVar("T")


class Refusal(Answer):
    """What went wrong and what to do about it, where it happened; nothing while all is well."""

    def __init__(self) -> None:
        super().__init__()
        self._come = False

    def on_mount(self) -> None:
        """Watch for the layout in which the words have their place."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def show(self, error: MlegError | None) -> None:
        """Tell an error, or nothing; the page scrolls to it."""
        self._come = error is not None
        if error is None:
            self.clear()
        else:
            self.refused(lambda: f"{message_of(error)}\n→ {advice_of(error)}")

    def _laid_out(self, _screen: Screen[object]) -> None:
        if self._come and self.size.height:
            self._come = False
            self.scroll_visible(animate=False, immediate=True)


class MobywatelPage(PhonePage):
    """A page of the app. It knows the phone as the store has it."""

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
        return self.phone.number

    async def load(self) -> None:
        """Read the phone and show it, unless the page is not there yet or was closed meanwhile."""
        if not is_alive(self):
            return
        record = await self.phone.read()
        if record is not None and is_alive(self):
            self._record = record
            now, document = self.program.moment, record.document
            self.holds_until = document.holds_until(now) if document and now else None
            self.say()
            self.phone.desk.refresh_keys()

    async def attempt(
        self, act: Callable[Concatenate[Session, int, P], T], *given: P.args, **named: P.kwargs
    ) -> T | None:
        """Return what a service did on the phone; ``None`` where it refused, which is told here."""
        session, number = self.session, self.number

        def tried() -> T | MlegError:
            try:
                return act(session, number, *given, **named)
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
