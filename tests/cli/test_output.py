"""Where a result goes that nobody can take: it is told, and never a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mleg_tui.cli import main, output
from mleg_tui.cli.output import exit_status

PIPE_CLOSED = exit_status(BrokenPipeError())
COMMANDS = [
    "--help", "--version", "order --help", "completion bash", "manual", "keys", "keys --json",
    "doctor", "doctor --json", "store path", "store check", "store export -", "store migrate",
    "store audit",
    "time show", "time show --json", "order place --user anna.nowak",
    "order status --json --user anna.nowak", "order qr --user anna.nowak",
    "office orders --user dziekanat", "office export --user dziekanat",
    "office audit --csv --user dziekanat", "scenario list",
    "simulation show", "demo --list", "screens list",
]  # fmt: skip


@pytest.fixture
def line(request: pytest.FixtureRequest, store: Path) -> list[str]:
    words: list[str] = request.param.split()
    if "qr" in words:
        for before in ("order place --user anna.nowak", "time forward 1h"):
            assert main([*before.split(), "--store", str(store)]) == 0
    own = words[0] in {"demo", "screens", "keys", "completion", "manual"}
    return words if own else [*words, "--store", str(store)]


ALL = pytest.mark.parametrize("line", COMMANDS, indirect=True)


@ALL
def test_a_full_disk_is_told(
    line: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert main(line) == 1
    assert "Wyniku nie można wypisać: brak miejsca na dysku" in capsys.readouterr().err


@ALL
def test_a_closed_output_is_told(
    line: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert main(line) == 1
    assert "Wyniku nie można wypisać: jest zamknięte" in capsys.readouterr().err


@ALL
def test_a_reader_who_left_ends_the_command_quietly(
    line: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert main(line) == PIPE_CLOSED
    assert capsys.readouterr().err == ""


def test_no_file_gets_the_number_of_a_closed_stream(store: Path) -> None:
    script = f"exec {sys.executable} -m mleg_tui time pause --store {store} <&- >&- 2>&-"
    before = store.read_bytes()
    done = subprocess.run(["/bin/sh", "-c", script], check=False)
    assert done.returncode == 1
    assert store.read_bytes() != before
    assert subprocess.run(
        [sys.executable, "-m", "mleg_tui", "store", "check", "--store", str(store)],
        check=False, stdout=subprocess.DEVNULL,
    ).returncode == 0  # fmt: skip


def test_a_server_goes_on_where_nobody_hears_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    output.announce("it listens")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        output.announce("it listens")
        output.abandon()
