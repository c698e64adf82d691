"""The phone in a test's hands: what is on it, and fingers for its buttons and fields."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.widgets import Input, Static

from mleg_tui.domain.codes import Codes
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.errands.steps import Give, PhoneSet, WaitFor
from mleg_tui.services import app_lock
from mleg_tui.services.session import Session
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.phone.app import PhonePage
from mleg_tui.ui.phone.frame import PhonePane
from tests.ui.pilot import Play, playing

PASSWORD = "Mocne-haslo1"


@dataclass(frozen=True, slots=True)
class Hand:
    """A play whose phone is in hand."""

    play: Play

    @property
    def session(self) -> Session:
        session = self.play.app.session
        assert session is not None
        return session

    @property
    def page(self) -> PhonePage:
        return self.play.app.screen.query_one(PhonePane).front.page

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def text(self) -> str:
        return self.play.text

    @property
    def codes(self) -> Codes:
        codes = self.play.services.ordering.card(self.session).codes
        assert codes is not None
        return codes

    @property
    def shown(self) -> str:
        """Return all that the page says, also what is scrolled away."""
        seen = (w for w in self.page.query(Static) if w.display)
        return "\n".join(str(widget.content) for widget in seen)

    def phone(self, number: int = 1) -> Phone:
        return self.play.services.mobywatel.phone(self.session, number)

    async def tap(self, button: str) -> None:
        """Press one of the page's buttons, however shortly after the last time."""
        widget = self.page.query_one(f"#{button}")
        assert all(node.display for node in widget.ancestors_with_self), f"{button} is not there"
        widget.remove_class("-active")
        widget.focus()
        await self.play.press("enter")

    async def fill(self, field: str, text: str) -> None:
        """Type a text into one of the page's fields, in place of what stood there."""
        self.page.query_one(f"#{field}", Input).value = ""
        self.page.query_one(f"#{field}", Input).focus()
        await settle(self.play.app)
        await self.play.write(text)

    async def set_up(self) -> None:
        """Give the app its password and log in; install it first where it is not there."""
        if self.page.query_one("#store").display:
            await self.tap("install")
        await self.fill("new", PASSWORD)
        await self.fill("repeated", PASSWORD)
        await self.tap("set")

    async def to_token(self, *, camera: bool = True) -> None:
        """Go from the documents to the token."""
        await self.play.press("d")
        await self.tap("student-card")
        await self.tap("terms")
        await self.tap("next")
        await self.tap("grant" if camera else "refuse")

    async def install(self) -> None:
        """Go from the documents to the new document."""
        await self.to_token(camera=False)
        await self.fill("token-typed", self.codes.token)
        await self.tap("next")
        await self.fill("code-typed", self.codes.distribution_pass)
        await self.tap("activate")


@asynccontextmanager
async def in_hand(
    *,
    ready: bool = True,
    installed: bool = True,
    size: tuple[int, int] = (80, 24),
    language: str = "pl",
) -> AsyncIterator[Hand]:
    """Have anna.nowak take her phone, with mObywatel open."""
    ordered = (Give("usosweb.mlegitymacja"), Give("mlegitymacja.order"), WaitFor(OrderStatus.READY))
    fetched = (PhoneSet(installed=True),)
    steps = (*(fetched if installed else ()), *(ordered if ready else ()), Give("desk.phone"))
    async with playing("anna.nowak", *steps, size=size, language=language) as play:
        yield Hand(play)


def quick_passwords(monkeypatch: Any) -> None:
    """Spare the tests the hashes."""
    monkeypatch.setattr(app_lock, "hash_password", lambda password: f"hash of {password}")
    monkeypatch.setattr(app_lock, "is_right", lambda hash_, typed: hash_ == f"hash of {typed}")
