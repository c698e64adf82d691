"""Where a scene is played: the program on a fresh store, at one fixed moment."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from mleg_tui.automation import Hands, perform, see
from mleg_tui.domain.account import Account
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.errands.steps import BreakStore, HoldClass, Step
from mleg_tui.gallery.beginning import NOW, NewStore, founded
from mleg_tui.gallery.class_on_stage import hold_class
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.off_loop import CheckedStore
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.store import StoreBusy
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.options import Options

Played: TypeAlias = tuple[str, str, tuple[Step, ...]]
"""A scene: its name, who is logged in, and what happens before the picture."""


class Stage:
    """The program, services on the same store for what others do, and hands on the program.

    Simulated time stands still until a step moves it, real time until somebody sits still. With a
    ``university`` everybody studies there.
    """

    def __init__(
        self,
        new_store: NewStore,
        user: str | None,
        language: str,
        theme: str,
        data: Path | None = None,
        *,
        university: str | None = None,
        plain: bool = False,
        follow: bool = True,
    ) -> None:
        self.clock = StandingClock(NOW)
        self.store = FragileStore(founded(new_store, data, university))
        self.services = Services(self.store.sound, self.clock)
        self.language = language
        options = Options(
            language=language,
            theme=theme,
            university=university or DEFAULT_UNIVERSITY,
            follow=follow,
            frozen=True,
            plain=plain,
        )
        self.app = self.program(options, user)

    def program(self, options: Options, user: str | None = None) -> MlegTui:
        """Return a program on this stage, whose store nobody may call on the loop."""
        session = None if user is None else self.session(user)
        return MlegTui(
            Services(self.store, self.clock).guarded(),
            options,
            session,
            self.services.campus.first_sight(options.university, session),
        )

    def session(self, login: str) -> Session:
        """Return a session of an account, without its password."""
        account = self.services.store.read(lambda view: view.get(Account, login))
        return Session(account, self.clock.now())

    async def play(self, steps: Iterable[Step]) -> None:
        """Perform one step after the other. Raises ``Stuck``."""
        hands = Hands(self.app)
        for step in steps:
            if isinstance(step, BreakStore):
                self.store.broken = True
            elif isinstance(step, HoldClass):
                hold_class(self.services, empty=step.empty)
            else:
                await perform(step, hands)
            if step.sees is not None:
                see(self.app, step.sees)


class FragileStore(CheckedStore):
    """A store that can be used until a scene breaks it."""

    broken = False

    def check(self) -> None:
        """Raise ``StoreBusy`` once it is broken."""
        if self.broken:
            raise StoreBusy(path="store.json")
