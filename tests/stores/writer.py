"""A process that uses a store, for tests: ``python -m tests.stores.writer URL NAME COUNT``.

It waits for a line of input, then places and cancels orders, and tells each on a line of output
once the store has acknowledged it. Each change also counts itself in one record that all writers
share. After ``COUNT`` orders it ends; -1 means never.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from mleg_tui.compose import open_store
from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Store, StoreBusy, Work
from mleg_tui.stores.tinydb import archive
from tests.stores.samples import cancelled, order

T = TypeVar("T")
COUNTER = "changes"


def main(url: str, name: str, count: int) -> None:
    archive.ROOM = int(os.environ.get("MLEG_TUI_TEST_ROOM", archive.ROOM))
    with closing(open_store(url)) as store:
        tell("ready")
        sys.stdin.readline()
        for number in itertools.count() if count < 0 else range(count):
            tell(changed(store, place(f"{name}-{number:04}", name)))
            if number % 2:
                pending = store.read(lambda view: view.select(Order, student=name))[-1]
                tell(changed(store, cancel(pending)))


def changed(store: Store, change: Callable[[Work], T]) -> T:
    """Run a change until it had its turn."""
    while True:
        try:
            return store.transact(change)
        except StoreBusy:
            continue


def place(id_: str, student: str) -> Callable[[Work], str]:
    """Return the transaction that places an order unless it is there."""

    def change(work: Work) -> str:
        if work.find(Order, id_):
            return f"kept {id_}"
        count(work)
        return f"placed {work.add(order(id_, student)).id}"

    return change


def cancel(seen: Order) -> Callable[[Work], str]:
    """Return the transaction that cancels an order as it was read."""

    def change(work: Work) -> str:
        count(work)
        return f"cancelled {work.save(cancelled(seen)).id}"

    return change


def count(work: Work) -> None:
    """Count a change in the record that all share."""
    counter = work.find(LoginAttempts, COUNTER)
    if counter is None:
        work.add(LoginAttempts(id=COUNTER, failures=1, last_at=0))
    else:
        work.save(replace(counter, failures=counter.failures + 1))


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
