"""Many processes on one file, and processes that die: nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO

import pytest

from mleg_tui.domain.order import Order
from mleg_tui.stores.tinydb import TinyDbStore

_ROOT = Path(__file__).parents[2]


@contextmanager
def writer(path: Path, name: str, count: int) -> Iterator[subprocess.Popen[str]]:
    """Start ``tests.stores.writer``; it is ready, and goes when it is told."""
    command = [sys.executable, "-m", "tests.stores.writer", str(path), name, str(count)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert output(process).readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def lost(path: Path, acknowledged: list[str]) -> list[str]:
    """Return the acknowledged lines that the store knows nothing of."""
    json.loads(path.read_bytes())
    with closing(TinyDbStore(path)) as store:
        kept = store.read(lambda view: view.select(Order))
    done = {f"placed {order.id}" for order in kept}
    done |= {f"cancelled {order.id}" for order in kept if order.status == "CANCELLED"}
    return [line for line in acknowledged if line not in done]


def test_eight_processes_lose_nothing(path: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(writer(path, f"p{n}", 20)) for n in range(8)]
        for process in processes:
            go(process)
        acknowledged = [
            line for process in processes for line in output(process).read().split("\n")
        ]
        assert [process.wait() for process in processes] == [0] * 8
    acknowledged = [line for line in acknowledged if line]
    assert len(acknowledged) == 8 * 30
    assert lost(path, acknowledged) == []


def test_a_killed_writer_loses_nothing(path: Path) -> None:
    acknowledged: list[str] = []
    for turn in range(30):
        with writer(path, f"k{turn}", -1) as process:
            go(process)
            acknowledged += [output(process).readline().strip() for _ in range(1 + turn % 10)]
            process.kill()
            acknowledged += output(process).read().splitlines()
        assert lost(path, acknowledged) == []


@pytest.mark.parametrize("turn", range(3))
def test_two_processes_that_start_at_once_make_one_store(path: Path, turn: int) -> None:
    """Both place the same first order; the second finds the store made and is told so."""
    del turn
    with writer(path, "same", 1) as one, writer(path, "same", 1) as two:
        go(one)
        go(two)
        told = sorted(output(process).read() for process in (one, two))
    assert told == ["kept same-0000\n", "placed same-0000\n"]
    assert lost(path, ["placed same-0000"]) == []
