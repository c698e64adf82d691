"""Exercises solved by keys in the real program: the rail says so, and so does the plain line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.errands import go
from tests.end_to_end.program import PROGRAM, command, environment, program
from tests.end_to_end.terminal import ROOT, Terminal

SOLVED = "✓ rozwiązane w"
WINDOW = "SYMULATOR: ćwiczenie"


def check(store: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Ask for an exercise as a trainer's script does."""
    given = {name: value for name, value in environment().items() if value is not None}
    return subprocess.run(
        [*PROGRAM, "scenario", "check", name, "--json", "--store", str(store)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **given},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def close(terminal: Terminal) -> None:
    """Close the window, and wait for it to be gone: a key behind Escape is another key."""
    terminal.press("escape")
    terminal.wait_for(lambda screen: WINDOW not in screen.text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_office_solves_one(tmp_path: Path, size: tuple[int, int]) -> None:
    store = tmp_path / "store.json"
    command(store, "scenario load photo-waiting")
    asked = check(store, "photo-waiting")
    assert (asked.returncode, json.loads(asked.stdout)["solved"]) == (1, False)
    assert "Zdjęcie: zatwierdzone (jest: czeka na zatwierdzenie)" in asked.stderr
    office = ("--user", "dziekanat")
    with program(store, *office, size=size, environ={"MLEG_TUI_PASSWORD": "demo"}) as terminal:
        terminal.wait_for("ĆWICZENIE  Zdjęcie czeka")
        go(terminal, "ctrl+n", WINDOW)
        terminal.press("left", "left")
        go(terminal, "enter", "Podpowiedź 1:")
        close(terminal)
        go(terminal, "4", "Zamówienia")
        go(terminal, "s", "Nowak")
        terminal.press("n")
        terminal.type("milewska")
        terminal.wait_for("Milewska")
        terminal.press("down")
        go(terminal, "enter", "Zatwierdź zdjęcie")
        terminal.press("t")
        terminal.wait_for(SOLVED)
        terminal.wait_for("podpowiedzi: 1 z 2")
        terminal.press("ctrl+q")
    asked = check(store, "photo-waiting")
    told = json.loads(asked.stdout)
    assert (asked.returncode, told["solved"], told["hints"], told["missing"]) == (0, True, 1, [])
    assert told["seconds"] >= 0


def test_a_student_solves_one(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    command(store, "scenario load never-refreshed")
    student = ("--user", "flora.kmiec")
    with program(store, *student, environ={"MLEG_TUI_PASSWORD": "demo"}) as terminal:
        terminal.wait_for("Ctrl+N ⚑")
        go(terminal, "l", "oczekujący")
        go(terminal, "ctrl+n", "Doczekaj się kodów")
        close(terminal)
        go(terminal, ".", "wydanie kodów")
        terminal.press(".")
        terminal.wait_for(SOLVED)
        terminal.press("ctrl+q")
    assert check(store, "never-refreshed").returncode == 0
