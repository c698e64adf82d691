"""How soon something is seen, and the first screen is there, beside the least that could be.

Run by hand: ``python -m tests.benchmarks.first_paint [ROUNDS]``.

Every round starts each program once, so that a busy moment of the machine hits all of them.
"""

from __future__ import annotations

import os
import pty
import signal
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
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
NOTICE = "NIE JEST DOKUMENTEM"
GOALS = {
    ("login page", "hello"): 1.4,
    ("first frame", "pass"): 2.0,
    ("--help", "pass"): 3.0,
}


def seconds(*command: str, until: str = "") -> float:
    """Return the seconds until a text is on a new terminal, or until the command has ended.

    Nothing stands between: the process that is measured is the one that is started.
    """
    before = time.perf_counter()
    process, terminal = pty.fork()
    if not process:
        os.execve(PYTHON, [PYTHON, *command], _environment())  # noqa: S606 - no shell is wanted
    termios.tcsetwinsize(terminal, (24, 80))
    written = more = _read(terminal)
    while more and not (until and until.encode() in written):
        more = _read(terminal)
        written += more
    taken = time.perf_counter() - before
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
    if until.encode() not in written:
        sys.exit(written.decode(errors="replace"))
    return taken


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""


def _environment() -> dict[str, str]:
    ours = ("TEXTUAL", "MLEG_TUI", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def measures(store: Path) -> Mapping[str, Callable[[], float]]:
    """Return what is measured; the store is there already, as on every day but the first."""
    page = ("-m", "mleg_tui", "--store", str(store))
    return {
        "pass": lambda: seconds("-c", "pass"),
        "--help": lambda: seconds("-m", "mleg_tui", "--help"),
        "hello": lambda: seconds("-c", HELLO, until=MARKER),
        "first frame": lambda: seconds(*page, until=NOTICE),
        "login page": lambda: seconds(*page, until="anna.nowak"),
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
