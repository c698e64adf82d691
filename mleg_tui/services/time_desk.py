"""The hands on the simulated clock. All sessions on one store share what is set here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import utc
from mleg_tui.domain.order import Order
from mleg_tui.services.clock import Clock
from mleg_tui.services.progression import Progression
from mleg_tui.services.session import Administrator, Authority
from mleg_tui.services.store import Store, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.progress import Step
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World


@dataclass(frozen=True, slots=True)
class TimeShown:
    """The simulated clock at one real moment, and what the machines do next."""

    now: datetime
    speed: float
    paused: bool
    upcoming: tuple[Order, Step] | None


class TimeDesk:
    """Reads and sets the timeline. Who may open the store may use it (the administrator).

    ``by`` is on whose word it is set.
    """

    def __init__(self, store: Store, clock: Clock, by: Authority | None = None) -> None:
        self._store = store
        self._clock = clock
        self._by = by or Administrator()
        self._work = UnitOfWork(store, clock, Role.OFFICE)
        self._progression = Progression(store, clock)

    def show(self) -> TimeShown:
        """Return the simulated time, how it runs, and what comes next."""
        timeline = self.timeline()
        return TimeShown(
            now=timeline.now(self._clock.now()),
            speed=timeline.speed,
            paused=timeline.paused,
            upcoming=self._progression.next_due(),
        )

    def timeline(self) -> Timeline:
        """Return the timeline, from which the present can be told without asking again."""
        return self._store.read(lambda view: view.get(World, WORLD_ID).timeline)

    def set_speed(self, speed: float) -> TimeShown:
        """Run at so many simulated seconds per real one. Raises ``BadSpeed``."""
        return self._set(lambda timeline, now: timeline.at_speed(speed, now))

    def pause(self) -> TimeShown:
        """Stand still."""
        return self._set(lambda timeline, now: timeline.pause(now))

    def resume(self) -> TimeShown:
        """Run on."""
        return self._set(lambda timeline, now: timeline.resume(now))

    def forward(self, duration: timedelta) -> TimeShown:
        """Jump ahead and let everything happen that was due meanwhile.

        Raises ``NotForward`` or ``TooFar``.
        """
        return self._set(lambda timeline, now: timeline.forward(duration, now))

    def forward_to(self, moment: datetime) -> TimeShown:
        """Jump ahead to a simulated moment. Raises ``NotForward`` or ``TooFar``."""
        return self._set(
            lambda timeline, now: timeline.forward(utc(moment) - timeline.now(now), now)
        )

    def _set(self, move: Callable[[Timeline, datetime], Timeline]) -> TimeShown:
        real_now = self._clock.now()

        def change(work: Work, _now: datetime) -> None:
            world = work.get(World, WORLD_ID)
            moved = move(world.timeline, real_now)
            if moved != world.timeline:
                work.save(replace(world, timeline=moved))

        self._work.act(self._by, change, at=real_now)
        self._work.catch_up()
        return self.show()
