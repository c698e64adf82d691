"""More steps of scenes: fingers on buttons and fields, and what people do behind the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from textual.dom import DOMNode
from textual.widgets import Input

from mleg_tui.domain.codes import Codes
from mleg_tui.domain.order import Order
from mleg_tui.domain.verification import Verification
from mleg_tui.gallery.stage import Stage, Step
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.phone.frame import PhonePane

Played: TypeAlias = tuple[str, str, tuple[Step, ...]]
"""A scene: its name, who is logged in, and what happens before the picture."""

INSPECTOR = "kontroler"
_MACHINES_NEED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody does something at another screen."""

    login: str
    act: Callable[[Services, Session], object]

    async def play(self, stage: Stage) -> None:
        """Let the services do it."""
        self.act(stage.services, stage.session(self.login))
        await stage.look_again()


@dataclass(frozen=True, slots=True)
class Tap:
    """The user presses one of the page's buttons, or ticks a box."""

    id: str

    async def play(self, stage: Stage) -> None:
        """Press it."""
        _page(stage).query_one(f"#{self.id}").focus()
        await settle(stage.app)
        await stage.press("enter")


@dataclass(frozen=True, slots=True)
class Fill:
    """The user types into one of the page's fields what is known, or what was read elsewhere."""

    id: str
    text: str | Callable[[Stage], str]

    async def play(self, stage: Stage) -> None:
        """Type it in place of what stood there."""
        field = _page(stage).query_one(f"#{self.id}", Input)
        field.clear()
        field.focus()
        await settle(stage.app)
        await stage.write(self.text if isinstance(self.text, str) else self.text(stage))


def install(services: Services, session: Session) -> None:
    """Have the student's document on the phone, from the order on."""
    services.ordering.place(session)
    services.time.forward(_MACHINES_NEED)
    issued = services.ordering.card(session).codes
    if issued is not None:
        token, code = issued.token, issued.distribution_pass
        services.mobywatel.add(session, 1, token, code, terms_accepted=True)


def revoke(services: Services, session: Session) -> None:
    """Have the student revoke the order in USOSweb."""
    services.ordering.revoke(session)


def codes(stage: Stage) -> Codes:
    """Return the codes of the one order that has some."""
    orders = stage.store.read(lambda view: view.select(Order))
    return next(order.codes for order in orders if order.codes)


def token(stage: Stage) -> str:
    """Return the text of the QR code."""
    return codes(stage).token


def activation_code(stage: Stage) -> str:
    """Return the activation code."""
    return codes(stage).distribution_pass


def check_code(stage: Stage) -> str:
    """Return the six digits of the one check that is open."""
    return stage.store.read(lambda view: view.select(Verification))[0].id


def _page(stage: Stage) -> DOMNode:
    """Return what the user looks at: the active pane's page, or the dialog over it."""
    screen = stage.app.screen
    if not isinstance(screen, Desk):
        return screen
    pane = screen.active
    return pane.front.page if isinstance(pane, PhonePane) else pane
