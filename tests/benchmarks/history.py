"""What the past costs the present: ``python -m tests.benchmarks.history [--orders N --events N]``.

A change in the default store that has few finished orders, beside the same change in one that has
many, and many audit events. Both take turns, so that whatever else the machine does hits both
alike; what is told are medians. Compare the ratio. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Record, Store, Work
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.samples import NOW, cancelled, order, student, university, world

FEW = 10
STUDENTS = 50


def records(orders: int, events: int) -> Iterator[Record]:
    """Yield a store of finished orders and what the audit has of them."""
    yield world()
    yield university()
    for number in range(STUDENTS):
        yield replace(student(), id=f"s{number}")
    for number in range(orders):
        yield cancelled(order(f"past-{number:06}", f"s{number % STUDENTS}"))
    for number in range(events):
        yield event(number)


def event(number: int) -> Event:
    """Return an audit event of an order."""
    return Event(
        id=f"{number:08}-orders",
        at=NOW,
        real_at=NOW + timedelta(seconds=number),
        actor="anna" if number % 2 else "",
        table="orders",
        record=f"past-{number // 4:06}",
        changes=(FieldChange("status", "PENDING", "CANCELLED"),),
    )


def changed(store: Store, number: int) -> float:
    """Place an order with its event, look at it, and return the milliseconds that it took."""

    def change(work: Work) -> None:
        work.add(order(f"new-{number:06}", f"new-{number}"))
        work.add(event(90_000_000 + number))

    start = time.perf_counter()
    store.transact(change)
    store.read(lambda view: view.select(Order, student=f"new-{number}"))
    return (time.perf_counter() - start) * 1000


def main(orders: int, events: int, changes: int) -> None:
    """Measure and print how much slower the store with the long past is."""
    with tempfile.TemporaryDirectory() as directory:
        small = TinyDbStore(Path(directory) / "small.json")
        large = TinyDbStore(Path(directory) / "large.json")
        with closing(small), closing(large):
            small.transact(lambda work: work.restore(records(FEW, 0)))
            large.transact(lambda work: work.restore(records(orders, events)))
            times: tuple[list[float], list[float]] = [], []
            for number in range(changes):
                for store, taken in zip((small, large), times, strict=True):
                    taken.append(changed(store, number))
    few, many = map(median, times)
    heads = f"{FEW} finished orders | {orders:,} and {events:,} events | ratio"
    sys.stdout.write(f"| a change, ms | {heads} |\n|---|---:|---:|---:|\n")
    sys.stdout.write(f"| tinydb | {few:.3g} | {many:.3g} | {many / few:.2f} |\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure what the past costs.")
    options.add_argument("--orders", type=int, default=10_000)
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--changes", type=int, default=400)
    chosen = options.parse_args()
    main(chosen.orders, chosen.events, chosen.changes)
