"""One feed: who asked for something is called when it changes or turns, and nobody else is."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.services import feed as feeds
from mleg_tui.services.clock import StandingClock, SystemClock
from mleg_tui.services.feed import Feed, Interest, Subscription
from mleg_tui.services.participants import SeatTaken
from mleg_tui.services.store import Changes, StoreBusy, Work
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.memory import MemoryStore
from tests.stores.samples import NOW, order, student, university

LONG = 10.0


def now() -> datetime:
    return datetime.now(UTC)


def found(store: MemoryStore, *, speed: float = 1, paused: bool = False) -> None:
    real = now()
    timeline = Timeline(anchor=NOW, real=real, speed=speed, paused=paused)
    store.transact(
        lambda work: [work.add(World(timeline=timeline, seed=7)), work.add(university())]
    )


class Counted:
    """Counts calls, and waits for them."""

    def __init__(self) -> None:
        self.calls = 0
        self._called = asyncio.Event()

    def __call__(self, *_given: object) -> None:
        self.calls += 1
        self._called.set()

    async def times(self, count: int) -> None:
        async with asyncio.timeout(LONG):
            while self.calls < count:
                self._called.clear()
                await self._called.wait()


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    found(made)
    return made


@pytest.fixture
async def feed(store: MemoryStore) -> AsyncIterator[Feed]:
    running = Feed(store, SystemClock())
    running.start()
    await running.look_now()
    yield running
    running.stop()


def add(store: MemoryStore, id_: str, who: str) -> None:
    store.transact(lambda work: work.add(order(id_, who)))


async def test_only_who_asked_is_called(store: MemoryStore, feed: Feed) -> None:
    anna, jan, office = Counted(), Counted(), Counted()
    feed.subscribe(Interest.of(owner="anna"), anna)
    feed.subscribe(Interest.of(owner="jan"), jan)
    feed.subscribe(Interest.of("orders", "students"), office)
    add(store, "a", "anna")
    await feed.look_now()
    assert (anna.calls, jan.calls, office.calls) == (1, 0, 1)
    store.transact(lambda work: work.add(replace(student(), id="jan")))
    await feed.look_now()
    assert (anna.calls, jan.calls, office.calls) == (1, 1, 2)


async def test_changes_of_others_are_found_without_being_asked_for(
    store: MemoryStore, feed: Feed
) -> None:
    anna = Counted()
    feed.subscribe(Interest.of(owner="anna"), anna)
    add(store, "a", "anna")
    await anna.times(1)


class Ringing(MemoryStore):
    """A store that is told of what others commit, by ``ring``."""

    def watch(self, call: Callable[[], object], /) -> Callable[[], None]:
        """Keep whom to call, and note when that has ended."""
        self.ring, self.ended = call, threading.Event()
        return self.ended.set


async def test_a_word_that_comes_before_its_change_can_be_read_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "_LOOK_IN_ANY_CASE", timedelta(hours=1))
    ringing, anna, looks = Ringing(), Counted(), Counted()
    found(ringing)
    running = Feed(ringing, SystemClock())
    running.start()
    await running.look_now()
    running.subscribe(Interest.of(owner="anna"), anna)
    loop, look = asyncio.get_running_loop(), running._look

    def looked() -> object:
        news = look()
        loop.call_soon_threadsafe(looks)
        return news

    monkeypatch.setattr(running, "_look", looked)
    ringing.ring()
    await looks.times(1)
    add(ringing, "a", "anna")  # which is told no more
    await anna.times(1)
    add(ringing, "b", "anna")  # nor is this, whose word came together with the first one's
    await anna.times(2)
    running.stop()


async def test_a_feed_that_is_told_of_changes_does_not_look_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "_LOOK_IN_ANY_CASE", timedelta(hours=1))
    ringing, anna, later = Ringing(), Counted(), Counted()
    found(ringing)
    running = Feed(ringing, SystemClock())
    running.start()
    await running.look_now()
    running.subscribe(Interest.of(owner="anna"), anna)
    add(ringing, "a", "anna")
    ringing.ring()
    await anna.times(1)
    soon = running.subscribe(Interest(), later)
    soon.holds_until = NOW + timedelta(milliseconds=300) + (now() - began(ringing))
    await later.times(1)
    running.stop()
    assert await asyncio.to_thread(ringing.ended.wait, LONG)


def began(store: MemoryStore) -> datetime:
    """Return the real moment at which simulated time was ``NOW``."""
    return store.read(lambda view: view.get(World, WORLD_ID)).timeline.real


async def test_a_change_is_told_once(store: MemoryStore, feed: Feed) -> None:
    both = Counted()
    feed.subscribe(Interest.of("orders", owner="anna"), both)
    add(store, "a", "anna")
    await feed.look_now()
    await feed.look_now()
    assert both.calls == 1


async def test_who_ended_is_not_called_any_more(store: MemoryStore, feed: Feed) -> None:
    gone, stays = Counted(), Counted()
    ended = feed.subscribe(Interest.of(owner="anna"), gone)
    feed.subscribe(Interest.of(owner="anna"), stays)
    ended.end()
    add(store, "a", "anna")
    await feed.look_now()
    assert (gone.calls, stays.calls) == (0, 1)


async def test_one_may_end_while_being_called(store: MemoryStore, feed: Feed) -> None:
    subscriptions: list[Subscription] = []
    calls = Counted()

    def call() -> None:
        calls()
        for one in subscriptions:
            one.end()

    subscriptions += [feed.subscribe(Interest.of(owner="anna"), call) for _ in range(3)]
    add(store, "a", "anna")
    await feed.look_now()
    add(store, "b", "anna")
    await feed.look_now()
    assert 1 <= calls.calls <= 3


async def test_the_machines_take_their_steps(store: MemoryStore, feed: Feed) -> None:
    anna = Counted()
    feed.subscribe(Interest.of(owner="anna"), anna)
    add(store, "a", "anna")

    def hurry(work: Work) -> None:
        world = work.get(World, WORLD_ID)
        work.save(replace(world, timeline=world.timeline.at_speed(86_400, now())))

    store.transact(hurry)
    async with asyncio.timeout(LONG):
        while store.read(lambda view: view.get(Order, "a").status) is not OrderStatus.READY:
            seen = anna.calls
            await anna.times(seen + 1)


async def test_what_turns_by_time_alone_wakes_who_shows_it(feed: Feed) -> None:
    called = Counted()
    shown = feed.subscribe(Interest.of(owner="anna"), called)
    assert feed.timeline is not None
    shown.holds_until = feed.timeline.now(now()) + timedelta(milliseconds=60)
    await called.times(1)
    assert called.calls == 1


async def test_a_moment_comes_sooner_where_time_runs_faster(store: MemoryStore, feed: Feed) -> None:
    called = Counted()
    shown = feed.subscribe(Interest(frozenset(), frozenset({"phones"})), called)
    shown.holds_until = NOW + timedelta(hours=1)

    def hurry(work: Work) -> None:
        world = work.get(World, WORLD_ID)
        work.save(replace(world, timeline=world.timeline.at_speed(36_000, now())))

    store.transact(hurry)
    await called.times(1)


async def test_nothing_turns_while_time_stands() -> None:
    store, called = MemoryStore(), Counted()
    found(store, paused=True)
    clock = StandingClock(now())
    feed = Feed(store, clock)
    await feed.look_now()
    shown = feed.subscribe(Interest.of(owner="anna"), called)
    shown.holds_until = NOW + timedelta(milliseconds=1)
    clock.moment += timedelta(days=1)
    await feed.look_now()
    assert called.calls == 0


async def test_without_being_started_it_sees_the_moments_that_passed(store: MemoryStore) -> None:
    clock, called, later = StandingClock(now()), Counted(), Counted()
    feed = Feed(store, clock)
    await feed.look_now()
    shown = feed.subscribe(Interest.of(owner="anna"), called)
    shown.holds_until = NOW + timedelta(hours=2)
    shown.holds_until = NOW + timedelta(hours=1)
    feed.subscribe(Interest.of(owner="anna"), later).holds_until = NOW + timedelta(days=9)
    clock.moment += timedelta(hours=3)
    await feed.look_now()
    assert (called.calls, later.calls) == (1, 0)


async def test_without_being_started_it_tells_when_asked(store: MemoryStore) -> None:
    feed = Feed(store, StandingClock(now()))
    await feed.look_now()
    anna = Counted()
    feed.subscribe(Interest.of(owner="anna"), anna)
    add(store, "a", "anna")
    await feed.look_now()
    assert anna.calls == 1


async def test_a_store_that_fails_is_told_once_and_followed_again(
    store: MemoryStore, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, anna = Counted(), Counted()
    feed.on_failure(told)
    feed.subscribe(Interest.of(owner="anna"), anna)
    changes: Callable[[str], Changes] = store.changes

    def fail(_since: str) -> Changes:
        raise StoreBusy(path="store.json")

    monkeypatch.setattr(store, "changes", fail)
    await told.times(1)
    add(store, "a", "anna")
    await feed.look_now()
    assert (told.calls, anna.calls) == (1, 0)
    monkeypatch.setattr(store, "changes", changes)
    await anna.times(1)
    assert told.calls == 1


async def test_a_world_whose_seat_is_taken_neither_fails_nor_ends_its_feed(
    store: MemoryStore, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, anna = Counted(), Counted()
    feed.on_failure(told)
    feed.subscribe(Interest.of(owner="anna"), anna)
    changes: Callable[[str], Changes] = store.changes
    refused = threading.Event()

    def refuse(_since: str) -> Changes:
        refused.set()
        raise SeatTaken

    monkeypatch.setattr(store, "changes", refuse)
    add(store, "a", "anna")
    await feed.look_now()
    assert refused.is_set()
    monkeypatch.setattr(store, "changes", changes)
    await anna.times(1)
    assert told.calls == 0


async def test_a_feed_that_was_not_started_raises(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_since: str) -> Changes:
        raise StoreBusy(path="store.json")

    monkeypatch.setattr(store, "changes", fail)
    with pytest.raises(StoreUnusable):
        await Feed(store, SystemClock()).look_now()


async def test_too_much_to_know_wakes_everybody(store: MemoryStore, feed: Feed) -> None:
    everybody = [Counted() for _ in range(3)]
    for number, call in enumerate(everybody):
        feed.subscribe(Interest.of(owner=f"s{number}"), call)
    known = store.changes

    def forgotten(since: str) -> Changes:
        return known(since)._replace(records=None)

    store.changes = forgotten  # type: ignore[method-assign]
    await asyncio.gather(*(call.times(1) for call in everybody))


async def test_who_is_called_no_more_is_let_go_of_though_a_moment_is_far(feed: Feed) -> None:
    waiting = Counted()
    subscription = feed.subscribe(Interest(), waiting)
    subscription.holds_until = NOW + timedelta(days=30)
    gone = weakref.ref(waiting)
    del waiting
    subscription.end()
    gc.collect()
    assert gone() is None
