"""What waits is done beside the loop: in threads that hold up nobody, not even the end."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from mleg_tui.services.off_loop import GuardedStore, StoreSilent, Threads
from mleg_tui.stores.memory import MemoryStore
from tests.factories import house


@contextmanager
def waiting() -> Iterator[threading.Event]:
    """Give an event that is set at the end, so that no thread is left behind."""
    event = threading.Event()
    try:
        yield event
    finally:
        event.set()


async def test_work_is_done_in_a_thread_and_its_result_or_error_comes_back() -> None:
    threads = Threads("test", 2)
    assert await threads.run(threading.get_ident) != threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 // 0)


async def test_no_more_is_done_at_once_than_there_are_threads() -> None:
    threads, busy, most = Threads("test", 3), 0, 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal busy, most
        with guard:
            busy += 1
            most = max(most, busy)
        time.sleep(0)
        with guard:
            busy -= 1

    await asyncio.gather(*(threads.run(work) for _ in range(200)))
    assert most <= 3
    threads.wind_up(5)
    assert threads._unfinished == 0


async def test_who_waits_too_long_is_told_and_what_had_not_begun_is_not_done() -> None:
    threads, done = Threads("test", 1), threading.Event()
    with waiting() as hangs:
        first = asyncio.create_task(threads.run(hangs.wait))
        await asyncio.sleep(0)
        with pytest.raises(StoreSilent):
            await threads.run(done.set, within=0.01)
        hangs.set()
        assert await first
    await threads.run(lambda: None)
    assert not done.is_set()


async def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    threads, done = Threads("test", 1), threading.Event()
    with waiting() as hangs:
        first = asyncio.create_task(threads.run(hangs.wait))
        second = asyncio.create_task(threads.run(done.set))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait([second])
        hangs.set()
        await first
    threads.wind_up(5)
    assert not done.is_set()


async def test_one_that_hangs_takes_no_others_thread() -> None:
    services = house().services
    with waiting() as hangs:
        asked = [asyncio.create_task(services.off_loop.ask(hangs.wait)) for _ in range(50)]
        await asyncio.sleep(0)
        assert await services.off_loop.check(lambda: 1, within=10) == 1
        await services.feed.look_now()
        assert await asyncio.to_thread(lambda: 1) == 1
        hangs.set()
        assert await asyncio.gather(*asked) == [True] * 50


async def test_the_end_waits_for_what_is_under_way_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services, done = house().services, threading.Event()
    with waiting() as hangs:

        def finish() -> None:
            hangs.wait()
            done.set()

        under_way = asyncio.create_task(services.off_loop.ask(finish))
        await asyncio.sleep(0)
        under_way.cancel()
        threading.Timer(0.05, hangs.set).start()
        services.close()
        assert done.is_set()
    monkeypatch.setattr("mleg_tui.services.off_loop._FAREWELL", 0.05)
    with waiting() as hangs:
        abandoned = asyncio.create_task(services.off_loop.ask(hangs.wait))
        await asyncio.sleep(0)
        abandoned.cancel()
        services.close()
        assert not hangs.is_set()


async def test_threads_without_work_end_and_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mleg_tui.services.off_loop._IDLE", 0.01)
    threads = Threads("test that ends", 2)

    class Big:
        def work(self) -> None:
            pass

    big = Big()
    await threads.run(big.work)
    kept = weakref.ref(big)
    del big
    gc.collect()
    assert kept() is None
    for thread in threading.enumerate():
        if thread.name == "test that ends":
            thread.join(5)
    assert threads._running == 0
    assert await threads.run(lambda: 1) == 1


async def test_a_store_that_is_called_on_a_loop_says_so() -> None:
    store = GuardedStore(MemoryStore())
    for call in (partial(store.read, str), partial(store.transact, str), store.revision):
        with pytest.warns(RuntimeWarning, match="on an event loop"):
            call()
    assert await asyncio.to_thread(store.revision) == "0"
