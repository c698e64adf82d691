"""A process that uses a store, for tests: ``python -m tests.stores.writer PATH NAME COUNT``.

It waits for a line of input, then places and cancels orders, and tells each on a line of output
once the store has acknowledged it. After ``COUNT`` orders it ends; -1 means never.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from contextlib import closing

from mleg_tui.domain.order import Order
from mleg_tui.services.store import Work
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.samples import cancelled, order


def main(path: str, name: str, count: int) -> None:
    with closing(TinyDbStore(path, timeout=60)) as store:
        tell("ready")
        sys.stdin.readline()
        for number in itertools.count() if count < 0 else range(count):
            tell(store.transact(place(f"{name}-{number:04}", name)))
            if number % 2:
                pending = store.read(lambda view: view.select(Order, student=name))[-1]
                tell(store.transact(cancel(pending)))


def place(id_: str, student: str) -> Callable[[Work], str]:
    """Return the transaction that places an order unless it is there."""

    def change(work: Work) -> str:
        if work.find(Order, id_):
            return f"kept {id_}"
        return f"placed {work.add(order(id_, student)).id}"

    return change


def cancel(seen: Order) -> Callable[[Work], str]:
    """Return the transaction that cancels an order as it was read."""
    return lambda work: f"cancelled {work.save(cancelled(seen)).id}"


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
