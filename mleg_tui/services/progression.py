"""The machines at work: due steps are written down, whoever wakes first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.university import Durations, University
from mleg_tui.services.audit import MACHINES, audited
from mleg_tui.services.clock import Clock
from mleg_tui.services.store import Store, View, Work
from mleg_tui.simulation.progress import Step, due_steps, next_step, take
from mleg_tui.simulation.world import WORLD_ID, World

_LONGEST_SLEEP = timedelta(minutes=1)


class Progression:
    """Persists the steps of the USOS agent and of the Ministry's system.

    A step is written with the time at which it was due, so it makes no difference who writes it,
    or whether the program was off meanwhile.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._changed = asyncio.Event()

    def catch_up(self) -> bool:
        """Write all steps that are due, in one transaction; tell whether there were any."""
        return catch_up(self._store, self._clock.now())

    def next_due(self) -> tuple[Order, Step] | None:
        """Return the order that the machines move next, and its step; ``None`` if none waits."""
        return self._store.read(_next_due)

    def real_wait(self) -> timedelta:
        """Return how long to sleep until the next step is due, a minute at most."""
        real_now = self._clock.now()

        def ask(view: View) -> timedelta:
            upcoming = _next_due(view)
            if upcoming is None:
                return _LONGEST_SLEEP
            wait = view.get(World, WORLD_ID).timeline.real_wait(upcoming[1].at, real_now)
            return _LONGEST_SLEEP if wait is None else min(wait, _LONGEST_SLEEP)

        return self._store.read(ask)

    def poke(self) -> None:
        """Tell the loop that the store changed, so that it looks again."""
        self._changed.set()

    async def run(self) -> None:
        """Write steps as they become due, until cancelled. Sleeps in between."""
        while True:
            self._changed.clear()
            await asyncio.to_thread(self.catch_up)
            wait = await asyncio.to_thread(self.real_wait)
            try:
                await asyncio.wait_for(self._changed.wait(), max(wait.total_seconds(), 0.01))
            except TimeoutError:
                continue


def catch_up(store: Store, real_now: datetime) -> bool:
    """Write all steps that are due by a real moment; tell whether there were any."""
    if not store.read(lambda view: _any_due(view, real_now)):
        return False
    store.transact(
        audited(lambda work: catch_up_in(work, real_now), by=MACHINES, real_now=real_now)
    )
    return True


def catch_up_in(work: Work, real_now: datetime) -> datetime:
    """Bring every order up to the present within a transaction; return the simulated present.

    Whoever decides about an order calls this first, so that they decide on what is.
    """
    world = work.get(World, WORLD_ID)
    now = world.timeline.now(real_now)
    for order, durations in _in_process(work):
        moved = order
        for step in due_steps(order, durations, world.faults, world.seed, now):
            moved = take(moved, step, durations, world.seed)
        if moved is not order:
            work.save(moved)
    return now


def _any_due(view: View, real_now: datetime) -> bool:
    world = view.get(World, WORLD_ID)
    now = world.timeline.now(real_now)
    return any(
        due_steps(order, durations, world.faults, world.seed, now)
        for order, durations in _in_process(view)
    )


def _next_due(view: View) -> tuple[Order, Step] | None:
    world = view.get(World, WORLD_ID)
    upcoming = (
        (order, step)
        for order, durations in _in_process(view)
        if (step := next_step(order, durations, world.faults, world.seed)) is not None
    )
    return min(upcoming, key=lambda pair: (pair[1].at, pair[0].id), default=None)


def _in_process(view: View) -> Iterator[tuple[Order, Durations]]:
    for status in (OrderStatus.PENDING, OrderStatus.IN_PROGRESS):
        for order in view.select(Order, status=status.value):
            yield order, view.get(University, order.university).durations
