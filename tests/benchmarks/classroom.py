"""A class over SSH that works: everybody orders within twenty seconds, and sees it on their page.

``python -m tests.benchmarks.classroom [--students 6,10,100,200] [--store sqlite] [--orders 400]
[--servers 1] [--url postgresql://…] [--short]``

A key counts from when it is pressed to when ``oczekujący`` stands on one's own screen. The base is
the smallest class, in the same run. With a ``--url`` the store is made there anew for each class
(the database's own tables are dropped first), and several servers share it as several hosts would.
``--short`` only shows that everything works: its numbers mean little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.account import Account
from mleg_tui.domain.order import Actor, ActorKind, Command, placed, transition
from mleg_tui.domain.student import Student
from mleg_tui.services.store import Work
from tests.benchmarks.session_clients import Client
from tests.benchmarks.session_servers import Server, welcoming

_MODEL = "anna.nowak"
_AT_A_TIME = 8
_GOALS = {"p95": {100: 3.0, 200: 5.0}, "work": 12.0, "idle": 0.08}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a class of so many cost: ms from key to result, seconds of processor time, % each."""

    students: int
    taken: Sequence[float]
    work: float
    idle: float

    @property
    def late(self) -> float:
        """The 95th percentile of the times."""
        return sorted(self.taken)[int(0.95 * (len(self.taken) - 1) + 0.5)]


def fill(url: str, students: int, orders: int) -> None:
    """Make a store with so many students who may order, and orders of others that are over."""
    with closing(services := open_services(Settings(url))):
        store = services.store
        now = services.time.show().now

        def people(work: Work) -> None:
            model, account = work.get(Student, _MODEL), work.get(Account, _MODEL)
            for number in range(students):
                id_ = f"s{number:03}"
                album = f"7{number:05}"
                work.add(replace(model, id=id_, student_number=album, version=0))
                work.add(replace(account, id=id_, student=id_, version=0))

        store.transact(people)
        for first in range(0, orders, 2_000):
            numbers = range(first, min(first + 2_000, orders))
            store.transact(partial(_finished, numbers=numbers, now=now))


def _finished(work: Work, *, numbers: range, now: datetime) -> None:
    model = work.get(Student, _MODEL)
    for number in numbers:
        id_, album = f"x{number:06}", f"9{number:06}"
        work.add(replace(model, id=id_, student_number=album, version=0))
        by, at = Actor(ActorKind.STUDENT, id_), now - timedelta(minutes=number + 1)
        made = placed(
            id=f"{id_}-001",
            student=id_,
            university=model.university,
            student_number=album,
            at=at,
            expiration_date=at.date() + timedelta(days=99),
            by=by,
        )
        work.add(transition(made, Command.CANCEL, by=by, at=at))


async def measure(servers: Sequence[Server], students: int, window: float, idle: float) -> Cost:
    """Let a class come, order within a window of seconds, and sit still."""
    coming = iter(range(students))
    class_: list[Client] = []

    async def queue() -> None:
        for number in coming:
            port = servers[number % len(servers)].port
            client = await Client.log_in(port, f"s{number:03}", "demo", sees="Nowak")
            await client.press(b"l", sees="spełniasz")
            class_.append(client)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_A_TIME):
            group.create_task(queue())
    await asyncio.sleep(3)
    before = sum([server.cpu() for server in servers])
    began = time.perf_counter()
    moments = [window * (number + random.random()) / students for number in range(students)]  # noqa: S311

    async def order(client: Client, moment: float) -> float:
        await asyncio.sleep(began + moment - time.perf_counter())
        return 1000 * await client.press(b"z", sees="oczekujący")

    taken = await asyncio.gather(*map(order, class_, moments))
    await asyncio.sleep(max(0.0, began + window + 2 - time.perf_counter()))
    work = sum([server.cpu() for server in servers]) - before
    rest = sum([server.cpu() for server in servers])
    await asyncio.sleep(idle)
    used = sum([server.cpu() for server in servers]) - rest
    for client in class_:
        await client.leave()
    return Cost(students, taken, work, 100 * used / idle / students)


def run(options: argparse.Namespace, students: int) -> Cost:
    """Measure a class of so many on a new store."""
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        folder = Path(directory)
        file = folder / ("store.json" if options.store == "tinydb" else "store.sqlite")
        url = options.url or f"{options.store}:{file}"
        if options.url:
            drop(options.url)
        fill(url, students, options.orders)
        servers = [
            stack.enter_context(welcoming(folder / str(number), "--ssh-login", store=url))
            for number in range(options.servers)
        ]
        return asyncio.run(measure(servers, students, options.window, options.idle))


def drop(url: str) -> None:
    """Drop all tables of a PostgreSQL database."""
    from sqlalchemy import MetaData, create_engine  # noqa: PLC0415 - for PostgreSQL only

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    known = MetaData()
    known.reflect(engine)
    known.drop_all(engine)
    engine.dispose()


def table(found: Sequence[Cost]) -> str:
    """Return the costs as Markdown, and how they compare to the smallest class's."""
    base = found[0]
    lines = [
        "| students | key to result, ms | p95 | p95 × first's median | work, s | idle, % each |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {one.students} | {median(one.taken):.0f} | {one.late:.0f} "
        f"| {one.late / median(base.taken):.1f} | {one.work:.2f} | {one.idle:.3f} |"
        for one in found
    ]
    works = {one.students: one.work for one in found}
    if {10, 100} <= works.keys():
        lines += ["", f"work for 100 orders / for 10: {works[100] / works[10]:.1f} (goal: 12)"]
    lines += ["", f"goals: p95 3 × with 100, 5 × with 200; idle {_GOALS['idle']} %"]
    return "\n".join(lines)


def main() -> None:
    """Measure each class and print the table."""
    parser = argparse.ArgumentParser(description="Measure a class that orders over SSH.")
    parser.add_argument("--students", default="6,10,100,200")
    parser.add_argument("--store", default="tinydb", choices=("tinydb", "sqlite"))
    parser.add_argument("--orders", type=int, default=400)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--url", default="")
    parser.add_argument("--window", type=float, default=20.0)
    parser.add_argument("--idle", type=float, default=20.0)
    parser.add_argument("--short", action="store_true", help="only show that it works")
    options = parser.parse_args()
    if options.short:
        options.students, options.window, options.idle, options.orders = "1,2", 1.0, 0.5, 10
    counts = [int(number) for number in options.students.split(",")]
    sys.stdout.write(table([run(options, count) for count in counts]) + "\n")


if __name__ == "__main__":
    main()
