"""The steps that scenes are made of: what people do, and what happens meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.order import Actor, Command, Order, OrderStatus, transition
from mleg_tui.gallery.stage import Stage
from mleg_tui.locale import Speech
from mleg_tui.services.services import Services
from mleg_tui.services.store import Work
from mleg_tui.simulation.duration import parse_duration


@dataclass(frozen=True, slots=True)
class Give:
    """The user gives a command, named as in ``mleg_tui.ui.commands``."""

    command: str

    async def play(self, stage: Stage) -> None:
        """Give it."""
        await stage.give(self.command)


@dataclass(frozen=True, slots=True)
class Press:
    """The user presses a key for which there is no command, such as an arrow."""

    key: str

    async def play(self, stage: Stage) -> None:
        """Press it."""
        await stage.press(self.key)


@dataclass(frozen=True, slots=True)
class Write:
    """The user types a text, in the language of the scene."""

    text: MessageId

    async def play(self, stage: Stage) -> None:
        """Type it."""
        await stage.write(Speech(stage.language).gettext(self.text))


@dataclass(frozen=True, slots=True)
class LogIn:
    """The user fills the login form and submits it."""

    login: str
    password: str

    async def play(self, stage: Stage) -> None:
        """Type both, each with Enter; the login field is taken as it is after a wrong try."""
        if stage.app.focused is not None and stage.app.focused.id == "login":
            await stage.write(self.login)
            await stage.press("enter")
        await stage.write(self.password)
        await stage.press("enter")


@dataclass(frozen=True, slots=True)
class SitStill:
    """The user does nothing until the session ends."""

    async def play(self, stage: Stage) -> None:
        """Let real time pass."""
        if stage.app.session is not None:
            stage.clock.moment = stage.app.session.ends_at
        await stage.look_again()


@dataclass(frozen=True, slots=True)
class Forward:
    """Simulated time passes: ``10m``, ``31d``."""

    duration: str

    async def play(self, stage: Stage) -> None:
        """Move the timeline."""
        stage.services.time.forward(parse_duration(self.duration))
        await stage.look_again()


@dataclass(frozen=True, slots=True)
class Until:
    """Simulated time passes until the next order of the machines reaches a state."""

    status: OrderStatus

    async def play(self, stage: Stage) -> None:
        """Move the timeline from one due step to the next."""
        upcoming = stage.services.progression.next_due()
        while upcoming is not None and not self._reached(stage.services, upcoming[0].id):
            now = stage.services.time.show().now
            stage.services.time.forward(upcoming[1].at - now)
            upcoming = stage.services.progression.next_due()
        await stage.look_again()

    def _reached(self, services: Services, order: str) -> bool:
        return services.store.read(lambda view: view.get(Order, order)).status is self.status


@dataclass(frozen=True, slots=True)
class Happens:
    """Somebody else moves the newest order: a machine, the office, a phone."""

    command: Command
    by: Actor
    reason: str | None = None

    async def play(self, stage: Stage) -> None:
        """Move it through the table of transitions."""
        now = stage.services.time.show().now

        def change(work: Work) -> None:
            newest = max(work.select(Order), key=lambda order: (order.order_date, order.id))
            work.save(transition(newest, self.command, by=self.by, at=now, reason=self.reason))

        stage.store.transact(change)
        await stage.look_again()


@dataclass(frozen=True, slots=True)
class OrderedElsewhere:
    """Another student orders at another screen."""

    login: str

    async def play(self, stage: Stage) -> None:
        """Place the order, with every consent that is asked for."""
        ordering, session = stage.services.ordering, stage.session(self.login)
        consents = ordering.card(session).university.consents
        ordering.place(session, [consent.id for consent in consents])
        await stage.look_again()


@dataclass(frozen=True, slots=True)
class BreakStore:
    """From now on the store can neither be read nor written."""

    async def play(self, stage: Stage) -> None:
        """Break it."""
        stage.store.broken = True
