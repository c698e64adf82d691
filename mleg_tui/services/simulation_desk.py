"""The simulation desk: time, switches and what comes next. Not part of the real systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nsmallest
from pathlib import Path

from mleg_tui.domain.account import LoginAttempts, Role
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.calendar import soonest, warsaw_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import IN_PROCESS, LIVE, Order
from mleg_tui.services.campus import university_of
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import NEVER, just_after, moment
from mleg_tui.services.demo_data import DemoData, load, own_directory
from mleg_tui.services.session import Authority, Session
from mleg_tui.services.store import KINDS, KeepCopy, Query, Span, Store, View, Work
from mleg_tui.services.time_desk import TimeDesk, TimeShown
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation import switches
from mleg_tui.simulation.faults import Faults, is_down
from mleg_tui.simulation.forecast import Coming, coming
from mleg_tui.simulation.switches import Machine
from mleg_tui.simulation.world import WORLD_ID, World

AHEAD = 10
"""How much of what comes is told."""
_RESET = FieldChange("reset", "", "demo_data")
"""What the audit says of all that a reset changes."""
_STAYS = (World, Event, LoginAttempts)
"""Time goes on, nobody erases the audit, and a throttle is not lifted."""


class NothingAhead(Refused):
    """No step can be taken."""

    message = N_("Nic się samo nie wydarzy.")
    advice = N_("Złóż zamówienie, włącz to, co jest wyłączone, albo przesuń czas.")


@dataclass(frozen=True, slots=True)
class Desk:
    """How the simulation is set at one moment, and what comes then. Times are simulated.

    It ``holds_until`` something of it changes by itself; ``None``: never.
    """

    now: datetime
    speed: float
    paused: bool
    down: frozenset[Machine]
    rejections_per_mille: int
    slowdown: int
    scenario: str | None
    ahead: tuple[Coming, ...]
    holds_until: datetime | None


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
        self._work = UnitOfWork(store, clock, Role.OFFICE)

    def show(self, by: Authority) -> Desk:
        """Return how everything is set, and what comes next."""
        real_now = self._clock.now()
        return self._work.look(by, lambda view, now: _desk(view, now, real_now))

    def whats_next(self, by: Authority, limit: int = AHEAD) -> tuple[Coming, ...]:
        """Return what happens next by itself, over all orders, the soonest first."""
        return self._work.look(by, lambda view, now: _ahead(view, now, limit))

    def ahead_of(self, session: Session, limit: int) -> tuple[Coming, ...]:
        """Return what happens next by itself that concerns somebody, the soonest first.

        That is a student's own orders, all of them for the office, and nothing for others.
        """
        if session.account.role is Role.OFFICE:
            return self.whats_next(session, limit)
        student, look = session.account.student, UnitOfWork(self._store, self._clock).look
        if student is None:
            return ()
        return look(session, lambda view, now: _ahead_of_one(view, student, now, limit))

    def pause(self, by: Authority) -> TimeShown:
        """Let time stand still."""
        return self._time(by).pause()

    def resume(self, by: Authority) -> TimeShown:
        """Let time run on."""
        return self._time(by).resume()

    def stop_or_go_on(self, by: Authority) -> TimeShown:
        """Let time stand still, or run on where it stands."""
        return self._time(by).stop_or_go_on()

    def faster(self, by: Authority) -> TimeShown:
        """Let time run at the next pace while this program runs, round and round."""
        return self._time(by).faster()

    def set_speed(self, by: Authority, speed: float) -> TimeShown:
        """Let time run at so many simulated seconds per real one while this program runs.

        Raises ``BadSpeed``.
        """
        return self._time(by).borrow_speed(speed)

    def forward(self, by: Authority, duration: timedelta) -> TimeShown:
        """Jump ahead by a duration. Raises ``NotForward`` or ``TooFar``."""
        return self._time(by).forward(duration)

    def forward_to(self, by: Authority, moment: datetime) -> TimeShown:
        """Jump ahead to a simulated moment. Raises ``NotForward`` or ``TooFar``."""
        return self._time(by).forward_to(moment)

    def step(self, by: Authority, student: str | None = None) -> Stepped:
        """Jump ahead to the next thing that happens, and return it with all of that moment.

        With a ``student``, to the next that happens to their orders. Raises ``NothingAhead``.
        """
        real_now = self._clock.now()

        def change(work: Work, now: datetime) -> Stepped:
            soonest = _ahead_of_one(work, student, now, 1) if student else _ahead(work, now, 1)
            if not soonest:
                raise NothingAhead
            there, world = soonest[0].at, work.get(World, WORLD_ID)
            timeline = world.timeline.forward(there - now, real_now)
            work.save(replace(world, timeline=timeline))
            return Stepped(there, _happening(work, now, there))

        stepped = self._work.act(by, change, at=real_now)
        self._work.catch_up()
        return stepped

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
        data = load(directory or own_directory(), warsaw_date(self.show(by).now))
        return self._work.act(
            by, lambda work, now: _reset(work, data, now, keep), summary=lambda _copy: _RESET
        )

    def _time(self, by: Authority) -> TimeDesk:
        return TimeDesk(self._store, self._clock, by)

    def _set(self, by: Authority, change: Callable[[Faults, datetime], Faults]) -> Desk:
        def write(work: Work, now: datetime) -> None:
            world = work.get(World, WORLD_ID)
            faults = change(world.faults, now)
            if faults != world.faults:
                work.save(replace(world, faults=faults))

        self._work.act(by, write)
        self._work.catch_up()  # what waited for the switch happens now
        return self.show(by)


def _reset(work: Work, data: DemoData, now: datetime, keep: KeepCopy | None) -> object | None:
    """Replace everything but time and audit by the demo data, within a transaction.

    Returns where ``keep`` has put what was there, ``None`` without it.
    """
    copy = None if keep is None else keep(work)
    for kind in KINDS.values():
        if not issubclass(kind, _STAYS):
            for record in work.select(kind):
                work.remove(record)
    for record in data.records():
        work.add(record)
    world = work.get(World, WORLD_ID)
    faults = switches.all_well(world.faults, now)
    work.save(replace(world, faults=faults, demo_accounts=data.demo_accounts, scenario=None))
    return copy


def _desk(view: View, now: datetime, real_now: datetime) -> Desk:
    world = view.get(World, WORLD_ID)
    faults, ahead = world.faults, _ahead(view, now, AHEAD)
    return Desk(
        now=now,
        speed=world.timeline.speed_at(real_now),
        paused=world.timeline.paused,
        down=frozenset(m for m in Machine if is_down(switches.outages_of(faults, m), now)),
        rejections_per_mille=faults.rejections_at(now),
        slowdown=faults.slowdown_at(now),
        scenario=world.scenario,
        ahead=ahead,
        holds_until=soonest((faults.holds_until(now), *(one.at for one in ahead[:1]))),
    )


def _ahead(view: View, now: datetime, limit: int) -> tuple[Coming, ...]:
    """Return so much of what comes: none of it is of an order that is not among the first."""
    by_then, later = Span(below=NEVER), Span(just_after(now), NEVER)
    either = tuple(
        {"status": status.value, "turns": by_then if status in IN_PROCESS else later}
        for status in sorted(LIVE)
    )
    orders = view.page(Query(Order, either=either, by="turns"), count=limit)
    return tuple(nsmallest(limit, _of_orders(view, orders, now), _soon))


def _ahead_of_one(view: View, student: str, now: datetime, limit: int) -> tuple[Coming, ...]:
    """Return so much of what comes to a student's orders."""
    return tuple(
        nsmallest(limit, _of_orders(view, view.select(Order, student=student), now), _soon)
    )


def _happening(view: View, now: datetime, at: datetime) -> tuple[Coming, ...]:
    """Return all that comes at one moment."""
    either = tuple({"status": status.value, "turns": moment(at)} for status in sorted(LIVE))
    orders = view.page(Query(Order, either=either))
    return tuple(one for one in _of_orders(view, orders, now) if one.at == at)


def _of_orders(view: View, orders: Iterable[Order], now: datetime) -> Iterator[Coming]:
    world = view.get(World, WORLD_ID)
    for order in orders:
        durations = university_of(view, order.university).durations
        yield from coming(order, durations, world.faults, world.seed, now)


def _soon(one: Coming) -> tuple[datetime, str]:
    return one.at, one.order
