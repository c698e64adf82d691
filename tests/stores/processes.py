"""Starts processes that use a store, and asks the store what came of it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from mleg_tui.compose import open_store
from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.order import Order
from tests.stores.writer import COUNTER

ROOT = Path(__file__).parents[2]
BURN = bool(os.environ.get("MLEG_TUI_BURN"))
"""Whether the long versions are wanted."""


@contextmanager
def process(module: str, *arguments: object, home: Path | None = None) -> Iterator[_Process]:
    """Start a module of the tests; it is ready, and is killed in the end."""
    command = [sys.executable, "-m", f"tests.stores.{module}", *map(str, arguments)]
    pipe = subprocess.PIPE
    environ = {**os.environ, **({"HOME": str(home)} if home else {})}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env=environ
    ) as started:
        try:
            assert output(started).readline() == "ready\n"
            yield started
        finally:
            started.kill()


_Process = subprocess.Popen[str]


def go(writer: _Process) -> None:
    """Let a writer begin."""
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()


def output(started: _Process) -> IO[str]:
    """Return what a process tells."""
    assert started.stdout is not None
    return started.stdout


def told(writers: list[_Process]) -> list[str]:
    """Return all that writers tell until they end, which must be well."""
    lines = [line for writer in writers for line in output(writer).read().splitlines()]
    assert [writer.wait() for writer in writers] == [0] * len(writers)
    return lines


def lost(url: str, acknowledged: list[str]) -> list[str]:
    """Return the acknowledged lines that the store knows nothing of."""
    check_file(url)
    with closing(open_store(url)) as store:
        kept = store.read(lambda view: view.select(Order))
    done = {f"placed {order.id}" for order in kept}
    done |= {f"cancelled {order.id}" for order in kept if order.status == "CANCELLED"}
    return [line for line in acknowledged if line not in done]


def counted(url: str) -> int:
    """Return how many changes were made."""
    with closing(open_store(url)) as store:
        return store.read(lambda view: view.get(LoginAttempts, COUNTER)).failures


def check_file(url: str) -> None:
    """Check that a file is whole, without the program under test."""
    scheme, _, path = url.partition(":")
    if scheme == "tinydb":
        json.loads(Path(path).read_bytes())
    if scheme == "sqlite":
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
