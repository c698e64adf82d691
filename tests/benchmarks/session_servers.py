"""The servers that ``sessions`` measures, and what they cost the machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.benchmarks.session_clients import Browser, Client, Person
from tests.end_to_end.terminal import ROOT

_PORT = re.compile(r"(?:\bport |://127\.0\.0\.1:)(\d+)")
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server and all the processes that it has started."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self._process = process
        self.port = port

    def memory(self) -> float:
        """Return megabytes (PSS: what is shared counts in parts) of all its processes."""
        return sum(_memory(pid) for pid in self._tree())

    def memory_of_workers(self) -> float:
        """Return megabytes of the processes that the first one has started itself."""
        return sum(map(_memory, self.workers()))

    def workers(self) -> list[int]:
        """Return the processes that the first one has started itself."""
        return [pid for pid, parent in _parents().items() if parent == self._process.pid]

    def cpu(self) -> float:
        """Return the seconds of processor time that its present processes have taken."""
        fields = (_text(pid, "stat").rpartition(")")[2].split() for pid in self._tree())
        return sum(int(each[11]) + int(each[12]) for each in fields if each) / _TICKS

    def _tree(self) -> list[int]:
        children = defaultdict(list)
        for pid, parent in _parents().items():
            children[parent].append(pid)
        found = [self._process.pid]
        for pid in found:  # grows meanwhile
            found += children[pid]
        return found


@contextmanager
def welcoming(directory: Path, *options: str, store: str | None = None) -> Iterator[Server]:
    """Run ``mleg-tui serve ssh`` with room for all that come, and options of its own."""
    directory.mkdir(exist_ok=True)
    key = str(directory / "in-process.key")
    room = _room("--max-sessions", "--max-per-address", "--new-per-minute")
    place = ("--port", "0", "--store", store or _store(directory), "--host-key", key)
    with _started("mleg_tui", "serve", "ssh", *place, *room, *options) as server:
        yield server


def _room(*options: str) -> list[str]:
    return [word for option in options for word in (option, "9999")]


def in_process(directory: Path) -> AbstractContextManager[Server]:
    """Run ``mleg-tui serve ssh`` as people would start it."""
    return welcoming(directory)


@contextmanager
def website(directory: Path) -> Iterator[Server]:
    """Run ``mleg-tui serve web`` with room for all that come."""
    room = _room("--visitors", "--max-per-address", "--new-per-minute")
    place = ("--port", "0", "--store", _store(directory))
    with _started("mleg_tui", "serve", "web", *place, *room) as server:
        yield server


@contextmanager
def process_each(directory: Path) -> Iterator[Server]:
    """Run the peer, which starts the program anew for each session."""
    key = str(directory / "peer.key")
    with _started("tests.benchmarks.session_peer", _store(directory), key) as server:
        yield server


SERVERS: dict[str, tuple[Callable[[Path], AbstractContextManager[Server]], type[Person]]] = {
    "serve ssh": (in_process, Client),
    "serve web": (website, Browser),
    "a process each": (process_each, Client),
}
"""The ways that are compared, and who comes that way; the last is the peer."""


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        told = ""
        while not (found := _PORT.search(told)):
            line = process.stdout.readline()
            assert line, f"the server has ended: {told}"
            told += line
        yield Server(process, int(found[1]))
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MLEG_TUI", "TEXTUAL")) and name != "NO_COLOR"
    }


def _store(directory: Path) -> str:
    return str(directory / "store.json")


def _memory(pid: int) -> float:
    found = _PSS.search(_text(pid, "smaps_rollup"))
    return int(found[1]) / 1024 if found else 0.0


def _parents() -> dict[int, int]:
    """Return the parent of every process of the machine."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    fields = {pid: _text(pid, "stat").rpartition(")")[2].split() for pid in pids}
    return {pid: int(each[1]) for pid, each in fields.items() if each}


def _text(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:  # it has just ended
        return ""
