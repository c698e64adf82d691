"""The plain commands as a user starts them: each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.qr_reader import scan
from tests.end_to_end.terminal import Terminal

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "mleg_tui")
HEAVY = ("textual", "rich", "msgspec", "tinydb", "argon2", "qrcode", "platformdirs")

Finished = subprocess.CompletedProcess[str]


def environment(**more: str) -> dict[str, str]:
    own = ("MLEG_TUI_", "XDG_", "NO_COLOR", "LC_ALL", "LANG")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**clean, "LANG": "C.UTF-8", "MLEG_TUI_PASSWORD": "demo", **more}


def run(line: str, store: Path, **more: str) -> Finished:
    done = subprocess.run(
        [*PROGRAM, *line.split(), "--store", str(store)],
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def document(done: Finished) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("more", [{}, {"MLEG_TUI_NOW": "2026-11-16T10:00:00+01:00"}])
def test_the_seed_decides_all(tmp_path: Path, more: dict[str, str]) -> None:
    line = "order place --user anna.nowak --json"
    one, two = (run(line, tmp_path / name, MLEG_TUI_SEED="7", **more) for name in ("a", "b"))
    assert document(one)["status"] == "PENDING"
    assert one.stdout == two.stdout
    again = run(line, tmp_path / "a", MLEG_TUI_SEED="7", **more)
    assert (again.returncode, again.stdout) == (1, "")
    assert "Masz już zamówienie mLegitymacji." in again.stderr


def test_the_whole_errand(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    anna = "--user anna.nowak"
    more = {"MLEG_TUI_SEED": "7", "MLEG_TUI_NOW": "2026-10-05T09:00:00"}
    document(run(f"order place {anna} --json", store, **more))
    seen = []
    while "READY" not in seen:
        upcoming = document(run("time forward 2m --json", store))["next"]
        page = document(run(f"order status {anna} --json", store))
        seen.append(page["status"])
        assert (upcoming is None) == (page["status"] == "READY")
    assert list(dict.fromkeys(seen)) == ["PENDING", "IN_PROGRESS", "READY"]
    assert page["token"] in run(f"order qr {anna}", store).stdout
    before = store.read_bytes()
    assert run(f"order revoke {anna}", store).returncode == 1
    assert store.read_bytes() == before
    assert document(run(f"order revoke {anna} --yes --json", store))["status"] == "REVOKED"


def test_exit_statuses(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    assert run("store check", store).returncode == 3
    assert run("store init", store).returncode == 0
    assert run("order place --user jan.kowalski", store).returncode == 1
    assert run("order nonsense", store).returncode == 2
    assert run("", store).returncode == 2
    wrong = run("order status --user anna.nowak", store, MLEG_TUI_PASSWORD="guess")
    unknown = run("order status --user nobody", store, MLEG_TUI_PASSWORD="guess")
    assert (wrong.returncode, unknown.returncode) == (5, 5)
    assert wrong.stderr == unknown.stderr
    store.write_text("{", encoding="utf-8")
    assert run("time show", store).returncode == 3
    assert store.read_text(encoding="utf-8") == "{"


def test_polish_and_english(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    polish = run("order status --user anna.nowak", store)
    english = run("order status --user anna.nowak", store, MLEG_TUI_LANG="en")
    assert polish.stdout.splitlines()[0] == "SYMULACJA — NIE JEST DOKUMENTEM"
    assert "Brak mLegitymacji" in polish.stdout
    assert "AGH (simulation)" in english.stdout
    assert "No mLegitymacja" in english.stdout


LOADED = f"""
import sys
from mleg_tui.cli import main
status = main(sys.argv[1:])
print(status, *(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        ("--help", []),
        ("--version", []),
        ("order place --help", []),
        ("store path", ["msgspec", "tinydb"]),
        ("order status --user anna.nowak", ["msgspec", "tinydb", "argon2"]),
        ("time show", ["msgspec", "tinydb"]),
        ("store check", ["msgspec", "tinydb"]),
    ],
)
def test_a_command_loads_what_it_needs(tmp_path: Path, line: str, loaded: list[str]) -> None:
    store = tmp_path / "store.json"
    run("store init", store)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *line.split()],
        cwd=ROOT,
        env=environment(MLEG_TUI_STORE=str(store)),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )
    status, *found = done.stderr.split()
    assert status == "0"
    assert set(found) <= set(loaded)


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as deaf:
        done = subprocess.run(
            [*PROGRAM, "time", "show", "--store", str(tmp_path / "store.json")],
            cwd=ROOT,
            env=environment(),
            stdout=deaf,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


def on_terminal(line: str, store: Path, password: str | None = None) -> Terminal:
    where = {"MLEG_TUI_STORE": str(store), "MLEG_TUI_PASSWORD": password, "LANG": "C.UTF-8"}
    return Terminal([*PROGRAM, *line.split()], environ=where)


def test_at_a_terminal_a_person_is_asked(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    run("order place --user anna.nowak", store)
    with on_terminal("order cancel --user anna.nowak", store) as terminal:
        terminal.wait_for("Hasło:")
        terminal.type("demo\r")
        terminal.wait_for("Anulować zamówienie? [t/N]")
        terminal.type("t\r")
        assert terminal.wait() == 0
        assert "Status: anulowany" in terminal.text
        assert "demo" not in terminal.text


_INTERRUPTED = """
from mleg_tui import cli
from mleg_tui.__main__ import run
def interrupted(_arguments):
    exec("raise KeyboardInterrupt")
cli.main = interrupted
run()
"""


def test_an_interrupt_while_a_dataclass_is_made_is_told_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(_INTERRUPTED)
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        env=environment(PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_is_quiet(tmp_path: Path) -> None:
    with on_terminal("order status --user anna.nowak", tmp_path / "store.json") as terminal:
        terminal.wait_for("Hasło:")
        terminal.press("ctrl+c")
        assert terminal.wait() == 130
        assert "Traceback" not in terminal.text


def test_the_drawn_code_can_be_scanned(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    run("order place --user anna.nowak", store)
    run("time forward 1h", store)
    token = document(run("order status --user anna.nowak --json", store))["token"]
    with on_terminal("order qr --user anna.nowak", store, "demo") as terminal:
        assert terminal.wait() == 0
        assert token in terminal.text
        assert scan(terminal.cells()) == token
