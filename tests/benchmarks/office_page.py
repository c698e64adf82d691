"""What an open office page costs with few orders and with very many, through real terminals.

``python -m tests.benchmarks.office_page [--sizes 500 50000 1000000] [--store sqlite] [--rounds 3]
[--short]``

Stores of each size are filled, and a program is opened on each. All of them are asked in turns, so
that whatever else the machine does hits all alike: the orders' page is opened from the students',
letters are typed into its search, and at last an order a second comes in from another process.
Told are medians to the last byte, megabytes, and the processor time while orders come in, each
beside those of the first size. A million orders take several minutes to fill. ``--short`` only
shows that everything works: its numbers mean little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.order import Order
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.store import Record, Work
from tests.benchmarks.crowd import records
from tests.benchmarks.stopwatch import Answer, Watched
from tests.stores.postgres import Server

SIZES = (500, 50_000, 1_000_000)
STORES = ("sqlite", "postgresql")
SIZE = (100, 30)
WORDS = ("kow", "now", "zol", "anna")
_STUDENT = "anna.nowak"
FILLED = re.compile(r"Zamówienia: [1-9]")
_HEADS = ("orders", "opening, ms", "search, ms", "MB (PSS)", "an order a second, % of a core")


@dataclass
class Page:
    """An office's page in a terminal, and what it was found to cost."""

    orders: int
    services: Services
    terminal: Watched
    opening: list[Answer] = field(default_factory=list)
    search: list[Answer] = field(default_factory=list)
    memory: float = 0.0
    used: float = 0.0

    def open(self) -> None:
        """Come from the students to the orders."""
        self.terminal.answer("s")
        self.opening.append(self.terminal.answer("4"))

    def times(self, answers: Sequence[Answer]) -> float:
        """Return the median milliseconds to the last byte."""
        return 1000 * median(answer.last for answer in answers)


def fill(services: Services, orders: int) -> None:
    """Put very many orders beside the demo data."""

    def crowd(work: Work) -> Iterator[Record]:
        for record in records(orders):
            known = isinstance(record, University) and work.find(University, record.id)
            if isinstance(record, Student | Order | University) and not known:
                yield record

    services.store.transact(lambda work: work.restore(crowd(work)))


def pages(kind: str, sizes: Sequence[int], directory: Path, stack: ExitStack) -> Iterator[Page]:
    """Yield a page over a store of each size."""
    server = stack.enter_context(Server()) if kind == "postgresql" else None
    for orders in sizes:
        place = directory / f"{kind}-{orders}"
        url = server.url(place) if server else f"sqlite:{place}.db"
        with closing(open_services(Settings(url))) as filled:
            fill(filled, orders)  # and closed: SQLite's log is empty again
        services = stack.enter_context(closing(open_services(Settings(url))))
        command = ("-m", "mleg_tui", "--store", url, "--user", "dziekanat", "--screen", "office")
        environ = {"PYTHONWARNINGS": None, "MLEG_TUI_PASSWORD": "demo"}
        terminal = Watched((sys.executable, *command), size=SIZE, environ=environ)
        stack.enter_context(terminal)
        terminal.wait_for(lambda screen: FILLED.search(screen.text), timeout=120)
        yield Page(orders, services, terminal)


def order_or_cancel(services: Services, session: Session) -> None:
    """Let a student order, or take the order back."""
    ordering = services.ordering
    if ordering.card(session).why_cannot_cancel is None:
        ordering.cancel(session)
    else:
        ordering.place(session)


def press_keys(found: Sequence[Page], turns: int) -> None:
    """Open the page of orders and type into its search, in turns, and note the memory."""
    for page in found:
        page.opening.clear()
        page.search.clear()
    for page in (*found,) * turns:
        page.open()
    for page in found:
        page.terminal.answer("n")
    for key in [key for word in WORDS for key in (*word, *["backspace"] * len(word))]:
        for page in found:
            page.search.append(page.terminal.answer(key))
    for page in found:
        page.terminal.answer("escape")
        page.memory = page.terminal.memory()[1]


def let_orders_come(found: Sequence[Page], seconds: int) -> None:
    """Bring an order a second into each store, and note what the pages do meanwhile."""
    sessions = [page.services.login.sign_in(_STUDENT, "demo") for page in found]
    before = [page.terminal.cpu() for page in found]
    for _ in range(seconds):
        for page, session in zip(found, sessions, strict=True):
            order_or_cancel(page.services, session)
            page.terminal.leave_alone(1 / len(found))
    for page, cpu in zip(found, before, strict=True):
        page.used = 100 * (page.terminal.cpu() - cpu) / seconds


def table(kind: str, found: Sequence[Page]) -> str:
    """Return what was measured as Markdown, each beside that of the first size."""
    first = found[0]
    lines = [f"| {kind}: {' | '.join(_HEADS)} |", f"|{'---:|' * len(_HEADS)}"]
    for page in found:
        opening, search = page.times(page.opening), page.times(page.search)
        cells = (
            f"{page.orders:,}",
            f"{opening:.0f} ({opening / first.times(first.opening):.2f} ×)",
            f"{search:.0f} ({search / first.times(first.search):.2f} ×)",
            f"{page.memory:.1f} ({page.memory - first.memory:+.1f})",
            f"{page.used:.1f} ({page.used / first.used:.2f} ×)",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main(kinds: Sequence[str], sizes: Sequence[int], rounds: int, turns: int, seconds: int) -> None:
    """Measure and print a table for each round with each kind of store."""
    for kind in kinds:
        with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
            found = list(pages(kind, sizes, Path(directory), stack))
            sys.stdout.write(f"{kind}: filled\n")
            sys.stdout.flush()
            for _ in range(rounds):
                press_keys(found, turns)
                let_orders_come(found, seconds)
                sys.stdout.write(table(kind, found) + "\n\n")
                sys.stdout.flush()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure the office's pages.")
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--store", choices=STORES, action="append")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--short", action="store_true", help="only show that it works")
    chosen = options.parse_args()
    if chosen.short:
        main(chosen.store or STORES[:1], (100, 200), 1, 1, 2)
    else:
        main(chosen.store or STORES, chosen.sizes, chosen.rounds, 10, 20)
