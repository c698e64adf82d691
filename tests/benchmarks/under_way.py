"""What orders under way cost whoever orders: ``python -m tests.benchmarks.under_way``.

A student orders and cancels, in a store where few orders are under way and in one where many are.
Both take turns, so that whatever else the machine does hits both alike; what is told are medians
of ``place``. Compare the ratio. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.account import Account
from mleg_tui.domain.order import Actor, ActorKind, placed
from mleg_tui.domain.student import Student
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.store import Work

FEW, GOAL = 5, 1.5
_WHO = "anna.nowak"


def fill(services: Services, count: int) -> None:
    """Put so many orders under way, placed just now."""
    card_now = services.time.show().now

    def change(work: Work) -> None:
        model = work.get(Student, _WHO)
        for number in range(count):
            id_ = f"s{number:05}"
            work.add(replace(model, id=id_, student_number=f"7{number:05}", version=0))
            work.add(
                placed(
                    id=f"{id_}-001",
                    student=id_,
                    university=model.university,
                    student_number=f"7{number:05}",
                    at=card_now,
                    expiration_date=card_now.date().replace(year=card_now.year + 1),
                    by=Actor(ActorKind.STUDENT, id_),
                )
            )

    services.store.transact(change)


def place(services: Services, session: Session) -> float:
    """Order, and return the milliseconds that it took; then cancel."""
    began = time.perf_counter()
    services.ordering.place(session)
    taken = (time.perf_counter() - began) * 1000
    services.ordering.cancel(session)
    return taken


def measure(kind: str, many: int, times: int) -> tuple[float, float]:
    """Return the medians with few and with many orders under way."""
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        taken: dict[int, list[float]] = {FEW: [], many: []}
        acting = {}
        for count in taken:
            url = f"{kind}:{Path(directory) / str(count)}.{kind}"
            services = open_services(Settings(url))
            stack.enter_context(closing(services))
            services.time.pause()
            fill(services, count)
            account = services.store.read(lambda view: view.get(Account, _WHO))
            acting[count] = partial(place, services, Session(account, services.clock.now()))
        for _ in range(times):
            for count, act in acting.items():
                taken[count].append(act())
    return median(taken[FEW]), median(taken[many])


def main() -> None:
    """Measure each kind of store and print the table."""
    parser = argparse.ArgumentParser(description="Measure ordering while others' orders wait.")
    parser.add_argument("--many", type=int, default=5000)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    lines = [
        f"| store | {FEW} under way, ms | {options.many}, ms | × (goal: {GOAL}) |",
        "|---|---:|---:|---:|",
    ]
    for kind in ("tinydb", "sqlite"):
        few, many = measure(kind, options.many, options.times)
        lines.append(f"| {kind} | {few:.2f} | {many:.2f} | {many / few:.2f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
