"""How everything that the office does begins: it is the office, and the orders are up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from mleg_tui.domain.account import Role
from mleg_tui.domain.order import NotYours
from mleg_tui.services.audit import audited
from mleg_tui.services.clock import Clock
from mleg_tui.services.progression import catch_up, catch_up_in
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.simulation.world import WORLD_ID, World

T = TypeVar("T")


class OfficeWork:
    """Reads and writes for the office. Both raise ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def look(self, session: Session, ask: Callable[[View, datetime], T]) -> T:
        """Return what ``ask`` makes of the store at the simulated present."""
        real_now = self._clock.now()
        check_office(session, real_now)
        return self._store.read(
            lambda view: ask(view, view.get(World, WORLD_ID).timeline.now(real_now))
        )

    def act(self, session: Session, act: Callable[[Work, datetime], T]) -> T:
        """Return what ``act`` does at the simulated present, in one audited transaction."""
        real_now = self._clock.now()
        check_office(session, real_now)
        session.touch(real_now)
        catch_up(self._store, real_now)  # on its own, so that the audit names the machines

        def change(work: Work) -> T:
            return act(work, catch_up_in(work, real_now))

        return self._store.transact(audited(change, by=session.login, real_now=real_now))


def check_office(session: Session, real_now: datetime) -> None:
    """Raise ``NotYours`` for who is not the office, and ``SessionExpired``."""
    session.check(real_now)
    if session.account.role is not Role.OFFICE:
        raise NotYours
