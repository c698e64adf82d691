"""A class over SSH that works through two exercises, while one of its workers is killed.

``python -m tests.benchmarks.class_of_forty [--participants 2,40] [--store sqlite] [--pages 1]
[--pause 6] [--servers 1] [--url postgresql://…] [--calm] [--short]``

Everybody joins at once, in two workers of each server. They go through the pages and the orders by
keys, a thousand in a class of forty, each about every ``--pause`` seconds; a key counts from when
it is pressed to when its result is painted. When half of the keys are pressed, one worker is killed
(``kill -9``), and whom that throws out comes back by nickname and number. Meanwhile the trainer has
the board before them, and looks over the shoulder of one more; in the end they show their own
screen to all, and then a demo. At last the store is asked who has solved what. The base is the
first number of participants, in the same run. With a ``--url`` the store is made there anew for
each class (the database's own tables are dropped first), and several servers share it as several
hosts would. With ``--calm`` no worker is killed. ``--short`` only shows that everything works.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from mleg_tui.compose import Settings, open_services
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.classes import Board
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from tests.benchmarks.class_people import (
    EXERCISES,
    MODEL,
    WORD,
    Late,
    Pace,
    Participant,
    Reader,
    Trainer,
    lateness,
)
from tests.benchmarks.classroom import drop
from tests.benchmarks.session_servers import Server, welcoming

NAME = "Grupa"
_BY = Administrator()
_WORKERS = ("--workers", "2")
_HEADS = (
    "participants",
    "all have joined, s",
    "keys",
    "key to result, ms",
    "p95",
    "p95 × first's",
    "thrown out",
    "back, s at most",
    "all solved",
)
_GOALS = {"joined": 15.0, "late": 3.0}


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a class went: seconds until all sat, from keys to results, of those thrown out."""

    joined: float
    taken: Sequence[float]
    away: Sequence[float]
    numbers: dict[str, str]
    board: Board
    looked: Late

    @property
    def late(self) -> float:
        """The 95th percentile of the times from key to result."""
        return sorted(self.taken)[int(0.95 * (len(self.taken) - 1) + 0.5)]

    @property
    def solved(self) -> list[int]:
        """How many have solved each exercise."""
        return [self.board.solved(exercise) for exercise in EXERCISES]

    @property
    def is_done(self) -> bool:
        """Whether everybody has solved everything."""
        return self.solved == [len(self.numbers)] * len(EXERCISES)


def run(
    folder: Path,
    url: str,
    participants: int,
    pace: Pace,
    servers: int = 1,
    *,
    looks: bool = False,
    calm: bool = False,
) -> Lesson:
    """Let a class of so many go through its exercises, on a new store.

    The trainer ``looks``, if asked to: at the board, over a shoulder, and lets all look in the end.
    One worker is killed in between, unless it is ``calm``.
    """
    with closing((services := open_services(Settings(url))).store), ExitStack() as stack:
        exercises = Scenarios(services).for_class(EXERCISES)
        services.classes.open(_BY, NAME, exercises, WORD)
        running = [
            stack.enter_context(welcoming(folder / str(number), *_WORKERS, store=url))
            for number in range(servers)
        ]
        return asyncio.run(_lesson(services, running, participants, pace, looks=looks, calm=calm))


async def _lesson(
    services: Services,
    servers: Sequence[Server],
    participants: int,
    pace: Pace,
    *,
    looks: bool,
    calm: bool,
) -> Lesson:
    ports = [server.port for server in servers]
    note = int if calm else _killing(servers[0], after=pace.keys * participants // 2)
    class_ = [
        Participant(f"Osoba {number}", ports[number % len(ports) :] + ports, pace, note)
        for number in range(participants)
    ]
    late, looking = Late(), None
    if looks:
        looking = asyncio.create_task(lateness(*await _watched(ports), late))
    began = time.perf_counter()
    await asyncio.gather(*(one.join() for one in class_))
    joined = time.perf_counter() - began
    await asyncio.gather(*(one.work() for one in class_))
    if looking is not None:
        looking.cancel()
        trainer = Trainer()
        await trainer.open_board(ports[0])
        late.shown.extend(await trainer.show_screen(class_))
        spent, since = sum(server.cpu() for server in servers), time.perf_counter()
        late.demo.extend(await trainer.play_demo(class_, pace.demo_steps))
        spent = sum(server.cpu() for server in servers) - spent
        late.demo_cpu = spent / (time.perf_counter() - since)
        await trainer.screen.leave()
    board = await asyncio.to_thread(services.classes.board, _BY, NAME.lower())
    for one in class_:
        await one.leave()
    return Lesson(
        joined,
        [seconds for one in class_ for seconds in one.taken],
        [seconds for one in class_ for seconds in one.away],
        {one.nickname: one.number for one in class_},
        board,
        late,
    )


async def _watched(ports: Sequence[int]) -> tuple[Participant, Reader, Reader]:
    """Return somebody who is looked at, the board, and the look over their shoulder."""
    model, board, shoulder = Participant(MODEL, ports, Pace(), int), Trainer(), Trainer()
    await model.join()
    await model.begin()
    await board.open_board(ports[0])
    await shoulder.open_board(ports[-1])
    await shoulder.look_over_shoulder()
    return model, board.screen, shoulder.screen


def _killing(server: Server, after: int) -> Callable[[], object]:
    """Return what counts keys, and kills a worker in the midst of what its people do."""
    counted = count(1)

    def note() -> None:
        if next(counted) == after:
            os.kill(server.workers()[0], signal.SIGKILL)

    return note


def table(found: Sequence[Lesson]) -> str:
    """Return how the classes went as Markdown, and how that compares to the first one."""
    lines = [
        f"| {' | '.join(_HEADS)} |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for one in found:
        back = f"{max(one.away):.1f}" if one.away else "–"
        lines.append(
            f"| {len(one.numbers)} | {one.joined:.1f} | {len(one.taken)} "
            f"| {1000 * median(one.taken):.0f} | {1000 * one.late:.0f} "
            f"| {one.late / found[0].late:.1f} | {len(one.away)} | {back} "
            f"| {'yes' if one.is_done else ' and '.join(map(str, one.solved))} |"
        )
    for one in found:
        lines += ["", *_told_late(one)]
    goals = f"goals: joined within {_GOALS['joined']:.0f} s, p95 {_GOALS['late']:.0f} × at most"
    return "\n".join([*lines, "", goals])


def _told_late(lesson: Lesson) -> Iterator[str]:
    """Yield how far behind those were who looked, as far as anybody did."""
    yield f"{len(lesson.numbers)} participants, seconds behind what is looked at (p95):"
    looked = lesson.looked
    ways = {
        "board": looked.board,
        "shoulder": looked.shoulder,
        "look here": looked.shown,
        f"demo, at {100 * looked.demo_cpu:.0f} % of a core": looked.demo,
    }
    for way, times in ways.items():
        if times:
            late = sorted(times)[int(0.95 * (len(times) - 1) + 0.5)]
            yield f"{way} {median(times):.2f} ({late:.2f}, at most {max(times):.2f})"


def main() -> None:
    """Measure each class and print the table."""
    parser = argparse.ArgumentParser(description="Measure a class that works over SSH.")
    parser.add_argument("--participants", default="2,40")
    parser.add_argument("--store", default="tinydb", choices=("tinydb", "sqlite"))
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--url", default="")
    parser.add_argument("--pages", type=int, default=1, choices=(1, 2, 3), help="before each step")
    parser.add_argument("--pause", type=float, default=6.0, help="seconds from key to key")
    parser.add_argument("--calm", action="store_true", help="kill no worker")
    parser.add_argument("--short", action="store_true", help="only show that it works")
    options = parser.parse_args()
    if options.short:
        options.participants, options.pause = "1,2", 0.05
    found = []
    for number in map(int, options.participants.split(",")):
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory)
            file = folder / ("store.json" if options.store == "tinydb" else "store.sqlite")
            if options.url:
                drop(options.url)
            url = options.url or f"{options.store}:{file}"
            pace = Pace(options.pages, options.pause, demo_steps=1 if options.short else 5)
            found.append(
                run(folder, url, number, pace, options.servers, looks=True, calm=options.calm)
            )
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
