"""How soon a key is painted: in the menu, a form, long tables and a search, beside hello world.

``python -m tests.benchmarks.key_to_paint [--keys 100] [--short]``

Every round presses one key in each of them, so that a busy moment of the machine hits all. A key's
processor time is told, too: it does not depend on what else the machine does. ``--short`` only
shows that everything works: its tables are short and its numbers mean little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from mleg_tui.compose import Settings, open_services
from tests.benchmarks.office_page import FILLED, WORDS, fill
from tests.benchmarks.stopwatch import Answer, Watched, late, middle

SIZE = (100, 30)
HELLO = """
from textual.app import App
from textual.widgets import Input, OptionList
class Hello(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Input()
        yield OptionList(*(f"hello world {n}" for n in range(50)))
Hello().run()
"""
LIST, FIELD = "hello world, list", "hello world, field"
WARM_UP = 4
_GOALS = ("median", 10.0), ("p95", 30.0)
_TIMES, _SEARCH = 1.5, 70.0
_HEADS = (
    "where",
    "first byte, ms (p95)",
    "last byte, ms (p95)",
    "CPU, ms",
    "first / hello",
    "CPU / hello",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where keys are pressed, which, and in what a bare program the same is done."""

    name: str
    terminal: Watched
    keys: Sequence[str]
    peer: str
    answers: list[Answer] = field(default_factory=list)

    def press(self, number: int) -> None:
        """Press the key of a round."""
        answer = self.terminal.answer(self.keys[number % len(self.keys)])
        if number >= WARM_UP:
            self.answers.append(answer)

    def times(self, what: str) -> list[float]:
        """Return the seconds of all answers: ``first``, ``last`` or ``cpu``."""
        return [getattr(answer, what) for answer in self.answers]


class Programs:
    """Starts the programs and brings them to where keys are pressed."""

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self._directory = directory
        self._stack = stack
        self._filled: set[str] = set()

    def bare(self) -> Iterator[Place]:
        """Yield a list and a field of a program that has nothing else."""
        for name, keys in ((LIST, _there_and_back("down", "up")), (FIELD, _typed("abc"))):
            terminal = self._started("-c", HELLO)
            terminal.wait_for("hello world")
            if name == LIST:
                terminal.press("tab")
            yield Place(name, terminal, keys, name)

    def ours(self) -> Iterator[Place]:
        """Yield the login form and the menu of a student's portal."""
        store = ("-m", "mleg_tui", "--store", str(self._directory / "store.json"))
        form = self._started(*store)
        form.wait_for("anna.nowak")
        yield Place("login form", form, _typed("abc"), FIELD)
        menu = self._started(*store, "--user", "anna.nowak", MLEG_TUI_PASSWORD="demo")
        menu.wait_for("Zalogowany użytkownik")
        menu.press("l")
        menu.wait_for("Możesz zamówić mLegitymację")
        menu.press("m")
        yield Place("menu", menu, ("down",), LIST)

    def office(self, count: int) -> Iterator[Place]:
        """Yield a table of so many orders."""
        table = self._of_many(count)
        yield Place(f"{count} orders, rows", table, _there_and_back("down", "up"), LIST)

    def students(self, count: int) -> Iterator[Place]:
        """Yield a search through the students who have so many orders."""
        search = self._of_many(count)
        search.press("s")
        search.wait_for(lambda screen: re.search(r"Studenci: [1-9]", screen.text), timeout=60)
        search.press("n")
        typed = [key for word in WORDS for key in _typed(word)]
        yield Place(f"{count} orders, search", search, typed, FIELD)

    def _of_many(self, count: int) -> Watched:
        """Return the office's orders: on SQLite, as so many are."""
        url = f"sqlite:{self._directory / str(count)}.db"
        if url not in self._filled:
            with closing(services := open_services(Settings(url))):
                fill(services, count)
            self._filled.add(url)
        office = ("-m", "mleg_tui", "--store", url, "--user", "dziekanat", "--screen", "office")
        terminal = self._started(*office, MLEG_TUI_PASSWORD="demo")
        terminal.wait_for(lambda screen: FILLED.search(screen.text), timeout=120)
        return terminal

    def _started(self, *command: str, **environ: str) -> Watched:
        changes = {"PYTHONWARNINGS": None, **environ}
        return self._stack.enter_context(
            Watched((sys.executable, *command), size=SIZE, environ=changes)
        )


def _there_and_back(there: str, back: str) -> list[str]:
    return [*[there] * 20, *[back] * 20]


def _typed(word: str) -> list[str]:
    return [*word, *["backspace"] * len(word)]


def main(keys: int, sizes: Sequence[int]) -> None:
    """Press keys everywhere by turns, and print how soon they were painted."""
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        programs = Programs(Path(directory), stack)
        places = [*programs.bare(), *programs.ours()]
        for size in sizes:
            places += programs.office(size)
        places += programs.students(sizes[-1])
        for number in range(WARM_UP + keys):
            for place in places:
                place.press(number)
    sys.stdout.write(table(places) + "\n")


def table(places: Sequence[Place]) -> str:
    """Return all that was measured as Markdown, and how it compares."""
    lines = [
        f"| {' | '.join(_HEADS)} |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    peers = {place.name: place for place in places if place.name == place.peer}
    for place in places:
        spread = [f"{middle(t):.1f} ({late(t):.1f})" for t in map(place.times, ("first", "last"))]
        ratios = [f"{_ratio(place, peers[place.peer], what):.2f}" for what in ("first", "cpu")]
        cpu = f"{middle(place.times('cpu')):.1f}"
        lines.append(f"| {' | '.join((place.name, *spread, cpu, *ratios))} |")
    goals = [f"{what} {goal:g} ms" for what, goal in _GOALS]
    search = middle(places[-1].times("last"))
    return "\n".join(
        (
            *lines,
            "",
            f"goals: first byte {' and '.join(goals)} at most, {_TIMES} times hello world's",
            f"search to the last byte {search:.1f} ms (goal: {_SEARCH:g} at most)",
        )
    )


def _ratio(place: Place, peer: Place, what: str) -> float:
    return middle(place.times(what)) / middle(peer.times(what))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Measure how soon keys are painted.")
    options.add_argument("--keys", type=int, default=100)
    options.add_argument("--short", action="store_true", help="only show that it works")
    chosen = options.parse_args()
    main(*((2, (100, 200)) if chosen.short else (chosen.keys, (10_000, 50_000))))
