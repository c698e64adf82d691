"""How soon a key in the filter of 50,000 orders is painted, to the last byte, through a pty.

Run by hand: ``python tests/benchmarks/office_table.py [KEYS]``.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from mleg_tui.domain.order import OrderStatus  # noqa: E402 - found through the line above
from mleg_tui.services.store import Work  # noqa: E402
from mleg_tui.ui.app import MlegTui  # noqa: E402
from mleg_tui.ui.options import Options  # noqa: E402
from tests.end_to_end.terminal import Terminal  # noqa: E402
from tests.make import NOW, house, order, student  # noqa: E402

ORDERS = 50_000
GOAL = 70
QUIET = 0.15
"""So many seconds without a byte mean that a picture is whole."""
WORDS = ("kow", "now", "zol", "anna")
NAMES = ("Kowalska", "Nowak", "Żółw", "Wiśniewska", "Lis")


def program(count: int = ORDERS) -> MlegTui:
    """Return the program of an office that has very many orders."""
    home = house()

    people = [
        student(id=f"s{n:05}", last_name=NAMES[n % len(NAMES)], student_number=str(n))
        for n in range(count)
    ]

    def change(work: Work) -> None:
        for number, person in enumerate(people):
            work.add(person)
            placed = NOW - timedelta(minutes=number)
            work.add(
                order(
                    OrderStatus.CANCELLED,
                    placed,
                    id=f"{person.id}-001",
                    student=person.id,
                    student_number=person.student_number,
                )
            )

    home.services.store.transact(change)
    return MlegTui(home.services, Options(screen="office", follow=False), home.session("dziekanat"))


def painted(terminal: Terminal, key: str) -> float:
    """Press a key and return the seconds to the last byte that it brings."""
    began = last = time.perf_counter()
    terminal.press(key)
    length = len(terminal.raw)
    while time.perf_counter() - last < QUIET:
        terminal._read(time.monotonic() + 0.01)
        if len(terminal.raw) != length:
            length, last = len(terminal.raw), time.perf_counter()
    return last - began


def main(keys: int) -> None:
    """Type words into the filter and take them back; print the median."""
    typed = [key for word in WORDS for key in (*word, *["backspace"] * len(word))]
    environ = {"PYTHONWARNINGS": None}
    with Terminal([sys.executable, __file__, "--program"], size=(100, 30), environ=environ) as one:
        one.wait_for(f"{ORDERS} z {ORDERS}", timeout=60)
        painted(one, "z")
        taken = sorted(painted(one, typed[n % len(typed)]) for n in range(keys))
    middle, late = 1000 * median(taken), 1000 * taken[int(0.95 * len(taken))]
    told = f"{ORDERS} orders: median {middle:.1f} ms, p95 {late:.1f} ms (goal: {GOAL} at most)\n"
    sys.stdout.write(told)


if __name__ == "__main__":
    os.chdir(ROOT)
    if sys.argv[1:2] == ["--program"]:
        program(*map(int, sys.argv[2:])).run()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
