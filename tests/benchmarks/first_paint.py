"""How soon the first screen is there, beside the least that could be there.

Run by hand: ``python tests/benchmarks/first_paint.py [ROUNDS]``.

Every round starts each program once, so that a busy moment of the machine hits all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.end_to_end.terminal import Terminal  # noqa: E402 - found through the line above

PYTHON = sys.executable
MARKER = "first paint marker"
HELLO = f"""
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("{MARKER}")
Hello().run()
"""
GOALS = {("login page", "hello"): 1.6, ("--help", "pass"): 4.0}


def painted(marker: str, *command: str) -> float:
    """Return the seconds until a text is on a terminal's screen."""
    before = time.perf_counter()
    with Terminal([PYTHON, *command], environ={"PYTHONWARNINGS": None}) as terminal:
        terminal.wait_for(lambda screen: marker.encode() in screen.raw)
        return time.perf_counter() - before


def finished(*command: str) -> float:
    """Return the seconds until a command has ended."""
    before = time.perf_counter()
    subprocess.run([PYTHON, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


def measures(store: Path) -> Mapping[str, Callable[[], float]]:
    """Return what is measured; the store is there already, as on every day but the first."""
    page = ("-m", "mleg_tui", "--store", str(store))
    return {
        "pass": lambda: finished("-c", "pass"),
        "--help": lambda: finished("-m", "mleg_tui", "--help"),
        "hello": lambda: painted(MARKER, "-c", HELLO),
        "login page": lambda: painted("anna.nowak", *page),
    }


def main(rounds: int) -> None:
    """Measure, and print medians in milliseconds and the ratios that have a goal."""
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as directory:
        asked = measures(Path(directory) / "store.json")
        for measure in asked.values():
            measure()  # compile, read the disk, found the store
        taken = [{name: measure() for name, measure in asked.items()} for _ in range(rounds)]
    medians = {name: median(each[name] for each in taken) for name in asked}
    lines = [f"{name:12} {1000 * seconds:7.1f} ms" for name, seconds in medians.items()]
    for (name, peer), goal in GOALS.items():
        lines.append(f"{name} / {peer}: {medians[name] / medians[peer]:.2f} (goal: {goal} at most)")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
