"""What the stores cost, beside what they are built on: ``python -m tests.benchmarks.store``.

A store and its peer take turns, a few operations each and the first one changing, so that whatever
else the machine does hits both alike; what is told are medians. Compare the ratios. Where a flush
takes long, it hides the rest: the processor time of a transition is told, too. The databases come
before the files, which keep the disk busy. ``--full`` adds the sizes of large universities. Prints
Markdown.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from mleg_tui.domain.order import Order
from tests.benchmarks.store_peers import Ours, Peer, StockTinyDb, bare_psycopg, bare_sqlite
from tests.stores.postgres import Server
from tests.stores.samples import order, ready

SIZES = (100, 1_000, 10_000)
FULL_SIZES = (*SIZES, 50_000, 200_000)
WAITING, IN_A_ROW, BATCHES, BATCH = 1_000, 5, 3, 1_000
ROUNDS_OF_LARGE_FILES = 20
LARGEST_FOR_FILES = 50_000
PAIRS = (("tinydb", "stock TinyDB"), ("sqlite", "sqlite3"), ("postgresql", "psycopg"))
TRANSITION, PROCESSOR = "transition", "its processor time"
ERRANDS = ("open", TRANSITION, PROCESSOR, "batch of 1,000", "due", "by student", "list")

Times = dict[str, list[float]]
"""OrderActions → milliseconds."""


def main(sizes: tuple[int, ...]) -> None:
    """Measure and print a table for each size."""
    with Server() as server:
        for size in sizes:
            _print(size, _measured(size, server))


def _measured(size: int, server: Server) -> Mapping[str, Mapping[str, float]]:
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        peers = dict(_peers(Path(directory), server, size))
        for peer in peers.values():
            peer.fill(_orders(size))
            peer.close()
        times: dict[str, Times] = {name: defaultdict(list) for name in peers}
        for _ in range(3):
            for name, peer in peers.items():
                with _timed(times[name]["open"]):
                    peer.open()
                peer.close()
        for peer in peers.values():
            peer.open()
            stack.callback(peer.close)
        gc.collect()
        gc.freeze()  # what one store keeps in memory is not to slow the others down
        for pair in reversed([pair for pair in PAIRS if pair[0] in peers]):
            is_large = "tinydb" in pair and size >= SIZES[-1]
            for turn, (errand, work) in enumerate(_rounds(size, are_large_files=is_large)):
                for name in pair[:: 1 if turn % 2 else -1]:
                    _measure(times[name], errand, partial(work, peers[name]))
        return {name: {e: median(t) for e, t in each.items()} for name, each in times.items()}


def _measure(times: Times, errand: str, work: Callable[[], int]) -> None:
    processor, start = time.process_time(), time.perf_counter()
    count = work()
    times[errand].append((time.perf_counter() - start) * 1000 / count)
    if errand == TRANSITION:
        times[PROCESSOR].append((time.process_time() - processor) * 1000 / count)


def _peers(directory: Path, server: Server, size: int) -> Iterator[tuple[str, Peer]]:
    if size <= LARGEST_FOR_FILES:
        yield "tinydb", Ours(f"tinydb:{directory / 'ours.json'}")
        yield "stock TinyDB", StockTinyDb(directory / "stock.json")
    yield "sqlite", Ours(f"sqlite:{directory / 'ours.db'}")
    yield "sqlite3", bare_sqlite(directory / "bare.db")
    url = server.url(directory)
    yield "postgresql", Ours(url)
    yield "psycopg", bare_psycopg(url)


def _orders(size: int) -> Iterator[Order]:
    """Yield orders of which few wait: the first ones, and those of the batches."""
    waiting = min(size, WAITING + BATCHES * BATCH)
    for number in range(size):
        new = order(f"{number:06}", f"s{number // 2:06}")
        yield new if number < waiting else ready(new)


def _rounds(size: int, *, are_large_files: bool) -> Iterator[tuple[str, Callable[[Peer], int]]]:
    """Yield what to do, in an order in which every waiting order is handed over once."""
    batch = min(BATCH, max(0, size - WAITING) // BATCHES)
    for turn in range(BATCHES if batch == BATCH else 0):
        ids = [f"{WAITING + turn * BATCH + number:06}" for number in range(BATCH)]
        yield "batch of 1,000", partial(_at_once, ids)
    in_a_row = 1 if are_large_files else IN_A_ROW
    rounds = min(WAITING, size) // 2 // in_a_row
    for turn in range(min(rounds, ROUNDS_OF_LARGE_FILES) if are_large_files else rounds):
        ids = [f"{turn * in_a_row + number:06}" for number in range(in_a_row)]
        yield TRANSITION, partial(_one_by_one, ids)
    for number in range(10):
        yield "due", _due
        yield "by student", partial(_of_student, f"s{number * size // 40:06}")
    for _ in range(3):
        yield "list", _list


def _at_once(ids: list[str], peer: Peer) -> int:
    peer.hand_over(ids)
    return 1


def _one_by_one(ids: list[str], peer: Peer) -> int:
    for id_ in ids:
        peer.hand_over([id_])
    return len(ids)


def _of_student(student: str, peer: Peer) -> int:
    peer.by_student(student)
    return 1


def _due(peer: Peer) -> int:
    peer.by_status("PENDING")
    return 1


def _list(peer: Peer) -> int:
    peer.all()
    return 1


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times.append((time.perf_counter() - start) * 1000)


def _print(size: int, times: Mapping[str, Mapping[str, float]]) -> None:
    pairs = [pair for pair in PAIRS if pair[0] in times]
    heads = [f"{ours} | {peer} | ratio" for ours, peer in pairs]
    sys.stdout.write(f"\n| {size:,} orders, ms | {' | '.join(heads)} |\n")
    sys.stdout.write(f"|---|{'---:|' * 3 * len(pairs)}\n")
    for errand in ERRANDS:
        if errand in times["sqlite"]:
            cells = [_cell(times[ours][errand], times[peer][errand]) for ours, peer in pairs]
            sys.stdout.write(f"| {errand} | {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _cell(ours: float, peer: float) -> str:
    return f"{ours:.3g} | {peer:.3g} | {ours / peer:.2f}"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure the stores.")
    options.add_argument("--full", action="store_true", help="50,000 and 200,000 orders, too")
    options.add_argument("--size", type=int, help="only this many orders")
    chosen = options.parse_args()
    main((chosen.size,) if chosen.size else FULL_SIZES if chosen.full else SIZES)
