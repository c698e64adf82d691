"""How soon the first picture is there, beside two other programs that are made with Textual.

``python -m tests.benchmarks.peers [--rounds 7] [--folder FOLDER] [--only NAME] [--short]``

The peers are installed into environments of their own under ``--folder``, a temporary one unless
it is given, with whatever Textual each of them asks for; they are no dependencies of anything.
Every round starts each program once, so that a busy moment of the machine hits all of them. A
picture is there when 1.5 kB have come, more than all that is written to set a terminal up; of ours,
not before the demo accounts are on it. ``--short`` starts only ours and hello world, once. Prints
Markdown.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.first_paint import HELLO, MARKER
from tests.benchmarks.idle import SIZE
from tests.benchmarks.stopwatch import Watched, late, middle
from tests.end_to_end.terminal import Terminal

_PICTURE = 1500
"""Bytes: hello world's picture at ``SIZE`` is 8 kB."""
_PATIENCE = 10
OURS, BARE = "mleg-tui, login page", "hello world"
_MARKS = {BARE: MARKER, OURS: "anna.nowak"}


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program: what is installed, and how it is started."""

    packages: tuple[str, ...]
    command: tuple[str, ...]


PEERS = {
    # its Textual crashes with later versions of tree-sitter
    "posting": Peer(("posting", "tree-sitter<0.26"), ("posting",)),
    "harlequin": Peer(("harlequin",), ("harlequin", "-P", "None", "-a", "sqlite", ":memory:")),
}


def installed(name: str, folder: Path) -> Sequence[str]:
    """Return the command that starts a peer; install it unless that has been done."""
    peer, place = PEERS[name], folder / name
    command, *arguments = peer.command
    program = place / "bin" / command
    if not program.exists():
        venv.create(place, with_pip=True)
        pip = [str(place / "bin" / "pip"), "install", "--quiet", *peer.packages]
        subprocess.run(pip, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (str(program), *arguments)


def painted(name: str, command: Sequence[str], home: Path) -> tuple[float, float] | None:
    """Return the seconds to the picture, and of processor time; ``None`` if it never came."""
    mark = _MARKS.get(name, "").encode()

    def came(screen: Terminal) -> bool:
        return len(screen.raw) >= _PICTURE and mark in screen.raw

    began = time.perf_counter()
    environ = {"PYTHONWARNINGS": None, "HOME": str(home)}
    with Watched(command, size=SIZE, environ=environ) as terminal:
        try:
            terminal.wait_for(came, timeout=_PATIENCE)
        except AssertionError:
            return None
        return time.perf_counter() - began, terminal.cpu()


def table(found: Mapping[str, Sequence[tuple[float, float] | None]]) -> str:
    """Return the times as Markdown, and how they compare with hello world's."""
    lines = [
        "| program | first paint, ms (p95) | × hello world | CPU, ms | × hello world |",
        "|---|---:|---:|---:|---:|",
    ]
    bare = [each for each in found[BARE] if each]
    for name, rounds in found.items():
        came = [each for each in rounds if each]
        if not came:
            lines.append(f"| {name} | never | | | |")
            continue
        times, cpu = zip(*came, strict=True)
        bare_times, bare_cpu = zip(*bare, strict=True)
        missing = f", {len(rounds) - len(came)} of {len(rounds)} never" if None in rounds else ""
        lines.append(
            f"| {name}{missing} | {middle(times):.0f} ({late(times):.0f})"
            f" | {middle(times) / middle(bare_times):.2f}"
            f" | {middle(cpu):.0f} | {middle(cpu) / middle(bare_cpu):.2f} |"
        )
    return "\n".join(lines)


def main(rounds: int, folder: Path, names: Sequence[str]) -> None:
    """Start all of them by turns, and print how soon they painted."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    store = str(home / "store.json")
    commands: dict[str, Sequence[str]] = {
        BARE: (sys.executable, "-c", HELLO),
        OURS: (sys.executable, "-m", "mleg_tui", "--store", store),
        **{name: installed(name, folder) for name in names},
    }
    for name, command in commands.items():
        painted(name, command, home)  # compile, read the disk, found the store
    found: dict[str, list[tuple[float, float] | None]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(painted(name, command, home))
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure the first paint of several programs.")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--folder", type=Path, help="where the peers are, or will be, installed")
    options.add_argument("--only", action="append", choices=sorted(PEERS), help="one of the peers")
    options.add_argument("--short", action="store_true", help="only show that it works")
    chosen = options.parse_args()
    asked = () if chosen.short else chosen.only or sorted(PEERS)
    with tempfile.TemporaryDirectory() as scratch:
        main(1 if chosen.short else chosen.rounds, chosen.folder or Path(scratch), asked)
