"""The program as the forced command of the system's own SSH server."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.program import log_in
from tests.serve.sshd import SSHD, Sshd


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.json"


@pytest.fixture
def sshd(tmp_path: Path, store: Path) -> Iterator[Sshd]:
    if not SSHD.exists() or shutil.which("ssh") is None:
        assert not os.environ.get("CI"), "sshd is missing"
        pytest.skip("sshd is not installed")
    with Sshd(tmp_path, store) as server:
        yield server


def test_the_login_plays_and_the_terminal_is_put_right(sshd: Sshd) -> None:
    with sshd.terminal() as terminal:
        log_in(terminal, "anna.nowak")
        terminal.wait_for("Zalogowany użytkownik: Anna Nowak")
        terminal.resize(120, 40)
        terminal.wait_for(lambda screen: "F1 Pomoc" in screen.lines[39])
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == set()


def test_without_a_terminal_it_says_so(sshd: Sshd, store: Path) -> None:
    done = sshd.run("-T")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nie jest terminalem" in done.stderr
    assert not store.exists()


def test_a_dumb_terminal_is_refused(sshd: Sshd, store: Path) -> None:
    with sshd.terminal(term="dumb") as terminal:
        assert terminal.wait() == 2
        assert "dumb" in terminal.text
        assert terminal.modes_left_on == set()
    assert not store.exists()


def test_what_the_client_asks_to_be_run_is_not_run(sshd: Sshd, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with sshd.terminal(f"touch {trace}; exit 7") as terminal:
        terminal.wait_for("anna.nowak")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert not trace.exists()
    assert sshd.run("-s", "sftp").returncode == 2


def test_nothing_is_forwarded(sshd: Sshd) -> None:
    done = sshd.run(f"-W127.0.0.1:{sshd.port}")
    assert done.returncode != 0
    assert done.stdout == ""  # else that server's greeting


def test_the_client_does_not_choose_the_store(sshd: Sshd, store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    with sshd.terminal(f"-oSetEnv=MLEG_TUI_STORE={other} MLEG_TUI_LANG=en") as terminal:
        terminal.wait_for("Działają tylko konta demonstracyjne")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert store.exists()
    assert not other.exists()


def test_a_dead_client_leaves_no_process(sshd: Sshd, store: Path) -> None:
    with sshd.terminal() as terminal:
        terminal.wait_for("anna.nowak")
        assert _running(store)
        terminal.send_signal(signal.SIGKILL)
        terminal.wait()
    deadline = time.monotonic() + 10
    while _running(store):
        assert time.monotonic() < deadline
        time.sleep(0.02)  # nothing tells of the end of another's child


def test_who_is_served_writes_no_files_on_the_server(sshd: Sshd) -> None:
    with sshd.terminal() as terminal:
        log_in(terminal, "dziekanat")
        terminal.wait_for("DLA PRACOWNIKÓW")
        terminal.press("4")
        terminal.wait_for("Zamówienia: ")
        terminal.press("e")
        terminal.wait_for("W sesji zdalnej")
        terminal.press("escape", "ctrl+q")
        assert terminal.wait() == 0


def _running(store: Path) -> bool:
    """Say whether a session on the store is running: the program, not its client or server."""
    wanted = f"--served\0--store\0{store}".encode()
    return any(wanted in _command_line(path) for path in Path("/proc").glob("[0-9]*/cmdline"))


def _command_line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just ended
        return b""
