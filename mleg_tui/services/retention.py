"""How long the audit is kept, in days of real time, and letting go of what is older."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.audit import Event
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import Query, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.world import WORLD_ID, World

BATCH = 500
"""Events that go in one transaction: nobody waits for it, and a log of changes names them all."""

_OLDEST_FIRST = Query(Event)
"""The id of an event begins with the real moment."""


@dataclass(frozen=True, slots=True)
class AuditKept:
    """For how many days events are kept (``None``: for ever), how many there are, since when."""

    days: int | None
    events: int
    oldest: datetime | None


class Retention:
    """Reads and sets how long the audit is kept. Who may open the store may (the administrator)."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._work = UnitOfWork(store, clock)

    def show(self) -> AuditKept:
        """Return how long the audit is kept, and what there is of it."""

        def ask(view: View) -> AuditKept:
            first = view.page(_OLDEST_FIRST, count=1)
            return AuditKept(
                days=view.get(World, WORLD_ID).audit_days,
                events=view.count(_OLDEST_FIRST),
                oldest=first[0].real_at if first else None,
            )

        return self._store.read(ask)

    def lost_before(self, days: int | None) -> datetime | None:
        """Return before which real moment events would go that stay now; ``None`` if none would."""
        kept, before = self.show(), self._goes_before(days)
        now = self._goes_before(kept.days)
        if before is None or kept.oldest is None or (now is not None and before <= now):
            return None
        return before if kept.oldest < before else None

    def keep(self, by: Administrator, days: int | None) -> AuditKept:
        """Keep events so many days, ``None`` for ever. Raises ``BadAuditDays``."""

        def change(work: Work, _now: datetime) -> None:
            world = work.get(World, WORLD_ID)
            if world.audit_days != days:
                work.save(replace(world, audit_days=days))

        self._work.act(by, change)
        return self.show()

    def prune(self) -> bool:
        """Let go of a batch of what is too old; tell whether there may be more.

        The audit has no event of that.
        """
        old = self._store.read(self._old)
        if old:
            self._store.transact(lambda work: _remove(work, old))
        return len(old) == BATCH

    def _goes_before(self, days: int | None) -> datetime | None:
        return None if days is None else self._clock.now() - timedelta(days=days)

    def _old(self, view: View) -> tuple[str, ...]:
        before = self._goes_before(view.get(World, WORLD_ID).audit_days)
        first = view.page(_OLDEST_FIRST, count=1)
        if before is None or not first or first[0].real_at >= before:
            return ()
        oldest = view.page(_OLDEST_FIRST, count=BATCH)
        return tuple(event.id for event in oldest if event.real_at < before)


def _remove(work: Work, ids: tuple[str, ...]) -> None:
    for event in work.many(Event, ids).values():  # another program may have been here
        work.remove(event)
