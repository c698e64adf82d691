"""What the office's questions cost with few orders and with very many.

``python -m tests.benchmarks.queries [--sizes 500 50000 1000000] [--store sqlite]`` fills stores of
each size, asks all of them in turns, so that whatever else the machine does hits all alike, and
prints Markdown: medians in milliseconds of a page of 60 and of a count, each beside those of the
first size. Compare the ratios. A million orders take several minutes to fill.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from statistics import median

from mleg_tui.compose import open_store
from mleg_tui.domain.order import Order
from mleg_tui.services.columns import moment, searched_words
from mleg_tui.services.store import Query, Span, Store, View, Where
from tests.benchmarks.crowd import LAST, fill
from tests.stores.postgres import Server

SIZES = (500, 50_000, 1_000_000)
STORES = ("sqlite", "postgresql")
ROWS, MOST_WITH_WORDS, MOST = 60, 1_000, 10_000
TURNS = 9
_NOW = moment(LAST)
_DUE: tuple[Where, ...] = tuple(
    {"status": status, "turns": Span(below=_NOW)} for status in ("IN_PROGRESS", "PENDING")
)


def asked(words: str = "", *either: Where, by: str = "placed", up: bool = False) -> Query[Order]:
    """Return a question of the office."""
    return Query(Order, searched_words(words), either, by, descending=not up)


QUESTIONS: Mapping[str, Query[Order]] = {
    "all": asked(),
    "all, by name": asked(by="name", up=True),
    "status ERROR": asked("", {"status": "ERROR"}),
    "status ERROR, by name": asked("", {"status": "ERROR"}, by="name", up=True),
    "READY, codes alive": asked("", {"status": "READY", "turns": Span(_NOW)}),
    "EXPIRED": asked(
        "", *({"status": one, "ends": Span(below=_NOW)} for one in ("READY", "COLLECTED"))
    ),
    "CODES_EXPIRED": asked("", {"status": "READY", "ends": Span(_NOW), "turns": Span(below=_NOW)}),
    "anna and EXPIRED": asked(
        "anna", *({"status": one, "ends": Span(below=_NOW)} for one in ("READY", "COLLECTED"))
    ),
    "a university": asked("", {"university": "agh"}),
    "a university and ERROR": asked("", {"university": "agh", "status": "ERROR"}),
    "no match for a filter": asked("", {"university": "nowhere"}),
    "due": asked("", *_DUE, by="turns", up=True),
    "k": asked("k"),
    "nowak": asked("nowak"),
    "nowak, by name": asked("nowak", by="name", up=True),
    "nowak anna": asked("nowak anna"),
    "jan anna (hardly any)": asked("jan anna"),
    "n a": asked("n a"),
    "zzz (none)": asked("zzz"),
    "anna and ERROR": asked("anna", {"status": "ERROR"}),
}

Times = dict[tuple[str, str, int], list[float]]
"""The question, ``page`` or ``count``, and the size → milliseconds."""


def main(kinds: Sequence[str], sizes: Sequence[int]) -> None:
    """Measure and print a table for each kind of store."""
    for kind in kinds:
        with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
            server = stack.enter_context(Server()) if kind == "postgresql" else None
            stores = {}
            for size in sizes:
                place = Path(directory) / str(size)
                url = server.url(place) if server else f"sqlite:{place}.db"
                stores[size] = stack.enter_context(closing(open_store(url)))
                start = time.perf_counter()
                stores[size].transact(partial(fill, orders=size))
                sys.stdout.write(
                    f"{kind}: {size:,} filled in {time.perf_counter() - start:.0f} s\n"
                )
            _print(kind, sizes, _measured(stores))


def _measured(stores: Mapping[int, Store]) -> Times:
    times: Times = {}
    for name, query in QUESTIONS.items():
        for _ in range(TURNS):
            for size, store in stores.items():
                for errand, ask in _errands(query):
                    start = time.perf_counter()
                    store.read(ask)
                    taken = (time.perf_counter() - start) * 1000
                    times.setdefault((name, errand, size), []).append(taken)
    return times


def _errands(query: Query[Order]) -> Iterator[tuple[str, Callable[[View], object]]]:
    most = MOST_WITH_WORDS if query.words else MOST
    yield "page", lambda view: view.page(query, 0, ROWS)
    yield "count", lambda view: view.count(query, most=most)


def _print(kind: str, sizes: Sequence[int], times: Times) -> None:
    heads = [f"{errand}, {size:,}" for errand in ("page", "count") for size in sizes]
    sys.stdout.write(f"\n| {kind}, ms (× the first) | {' | '.join(heads)} |\n")
    sys.stdout.write(f"|---|{'---:|' * len(heads)}\n")
    for name in QUESTIONS:
        cells = []
        for errand in ("page", "count"):
            first = median(times[name, errand, sizes[0]])
            for size in sizes:
                taken = median(times[name, errand, size])
                cells.append(f"{taken:.2f} ({taken / first:.1f})")
        sys.stdout.write(f"| {name} | {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure the office's questions.")
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--store", choices=STORES, action="append")
    chosen = options.parse_args()
    main(chosen.store or STORES, chosen.sizes)
