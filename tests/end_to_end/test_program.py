"""The program and the terminal that it runs in: what it refuses, and how it is ended."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.compose import Settings, open_services
from tests.active import SPOILT, active_in, spoil
from tests.end_to_end.program import PROGRAM, copied, environment, program
from tests.end_to_end.terminal import ROOT, Terminal

TMUX = shutil.which("tmux")


@pytest.fixture
def at_login(tmp_path: Path) -> Iterator[Terminal]:
    with program(tmp_path / "store.json") as terminal:
        terminal.wait_for("anna.nowak")
        yield terminal


@pytest.mark.parametrize("redirection", ["</dev/null", "2>/dev/null"])
def test_without_a_terminal_there_is_no_screen(tmp_path: Path, redirection: str) -> None:
    line = f'exec "$0" -m mleg_tui --store "$1" {redirection}'
    with Terminal(["sh", "-c", line, sys.executable, str(tmp_path / "store.json")]) as terminal:
        assert terminal.wait() == 2
        assert 1049 not in terminal.modes_left_on
        if redirection.startswith("<"):
            assert "Standardowe wejście nie jest terminalem" in terminal.text
            assert "Standard input is not a terminal" in terminal.text.replace("\n", "")
    assert not [*tmp_path.iterdir()]


def test_a_pipe_is_told_in_one_line_in_both_languages(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "--store", str(tmp_path / "store.json")],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Standardowe wejście nie jest terminalem" in done.stderr
    assert "Standard input is not a terminal" in done.stderr


def test_a_terminal_that_cannot_show_it_is_refused_with_what_works_there(tmp_path: Path) -> None:
    with program(tmp_path / "store.json", environ={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == 2
        assert "„dumb”" in terminal.text
        assert "mleg-tui order status" in terminal.text.replace("\n", "")
        assert terminal.modes_left_on == set()


@pytest.mark.parametrize(
    "stray",
    [
        *(b"\xbf", b"\xff\xfe", b"\x1b[200~a\xbfb\x1b[201~"),
        *(b"\x1b[1114112u", b"\x1b[97;;1114112u", b"\x1b[48;60000;60000;0;0t"),
    ],
)
def test_what_no_terminal_should_send_does_no_harm(at_login: Terminal, stray: bytes) -> None:
    at_login.type(stray)
    at_login.type("alive")
    at_login.wait_for("alive")
    at_login.press("ctrl+q")
    assert at_login.wait() == 0
    assert at_login.modes_left_on == set()


def test_a_paste_of_a_megabyte_is_taken_at_once(at_login: Terminal) -> None:
    at_login.type(b"\x1b[200~" + b"a\n" * 500_000 + b"\x1b[201~")
    at_login.press("ctrl+q")
    assert at_login.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_and_restores_the_terminal(
    at_login: Terminal, number: signal.Signals
) -> None:
    at_login.send_signal(number)
    assert at_login.wait() == 128 + number
    assert at_login.modes_left_on == set()


def test_the_first_screen_may_be_behind_the_login(tmp_path: Path) -> None:
    environ = {"MLEG_TUI_PASSWORD": "demo"}
    options = ("--user", "anna.nowak")
    with program(tmp_path / "store.json", *options, environ=environ) as terminal:
        terminal.wait_for("Anna Nowak")
        terminal.press("f10")
        assert terminal.wait() == 0


def test_the_phone_begins_in_the_field_for_its_password(tmp_path: Path) -> None:
    services = open_services(Settings(f"tinydb:{tmp_path / 'store.json'}"))
    try:
        session = services.login.sign_in("anna.nowak", "demo", "")
        services.app_lock.set_up(session, 1, "Mocne-haslo1", "Mocne-haslo1")
    finally:
        services.store.close()
    options = ("--user", "anna.nowak", "--screen", "mobywatel")
    environ = {"MLEG_TUI_PASSWORD": "demo"}
    with program(tmp_path / "store.json", *options, environ=environ) as terminal:
        terminal.wait_for("Hasło aplikacji:")
        terminal.type("\r")
        terminal.wait_for("Nie wpisano hasła aplikacji.")
        terminal.type("Mocne-haslo1\r")
        terminal.wait_for("Nie masz jeszcze dokumentów.")


@pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
def test_it_runs_inside_tmux(tmp_path: Path) -> None:
    socket = tmp_path / "tmux"

    def tmux(*arguments: str) -> str:
        done = subprocess.run(
            [str(TMUX), "-S", str(socket), "-f", "/dev/null", *arguments],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=20,
        )
        return done.stdout

    def wait_for(text: str, *, ask: tuple[str, ...] = ("capture-pane", "-p")) -> None:
        deadline = time.monotonic() + 15
        while text not in (answer := tmux(*ask)):
            assert time.monotonic() < deadline, answer
            time.sleep(0.05)  # tmux does not tell when its screen changes

    given = [f"{name}={value}" for name, value in environment().items() if value is not None]
    start = ["env", *given, *PROGRAM, "--store", str(tmp_path / "store.json")]
    tmux(
        "new-session",
        "-d",
        "-s",
        "test",
        "-x",
        "80",
        "-y",
        "24",
        *start,
        ";",
        "set",
        "remain-on-exit",
        "on",
    )
    try:
        wait_for("Nie wpisuj tu haseł do prawdziwych serwisów.")
        tmux("send-keys", "-t", "test", "anna.nowak", "Enter")
        wait_for("9", ask=("display-message", "-p", "#{cursor_y}"))  # the password's row
        tmux("send-keys", "-t", "test", "demo")
        wait_for("••••")
        tmux("send-keys", "-t", "test", "Enter")
        wait_for("Zalogowany użytkownik: Anna Nowak")
        tmux("send-keys", "-t", "test", "l")
        wait_for("Możesz zamówić mLegitymację")
        tmux("send-keys", "-t", "test", "C-q")
        wait_for("1", ask=("display-message", "-p", "#{pane_dead}"))
    finally:
        tmux("kill-server")


def test_what_is_typed_before_there_is_a_screen_waits_for_it(tmp_path: Path) -> None:
    with program(tmp_path / "store.json") as terminal:
        terminal.type("anna.nowak\tdemo\rlz")
        terminal.wait_for("Status:  ● oczekujący")


def test_what_an_older_store_holds_does_nothing_in_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    with closing(open_services(Settings(str(path))).store) as store:
        spoil(store, SPOILT)
    with program(path, size=(120, 30)) as terminal:
        terminal.wait_for("␛]52;c;aGFja2Vk␇")
        terminal.wait_for("Ctrl+Q")
        assert copied(terminal) == []
        assert active_in(terminal.raw.decode(errors="ignore"), "\x1b\x07\r\n") == set()
