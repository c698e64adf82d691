"""Many threads on one store object, as in a server whose sessions share it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Store, StoreBusy
from mleg_tui.stores.sql.postgresql import MOST_CONNECTIONS, postgresql_store
from tests.stores.postgres import Server
from tests.stores.processes import BURN, counted
from tests.stores.samples import order
from tests.stores.writer import COUNTER, place

THREADS = 16
CHANGES = 60 if BURN else 12


def run_all(*tasks: Callable[[], None]) -> list[BaseException]:
    """Run tasks in threads, all at once; return what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        start.wait()
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - the test looks at all of them
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def working(store: Store, name: str) -> Callable[[], None]:
    """Return what writes and reads in turns, and asks whether something changed."""

    def task() -> None:
        for number in range(CHANGES):
            id_ = f"{name}-{number:03}"
            before = store.revision()
            store.transact(place(id_, name))
            assert store.revision() != before
            mine, counter = store.read(
                lambda view: (
                    view.select(Order, student=name),
                    view.get(LoginAttempts, COUNTER).failures,
                )
            )
            assert len(mine) == number + 1
            assert counter > number

    return task


def test_sixteen_threads_share_a_store(url: str) -> None:
    with closing(open_store(url)) as store:
        tasks = [working(store, f"t{number:02}") for number in range(THREADS)]
        assert run_all(*tasks) == []
        orders = store.read(lambda view: view.select(Order))
    assert len(orders) == THREADS * CHANGES
    assert counted(url) == THREADS * CHANGES


def test_more_readers_than_connections_are_told(server: Server, tmp_path: Path) -> None:
    url = server.url(tmp_path)
    with closing(postgresql_store(url, timeout=0.2)) as store:
        store.transact(lambda work: work.add(order()))
        everybody_reads = threading.Event()
        arrived = threading.Semaphore(0)

        def hold() -> None:
            def ask(_: object) -> None:
                arrived.release()
                everybody_reads.wait()

            store.read(ask)

        holders = [threading.Thread(target=hold) for _ in range(MOST_CONNECTIONS)]
        for holder in holders:
            holder.start()
        for _ in holders:
            arrived.acquire()
        with pytest.raises(StoreBusy):
            store.read(lambda view: view.find(Order, "AGH-1"))
        everybody_reads.set()
        for holder in holders:
            holder.join()
        assert store.read(lambda view: view.get(Order, "AGH-1")).version == 1


def test_a_counter_loses_nothing(url: str) -> None:
    """Threads that change the very same record, each from what the transaction shows."""
    with closing(open_store(url)) as store:
        store.transact(lambda work: work.add(LoginAttempts(id="all", failures=0, last_at=0)))

        def count() -> None:
            for _ in range(CHANGES):
                store.transact(
                    lambda work: work.save(
                        replace(
                            (kept := work.get(LoginAttempts, "all")), failures=kept.failures + 1
                        )
                    )
                )

        assert run_all(*[count] * THREADS) == []
        kept = store.read(lambda view: view.get(LoginAttempts, "all"))
    assert kept.failures == THREADS * CHANGES
