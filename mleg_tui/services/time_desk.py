"""Setting the simulated clock, which all sessions on one store share."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import Event
from mleg_tui.domain.calendar import shown, utc
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import moment
from mleg_tui.services.session import Administrator, Authority
from mleg_tui.services.store import Query, Span, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork, next_due
from mleg_tui.simulation.progress import Step
from mleg_tui.simulation.timeline import Lease, Timeline
from mleg_tui.simulation.typed import shown_duration
from mleg_tui.simulation.world import WORLD_ID, World

PROGRAM = f"{os.getpid()}-{secrets.token_hex(4)}"
"""What names this process among all that use a store."""
LEASE, RENEWED_AFTER = timedelta(seconds=90), timedelta(seconds=30)
"""For how long a program borrows a speed, and when it does so again."""
PACES = (1.0, 60.0, 600.0, 3600.0)
"""Simulated seconds per real one, from one press of "faster" to the next, round and round."""
_AWAY, _MUCH = timedelta(hours=1), timedelta(days=1)


class SpeedEnded(MlegError):
    """A program that asked for a speed is gone, and the speed with it."""

    message = N_("Tempo ×{speed} skończyło się z programem, który o nie prosił ({at}).")
    advice = N_("Czas płynie dalej w tempie ×{lasting}. Inne ustala na stałe mleg-tui time speed.")


class MuchTimePassed(MlegError):
    """Simulated time ran fast while nobody did anything."""

    message = N_("Od ostatniej zmiany minęło {simulated} czasu symulacji, a naprawdę {real}.")
    advice = N_("Tempo ×{speed} zostaje, także gdy nic nie działa. Zmienia je mleg-tui time speed.")


@dataclass(frozen=True, slots=True)
class TimeShown:
    """The simulated clock at one real moment, and what the machines do next.

    ``lasting_speed`` is the one that stays when no program asks for another.
    """

    now: datetime
    speed: float
    lasting_speed: float
    paused: bool
    upcoming: tuple[Order, Step] | None


class TimeDesk:
    """Reads and sets the timeline. Who may open the store may use it (the administrator).

    ``by`` is on whose word it is set, ``program`` what borrows a speed.
    """

    def __init__(
        self, store: Store, clock: Clock, by: Authority | None = None, program: str = PROGRAM
    ) -> None:
        self._store = store
        self._clock = clock
        self._by = by or Administrator()
        self._program = program
        self._work = UnitOfWork(store, clock, Role.OFFICE)

    def show(self) -> TimeShown:
        """Return the simulated time, how it runs, and what comes next."""
        real_now = self._clock.now()

        def ask(view: View) -> TimeShown:
            timeline = view.get(World, WORLD_ID).timeline
            return TimeShown(
                now=timeline.now(real_now),
                speed=timeline.speed_at(real_now),
                lasting_speed=timeline.speed,
                paused=timeline.paused,
                upcoming=next_due(view),
            )

        return self._store.read(ask)

    def timeline(self) -> Timeline:
        """Return the timeline, from which the present can be told without asking again."""
        return self._store.read(lambda view: view.get(World, WORLD_ID).timeline)

    def set_speed(self, speed: float) -> TimeShown:
        """Run at so many simulated seconds per real one, for good. Raises ``BadSpeed``."""
        return self._set(lambda timeline, now: timeline.at_speed(speed, now))

    def borrow_speed(self, speed: float) -> TimeShown:
        """Run at so many simulated seconds per real one while this program runs.

        It has to be renewed in time, and ends otherwise. Raises ``BadSpeed``.
        """
        return self._set(
            lambda timeline, now: timeline.leased(Lease(self._program, speed, now + LEASE), now)
        )

    def renew_speed(self) -> None:
        """Put off the end of the speed that this program borrowed, where it is time to."""
        real_now = self._clock.now()
        if self.wait_to_renew(self.timeline(), real_now) == timedelta(0):
            self._move(
                lambda timeline, now: timeline.renewed(self._program, now + LEASE, now), real_now
            )

    def wait_to_renew(self, timeline: Timeline, real_now: datetime) -> timedelta | None:
        """Return after how much real time to renew the speed; ``None`` if none is borrowed."""
        for lease in timeline.leases:
            if lease.program == self._program and lease.until > real_now:
                return max(timedelta(0), lease.until - (LEASE - RENEWED_AFTER) - real_now)
        return None

    def give_speed_back(self) -> None:
        """Run on without what this program borrowed."""
        if any(lease.program == self._program for lease in self.timeline().leases):
            self._move(
                lambda timeline, now: timeline.given_back(self._program, now), self._clock.now()
            )

    def pause(self) -> TimeShown:
        """Stand still."""
        return self._set(lambda timeline, now: timeline.pause(now))

    def resume(self) -> TimeShown:
        """Run on."""
        return self._set(lambda timeline, now: timeline.resume(now))

    def stop_or_go_on(self) -> TimeShown:
        """Stand still, or run on where time stands."""
        return self._set(
            lambda timeline, now: timeline.resume(now) if timeline.paused else timeline.pause(now)
        )

    def faster(self) -> TimeShown:
        """Run at the next of the ``PACES`` while this program runs; also where time stood."""

        def move(timeline: Timeline, now: datetime) -> Timeline:
            speed = timeline.speed_at(now)
            pace = next((pace for pace in PACES if pace > speed), PACES[0])
            return timeline.leased(Lease(self._program, pace, now + LEASE), now).resume(now)

        return self._set(move)

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

    def news(self, since: datetime) -> tuple[MlegError, ...]:
        """Return what somebody has to know about the time who came back at a real moment.

        That a borrowed speed has ended, or that very much time has passed, since anybody changed
        anything.
        """
        return self._store.read(lambda view: tuple(_news(view, utc(since))))

    def _set(self, move: Callable[[Timeline, datetime], Timeline]) -> TimeShown:
        self._move(move, self._clock.now())
        self._work.catch_up()
        return self.show()

    def _move(self, move: Callable[[Timeline, datetime], Timeline], real_now: datetime) -> None:
        def change(work: Work, _now: datetime) -> None:
            world = work.get(World, WORLD_ID)
            moved = move(world.timeline, real_now)
            if moved != world.timeline:
                work.save(replace(world, timeline=moved))

        self._work.act(self._by, change, at=real_now)


def speed_ended(timeline: Timeline) -> SpeedEnded:
    """Return what is to be said of a borrowed speed that has ended by itself."""
    return SpeedEnded(
        speed=f"{timeline.leased_speed:g}",
        at=shown(timeline.leased_until),
        lasting=f"{timeline.speed:g}",
    )


def _news(view: View, real_now: datetime) -> Iterator[MlegError]:
    timeline = view.get(World, WORLD_ID).timeline
    now = timeline.now(real_now)
    if timeline.paused or (timeline.speed <= 1 and not timeline.leases):
        return  # time does not run ahead by itself
    earlier = Query(Event, either=({"at": Span(below=moment(now))},), by="at", descending=True)
    last = [(event.real_at, event.at) for event in view.page(earlier, count=1)]
    if timeline.real < real_now:  # it was not set by who comes back
        last.append((timeline.real, timeline.anchor))
    if not last:
        return
    last_real, last_at = max(last)
    if timeline.leases and last_real < timeline.leased_until <= real_now:
        yield speed_ended(timeline)
    simulated, real = now - last_at, real_now - last_real
    if real >= _AWAY and simulated - real >= _MUCH:
        yield MuchTimePassed(
            simulated=shown_duration(simulated),
            real=shown_duration(real),
            speed=f"{timeline.speed:g}",
        )
