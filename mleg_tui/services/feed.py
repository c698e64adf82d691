"""How a change reaches who shows it: one feed in a process, whatever the number of sessions.

Its thread asks the store what was committed, by whichever process, and lets the machines take
their steps when they are due. Who shows something of the store subscribes to it, and is called on
the event loop when that has changed, or when it turns by time alone.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import Context, copy_context
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from mleg_tui.domain.errors import Refused, StoreUnusable
from mleg_tui.services.clock import Clock
from mleg_tui.services.off_loop import Threads
from mleg_tui.services.store import Change, Store
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World

if TYPE_CHECKING:
    from mleg_tui.services.progression import Progression

LOOK_FOR_CHANGES = timedelta(milliseconds=100)
"""How often other processes' changes are looked for where nobody tells of them."""
_LOOK_IN_ANY_CASE = timedelta(seconds=5)
_MORE_LOOKS = 5
"""So often it is looked again after a word of changes that were not there yet: a file is written
before the disk has it, and only then does the transaction count."""
FRAME = timedelta(milliseconds=20)
"""Changes that come within it are told together."""
_RETRY = timedelta(seconds=1)

_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_NOTHING: frozenset[Change] = frozenset()

Topic = tuple[str, str]


def _nobody() -> None:
    """Take no notice."""


class Interest(NamedTuple):
    """What somebody wants to be told of: all that concerns some owners, and whole tables."""

    owners: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset({"worlds"})

    @classmethod
    def of(cls, *tables: str, owner: str | None = None) -> Interest:
        """Return the interest in an owner and in tables; in time and outages has everybody one."""
        owners = frozenset() if owner is None else frozenset({owner})
        return cls(owners, frozenset({"worlds", *tables}))

    @classmethod
    def union(cls, interests: Iterable[Interest]) -> Interest:
        """Return the interest in all that others are in."""
        owners, tables = set[str](), set[str]()
        for interest in interests:
            owners |= interest.owners
            tables |= interest.tables
        return cls(frozenset(owners), frozenset(tables))

    @property
    def topics(self) -> Iterable[Topic]:
        """What a change may be about for it to be of interest."""
        yield from (("owner", owner) for owner in self.owners)
        yield from (("table", table) for table in self.tables)


class Subscription:
    """Calls somebody back, on the loop and in the context of whoever made it, until it ends."""

    def __init__(self, feed: Feed, interest: Interest, call: Callable[[], object]) -> None:
        self._feed = feed
        self._call = call
        self._context = copy_context()
        self._holds_until: datetime | None = None
        self.interest = interest

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which what was read turns by time alone, if it does."""
        return self._holds_until

    @holds_until.setter
    def holds_until(self, moment: datetime | None) -> None:
        self._holds_until = moment
        if moment is not None:
            self._feed.note_moment(moment, self)

    def end(self) -> None:
        """Call nobody back any more, and let go of them: the feed may know a moment for weeks."""
        self._holds_until = None
        self._feed.forget(self)
        self._call, self._context = _nobody, Context()

    def wake(self) -> None:
        """Call back."""
        self._context.run(self._call)


class Feed:
    """Tells of changes, and takes the machines' steps as they become due, from ``start`` on.

    Where it was not started, both happen when somebody asks for it with ``look_now``.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._subscriptions: defaultdict[Topic, set[Subscription]] = defaultdict(set)
        self._failure_calls: set[Callable[[StoreUnusable], object]] = set()
        self._known = ""
        self._timeline: Timeline | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due = _AT_ONCE
        self._moments: list[tuple[datetime, int, Subscription]] = []
        self._numbers = count()
        self._poked = threading.Event()
        self._waiting: list[asyncio.Future[None]] = []
        self._guard = threading.Lock()

    @cached_property
    def _progression(self) -> Progression:
        from mleg_tui.services.progression import Progression

        return Progression(self._store, self._clock)

    @property
    def timeline(self) -> Timeline | None:
        """How time runs, as far as was told."""
        return self._timeline

    def subscribe(self, interest: Interest, call: Callable[[], object]) -> Subscription:
        """Call back on this loop whenever something of interest has changed."""
        subscription = Subscription(self, interest, call)
        for topic in interest.topics:
            self._subscriptions[topic].add(subscription)
        return subscription

    def forget(self, subscription: Subscription) -> None:
        """Call a subscription back no more."""
        for topic in subscription.interest.topics:
            self._subscriptions[topic].discard(subscription)
            if not self._subscriptions[topic]:
                del self._subscriptions[topic]

    def on_failure(self, call: Callable[[StoreUnusable], object]) -> Callable[[], None]:
        """Call back when the store can no longer be used; return what ends that."""
        context = copy_context()

        def told(error: StoreUnusable) -> None:
            context.run(call, error)

        self._failure_calls.add(told)
        return partial(self._failure_calls.discard, told)

    def start(self) -> bool:
        """Begin to look, in a thread of its own, and to tell on this loop.

        Returns whether it had not begun before.
        """
        if self._loop is not None:
            return False
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._run, args=(self._loop,), name="feed", daemon=True).start()
        return True

    def stop(self) -> None:
        """Look no more. A store that hangs is not waited for."""
        self._loop = None
        self._poked.set()

    async def look_now(self) -> None:
        """Return when everything that was committed before this call has been told.

        Raises ``StoreUnusable`` where the feed was not started; else ``on_failure`` tells.
        """
        if self._loop is None:
            self._due = _AT_ONCE
            self._tell(await Threads("feed", 1).run(self._take_steps_and_look))
            self._wake_due()
            return
        told = self._loop.create_future()
        with self._guard:
            self._waiting.append(told)
        self._poked.set()
        await told

    def note_moment(self, moment: datetime, subscription: Subscription) -> None:
        """Wake a subscription at a simulated moment, if it still waits for that one then."""
        is_next = not self._moments or moment < self._moments[0][0]
        heappush(self._moments, (moment, next(self._numbers), subscription))
        if is_next:
            self._poked.set()  # it is waiting for a later one

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look, and rest until somebody pokes or something is due."""
        failed, more_looks = False, 0
        end_watch = self._store.watch(self._poked.set)
        patience = LOOK_FOR_CHANGES if end_watch is None else _LOOK_IN_ANY_CASE
        while self._loop is loop:
            began = time.monotonic()
            more_looks = _MORE_LOOKS if self._poked.is_set() else more_looks - 1
            self._poked.clear()
            waiting = self._take_waiting()
            try:
                news = self._take_steps_and_look()
                if news.changes != _NOTHING or news.timeline != self._timeline:
                    _on(loop, self._tell, news)
                failed = False
            except (StoreUnusable, Refused) as error:
                if not failed and isinstance(error, StoreUnusable):
                    _on(loop, self._tell_failure, error)
                failed = True  # or the world of a seat that was taken, which is about to be left
            if self._turns():
                _on(loop, self._wake_due)
            if waiting:
                _on(loop, _answer, waiting)
            soon = LOOK_FOR_CHANGES if more_looks > 0 else patience
            self._rest(began, _RETRY if failed else min(soon, *self._waits()))
        if end_watch is not None:
            end_watch()

    def _waits(self) -> Iterator[timedelta]:
        """Yield how long it is until the machines have to do something, and until a moment."""
        real_now, moments = self._clock.now(), self._moments
        yield self._due - real_now
        if moments and self._timeline is not None:
            wait = self._timeline.real_wait(moments[0][0], real_now)
            if wait is not None:
                yield wait

    def _take_steps_and_look(self) -> _News:
        """Let the machines take their steps when they are due, and see when the next ones are."""
        due = self._clock.now() >= self._due
        if due:
            self._progression.catch_up()
            self._progression.tidy_up()
        news = self._look()
        if due or news.moves_machines:
            self._due = self._clock.now() + self._progression.real_wait()
        return news

    def _rest(self, began: float, wait: timedelta) -> None:
        """Wait until somebody pokes, so long at most, and for a frame at least."""
        self._poked.wait(max(0.0, wait.total_seconds()))
        left = began + FRAME.total_seconds() - time.monotonic()
        if left > 0:
            time.sleep(left)

    def _now(self) -> datetime | None:
        return self._timeline.now(self._clock.now()) if self._timeline else None

    def _turns(self) -> bool:
        """Tell whether something that is shown turns by time alone."""
        now, moments = self._now(), self._moments
        return now is not None and bool(moments) and moments[0][0] <= now

    def _wake_due(self) -> None:
        while self._turns():
            moment, _number, subscription = heappop(self._moments)
            if subscription.holds_until == moment:
                subscription.holds_until = None
                subscription.wake()

    def _take_waiting(self) -> list[asyncio.Future[None]]:
        with self._guard:
            waiting, self._waiting = self._waiting, []
        return waiting

    def _look(self) -> _News:
        changes = self._store.changes(self._known)
        timeline = self._timeline
        if timeline is None or _News(changes.records, None).is_about("worlds"):
            world = self._store.read(lambda view: view.find(World, WORLD_ID))
            timeline = world.timeline if world else None
        self._known = changes.revision
        return _News(changes.records, timeline)

    def _tell(self, news: _News) -> None:
        self._timeline = news.timeline
        told = self._everybody() if news.changes is None else self._interested(news.changes)
        for subscription in told:
            subscription.wake()

    def _everybody(self) -> set[Subscription]:
        return set[Subscription]().union(*self._subscriptions.values())

    def _interested(self, changes: Iterable[Change]) -> set[Subscription]:
        topics = {("owner", change.owner) for change in changes}
        topics |= {("table", change.table) for change in changes}
        known = (self._subscriptions[topic] for topic in topics & self._subscriptions.keys())
        return set[Subscription]().union(*known)

    def _tell_failure(self, error: StoreUnusable) -> None:
        for call in tuple(self._failure_calls):
            call(error)


class _News(NamedTuple):
    """What a look at the store found."""

    changes: frozenset[Change] | None
    timeline: Timeline | None

    def is_about(self, *tables: str) -> bool:
        """Tell whether something in one of the tables may have changed."""
        return self.changes is None or any(change.table in tables for change in self.changes)

    @property
    def moves_machines(self) -> bool:
        """Whether the machines' next step may be another one now."""
        return self.is_about("orders", "universities", "verifications", "worlds")


def _on(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *given: object) -> None:
    """Call something on a loop, unless that has ended meanwhile."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *given)


def _answer(waiting: Iterable[asyncio.Future[None]]) -> None:
    for told in waiting:
        if not told.done():
            told.set_result(None)
