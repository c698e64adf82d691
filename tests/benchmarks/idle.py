"""What a program costs while nobody touches it, beside the least that Textual costs.

``python -m tests.benchmarks.idle [--seconds 20] [--short]``

The programs run at the same time, so that a busy moment of the machine hits all of them.
``--short`` only shows that everything works: its numbers mean little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

from tests.benchmarks.first_paint import HELLO, MARKER
from tests.benchmarks.stopwatch import Watched

SIZE = (100, 30)
GOAL = 1.0


class Case:
    """A program that has been brought to where it is left alone."""

    def __init__(self, terminal: Watched) -> None:
        self.terminal = terminal
        self.memory = terminal.memory()
        self.used = self.bytes = 0.0

    def leave_alone(self, seconds: float) -> None:
        """Note what it costs in a time, in % of a core and in bytes a second."""
        before = self.terminal.cpu()
        self.bytes = self.terminal.leave_alone(seconds) / seconds
        self.used = 100 * (self.terminal.cpu() - before) / seconds


def cases(directory: Path, stack: ExitStack) -> Iterator[tuple[str, Case]]:
    """Yield the programs, each where it is to be measured."""

    def started(*command: str, **environ: str) -> Watched:
        changes = {"PYTHONWARNINGS": None, **environ}
        command = (sys.executable, *command)
        return stack.enter_context(Watched(command, size=SIZE, environ=changes))

    hello = started("-c", HELLO)
    hello.wait_for(MARKER)
    yield "hello world", Case(hello)
    store = ("-m", "mleg_tui", "--store")
    login = started(*store, str(directory / "first.json"))
    login.wait_for("anna.nowak")
    yield "login page", Case(login)
    file = str(directory / "second.json")
    page = started(*store, file, "--user", "anna.nowak", MLEG_TUI_PASSWORD="demo")
    page.wait_for("Zalogowany użytkownik")
    page.press("l")
    page.wait_for("Możesz zamówić mLegitymację")
    page.press("z")
    page.wait_for("Status:  ● oczekujący")
    yield "order page", Case(page)


def main(seconds: float) -> None:
    """Leave all of them alone, and print what they cost."""
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        found = dict(cases(Path(directory), stack))
        for case in found.values():
            case.terminal.leave_alone(min(seconds, 2))  # what still comes of the last key
        threads = [Thread(target=case.leave_alone, args=(seconds,)) for case in found.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    sys.stdout.write(table(found) + "\n")


def table(found: dict[str, Case]) -> str:
    """Return the costs as Markdown, and how they compare."""
    lines = [
        "| program | idle, % of a core | bytes/s painted | MB (RSS) | MB (PSS) |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, case in found.items():
        rss, pss = case.memory
        lines.append(f"| {name} | {case.used:.2f} | {case.bytes:.0f} | {rss:.0f} | {pss:.0f} |")
    page, hello = found["order page"], found["hello world"]
    lines += [
        "",
        f"idle CPU of the order page {page.used:.2f} % (goal: under {GOAL:g} %)",
        f"memory, order page / hello world {page.memory[0] / hello.memory[0]:.2f}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure programs that nobody touches.")
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--short", action="store_true", help="only show that it works")
    chosen = options.parse_args()
    main(0.5 if chosen.short else chosen.seconds)
