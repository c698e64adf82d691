"""The simulation desk: time, switches and what comes next. Not part of the real systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nsmallest
from pathlib import Path
from typing import TypeVar

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.university import University
from mleg_tui.services.administrator import Authority, check_authority
from mleg_tui.services.audit import audited
from mleg_tui.services.clock import Clock
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.progression import catch_up, catch_up_in
from mleg_tui.services.reset import reset
from mleg_tui.services.store import KeepCopy, Store, View, Work
from mleg_tui.services.time_desk import TimeDesk, TimeShown
from mleg_tui.simulation import switches
from mleg_tui.simulation.faults import Faults, is_down
from mleg_tui.simulation.forecast import Coming, coming
from mleg_tui.simulation.switches import Machine
from mleg_tui.simulation.world import WORLD_ID, World

T = TypeVar("T")
_MOVING = (OrderStatus.PENDING, OrderStatus.IN_PROGRESS, OrderStatus.READY, OrderStatus.COLLECTED)


class NothingAhead(Refused):
    """No step can be taken."""

    message = N_("Nic się samo nie wydarzy.")
    advice = N_("Złóż zamówienie, włącz to, co jest wyłączone, albo przesuń czas.")


@dataclass(frozen=True, slots=True)
class Desk:
    """How the simulation is set at one moment. ``now`` is simulated."""

    now: datetime
    speed: float
    paused: bool
    down: frozenset[Machine]
    rejections_per_mille: int
    slowdown: int
    scenario: str | None


@dataclass(frozen=True, slots=True)
class Stepped:
    """Where a step led, and what happened then."""

    now: datetime
    happened: tuple[Coming, ...]


class SimulationDesk:
    """Steers the simulation. Each method raises ``NotYours`` for who has no authority."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def show(self, by: Authority) -> Desk:
        """Return how everything is set."""
        return self._look(by, _desk)

    def whats_next(self, by: Authority, limit: int = 10) -> tuple[Coming, ...]:
        """Return what happens next by itself, over all orders, the soonest first."""
        return self._look(by, lambda view, now: tuple(nsmallest(limit, _ahead(view, now), _soon)))

    def pause(self, by: Authority) -> TimeShown:
        """Let time stand still."""
        return self._time(by).pause()

    def resume(self, by: Authority) -> TimeShown:
        """Let time run on."""
        return self._time(by).resume()

    def set_speed(self, by: Authority, speed: float) -> TimeShown:
        """Let time run at so many simulated seconds per real one. Raises ``BadSpeed``."""
        return self._time(by).set_speed(speed)

    def forward(self, by: Authority, duration: timedelta) -> TimeShown:
        """Jump ahead by a duration. Raises ``NotForward`` or ``TooFar``."""
        return self._time(by).forward(duration)

    def forward_to(self, by: Authority, moment: datetime) -> TimeShown:
        """Jump ahead to a simulated moment. Raises ``NotForward`` or ``TooFar``."""
        return self._time(by).forward_to(moment)

    def step(self, by: Authority) -> Stepped:
        """Jump ahead to the next thing that happens, and return it with all of that moment.

        Raises ``NothingAhead``.
        """
        real_now, _login = self._acting(by)
        catch_up(self._store, real_now)
        ahead = self._look(by, lambda view, now: tuple(_ahead(view, now)))
        if not ahead:
            raise NothingAhead
        moment = min(ahead, key=_soon).at
        now = self._time(by).forward_to(moment).now
        happened = (one for one in ahead if one.at <= now)
        return Stepped(now, tuple(sorted(happened, key=_soon)))

    def switch(self, by: Authority, machine: Machine, *, down: bool) -> Desk:
        """Switch a system off or on, from now on."""
        return self._set(by, lambda faults, now: switches.switched(faults, machine, now, down=down))

    def set_rejections(self, by: Authority, number: int) -> Desk:
        """Let the Ministry's system reject so many of a thousand. Raises ``BadRejections``."""
        return self._set(by, lambda faults, now: switches.with_rejections(faults, number, now))

    def set_slowdown(self, by: Authority, times: int) -> Desk:
        """Let the machines take so many times as long. Raises ``BadSlowdown``."""
        return self._set(by, lambda faults, now: switches.with_slowdown(faults, times, now))

    def reset(
        self, by: Authority, directory: Path | None = None, keep: KeepCopy | None = None
    ) -> object | None:
        """Return to the demo data; return where ``keep`` has put a copy, ``None`` without it."""
        real_now, login = self._acting(by)
        data = directory or own_directory()
        return reset(self._store, data, by=login, real_now=real_now, keep=keep)

    def _time(self, by: Authority) -> TimeDesk:
        return TimeDesk(self._store, self._clock, by=self._acting(by)[1])

    def _set(self, by: Authority, change: Callable[[Faults, datetime], Faults]) -> Desk:
        real_now, login = self._acting(by)
        catch_up(self._store, real_now)  # on its own, so that the audit names the machines

        def write(work: Work) -> None:
            now = catch_up_in(work, real_now)  # what was due was due under the old setting
            world = work.get(World, WORLD_ID)
            faults = change(world.faults, now)
            if faults != world.faults:
                work.save(replace(world, faults=faults))

        self._store.transact(audited(write, by=login, real_now=real_now))
        catch_up(self._store, real_now)  # what waited for the switch happens now
        return self._look(by, _desk)

    def _look(self, by: Authority, ask: Callable[[View, datetime], T]) -> T:
        real_now = self._clock.now()
        check_authority(by, real_now)
        return self._store.read(
            lambda view: ask(view, view.get(World, WORLD_ID).timeline.now(real_now))
        )

    def _acting(self, by: Authority) -> tuple[datetime, str]:
        real_now = self._clock.now()
        return real_now, check_authority(by, real_now, acting=True)


def _desk(view: View, now: datetime) -> Desk:
    world = view.get(World, WORLD_ID)
    faults = world.faults
    return Desk(
        now=now,
        speed=world.timeline.speed,
        paused=world.timeline.paused,
        down=frozenset(m for m in Machine if is_down(switches.outages_of(faults, m), now)),
        rejections_per_mille=faults.rejections_at(now),
        slowdown=faults.slowdown_at(now),
        scenario=world.scenario,
    )


def _ahead(view: View, now: datetime) -> Iterator[Coming]:
    world = view.get(World, WORLD_ID)
    for status in _MOVING:
        for order in view.select(Order, status=status.value):
            durations = view.get(University, order.university).durations
            yield from coming(order, durations, world.faults, world.seed, now)


def _soon(one: Coming) -> tuple[datetime, str]:
    return one.at, one.order
