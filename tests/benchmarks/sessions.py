"""What sessions cost that share processes, by either door, beside a process each.

``python -m tests.benchmarks.sessions [--sessions 1,50,200] [--short]``

All ways are measured in one run: over SSH with the same clients, and over the page's websocket. The
clients run on the same machine. ``--short`` only shows that everything works: its numbers mean
little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.session_clients import Person, arrivals, typing
from tests.benchmarks.session_servers import SERVERS, Server

*OURS, PEER = SERVERS
COUNTS, FEW = (1, 50, 200), (1, 3)
_HEADS = (
    "sessions",
    "way",
    "MB per further session",
    "connect to first paint, ms (p95)",
    "key to paint, ms (p95)",
    "idle, % of a core each",
)
_AT_A_TIME = 4
_TYPISTS, _PAUSE = 20, 0.2
_MEMORY_GOAL, _KEY_GOAL = 0.2, 100


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done at each number of sessions; ``idle`` is in seconds."""

    keys: int = 30
    idle: float = 10.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many sessions cost: MB in all, ms, and % of one core for each that only looks."""

    sessions: int
    memory: float
    idle: float
    paints: Sequence[float]
    keys: Sequence[float]


async def costs(
    server: Server, kind: type[Person], counts: Sequence[int], effort: Effort
) -> list[Cost]:
    """Let more and more people come, and measure whenever a count is reached."""
    clients: list[Person] = []
    found = []
    for count in counts:
        more, paints = await arrivals(kind, server.port, count - len(clients), _AT_A_TIME)
        clients += more
        before = await asyncio.to_thread(server.cpu)
        await asyncio.sleep(effort.idle)
        used = await asyncio.to_thread(server.cpu) - before
        memory = await asyncio.to_thread(server.memory)
        keys = await typing(more[-_TYPISTS:], effort.keys, _PAUSE)
        found.append(
            Cost(
                sessions=count,
                memory=memory,
                idle=100 * used / effort.idle / count,
                paints=[1000 * seconds for seconds in paints],
                keys=[1000 * seconds for seconds in keys],
            )
        )
    for client in clients:
        await client.leave()
    return found


def table(found: dict[str, list[Cost]]) -> str:
    """Return the costs as Markdown, and how they compare."""
    lines = [
        f"| {' | '.join(_HEADS)} |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for pair in zip(*found.values(), strict=True):
        for way, cost in zip(found, pair, strict=True):
            further = _further(found[way][0], cost)
            memory = "–" if further is None else f"{further:.1f}"
            paints, keys = _spread(cost.paints), _spread(cost.keys)
            lines.append(
                f"| {cost.sessions} | {way} | {memory} | {paints} | {keys} | {cost.idle:.2f} |"
            )
    return "\n".join([*lines, *(line for way in OURS for line in _ratios(found, way))])


def _ratios(found: dict[str, list[Cost]], way: str) -> list[str]:
    ours, peers = found[way], found[PEER]
    paint = median(ours[-1].paints) / median(peers[-1].paints)
    late, peers_late = _late(ours[-1].keys), _late(peers[-1].keys)
    lines = [
        "",
        f"{way} / {PEER}, at {ours[-1].sessions} sessions:",
        f"connect to first paint {paint:.2f}",
        f"key to paint, p95 {late / peers_late:.2f} ({late:.0f} ms; goal: {_KEY_GOAL} at most)",
    ]
    further, peers_further = (_further(each[0], each[-1]) for each in (ours, peers))
    if further and peers_further:
        memory = further / peers_further
        lines.append(f"memory per further session {memory:.2f} (goal: {_MEMORY_GOAL} at most)")
    return lines


def _further(first: Cost, cost: Cost) -> float | None:
    if cost.sessions <= first.sessions:
        return None
    return (cost.memory - first.memory) / (cost.sessions - first.sessions)


def _spread(times: Sequence[float]) -> str:
    return f"{median(times):.0f} ({_late(times):.0f})"


def _late(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def main(counts: Sequence[int], effort: Effort) -> None:
    """Measure all ways and print the table."""
    found = {}
    for way, (server, kind) in SERVERS.items():
        with tempfile.TemporaryDirectory() as directory, server(Path(directory)) as running:
            found[way] = asyncio.run(costs(running, kind, counts, effort))
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure sessions.")
    options.add_argument("--sessions", help="how many, such as 1,50,200")
    options.add_argument("--short", action="store_true", help="only show that it works")
    chosen = options.parse_args()
    numbers = chosen.sessions.split(",") if chosen.sessions else FEW if chosen.short else COUNTS
    main(sorted(map(int, numbers)), Effort(keys=5, idle=1) if chosen.short else Effort())
