"""The machines at work: the steps that are due are written, whichever session comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mleg_tui.domain.order import Order
from mleg_tui.services.clock import Clock
from mleg_tui.services.retention import Retention
from mleg_tui.services.store import Store, View
from mleg_tui.services.time_desk import TimeDesk
from mleg_tui.services.unit_of_work import UnitOfWork, next_due, shared
from mleg_tui.simulation.progress import Step
from mleg_tui.simulation.world import WORLD_ID, World

_LONGEST_SLEEP = timedelta(minutes=1)
_TIDIES_AGAIN, _GOES_ON_TIDYING = timedelta(minutes=10), timedelta(seconds=10)


class Progression:
    """What the USOS agent and the Ministry's system have to do, and when; the feed calls for it.

    It also keeps up the speed of time that this program borrowed, and the audit within bounds.

    A step is written with the time at which it was due, so it makes no difference who writes it,
    or whether the program was off meanwhile.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._work = UnitOfWork(store, clock)
        self._time = TimeDesk(store, clock)
        self._retention = Retention(store, clock)
        self._tidies_at = datetime.min.replace(tzinfo=UTC)

    def catch_up(self) -> bool:
        """Do all that is due, in one transaction; tell whether there was anything."""
        self._time.renew_speed()
        return self._work.catch_up()

    def tidy_up(self) -> None:
        """Let go of some of the audit that is too old, where it is time to look for it again."""
        real_now = self._clock.now()
        if real_now >= self._tidies_at:
            self._tidies_at = real_now + _TIDIES_AGAIN  # also if it fails
            if self._retention.prune():
                self._tidies_at = real_now + _GOES_ON_TIDYING

    def next_due(self) -> tuple[Order, Step] | None:
        """Return the order that the machines move next, and its step; ``None`` if none waits."""
        return self._store.read(next_due)

    def real_wait(self) -> timedelta:
        """Return how long to sleep until something is due, a minute at most."""
        real_now = self._clock.now()

        def ask(view: View) -> timedelta:
            timeline = view.get(World, WORLD_ID).timeline
            waits = [timeline.real_wait(moment, real_now) for moment in _next_moments(view)]
            waits.append(self._time.wait_to_renew(timeline, real_now))
            if self._tidies_at > real_now:
                waits.append(self._tidies_at - real_now)
            return min((wait for wait in waits if wait is not None), default=_LONGEST_SLEEP)

        return min(self._store.read(ask), _LONGEST_SLEEP)


def _next_moments(view: View) -> list[datetime]:
    """Return when the next order moves, and when what is shared next is to go."""
    upcoming = next_due(view)
    steps = [upcoming[1].at] if upcoming else []
    return steps + [check.ends_at for check in view.page(shared(), count=1)]
