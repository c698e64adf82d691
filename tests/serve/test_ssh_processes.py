"""The whole of ``mleg-tui serve ssh`` in its processes, and the OpenSSH client."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from tests.end_to_end.program import command, environment, log_in
from tests.end_to_end.terminal import ROOT, Terminal

PATIENCE = 20.0


class Served:
    """A running server; use it as a context manager."""

    def __init__(self, folder: Path, *options: str, store: str | None = None) -> None:
        self.folder = folder
        self._command = [
            *(sys.executable, "-m", "mleg_tui", "--store", store or str(folder / "store.json")),
            *("serve", "ssh", "--port", "0", "--host-key", str(folder / "host_key"), *options),
        ]

    def __enter__(self) -> Self:
        given = {**os.environ, **environment(), "XDG_STATE_HOME": str(self.folder)}
        self.log = (self.folder / "log").open("w+")
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env={name: value for name, value in given.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        listens, fingerprint = (self.process.stdout.readline() for _ in range(2))
        self.port = int(re.findall(r"port (\d+)", listens)[0])
        assert "SHA256:" in fingerprint
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()

    @property
    def logged(self) -> str:
        return (self.folder / "log").read_text()

    def client(self, *options: str, user: str = "somebody") -> list[str]:
        """Return the command of an OpenSSH client that knows the host's key."""
        known = self.folder / "known_hosts"
        key = subprocess.run(
            [shutil.which("ssh-keygen") or "", "-y", "-f", str(self.folder / "host_key")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        known.write_text(f"[127.0.0.1]:{self.port} {key}")
        return [
            *("ssh", "-F", "none", "-o", f"UserKnownHostsFile={known}", "-o", "BatchMode=yes"),
            *("-o", "StrictHostKeyChecking=yes", "-p", str(self.port), *options),
            f"{user}@127.0.0.1",
        ]

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


@contextmanager
def in_tmux(folder: Path, size: tuple[int, int] = (80, 24)) -> Iterator[Terminal]:
    command = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
    try:
        with Terminal([*command, "new-session", "PS1='$ ' sh"], size=size) as terminal:
            terminal.wait_for("$")
            yield terminal
    finally:
        subprocess.run([*command, "kill-server"], capture_output=True, check=False)


def is_over(terminal: Terminal) -> bool:
    """Say whether a client has ended; it cannot while nobody reads what it writes."""
    terminal._read(time.monotonic() + 0.02)
    return terminal._process.poll() is not None


def soon(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path, "--workers", "2") as running:
        yield running


def test_an_openssh_client_in_tmux_plays_the_errand_and_is_killed(
    served: Served, tmp_path: Path
) -> None:
    with in_tmux(tmp_path) as terminal:
        terminal.type(" ".join(served.client()) + "\r")
        log_in(terminal, "anna.nowak")
        terminal.wait_for("AKTUALNOŚCI")
        terminal.press("l")
        terminal.wait_for("✓ spełniony")
        terminal.press("z")
        terminal.wait_for("Status:  ● oczekujący")
        command(tmp_path / "store.json", "order cancel --user anna.nowak --yes")
        terminal.wait_for("Spełniasz wszystkie warunki.")  # another process changed it
        terminal.resize(130, 40)
        terminal.wait_for("telefon 1")
        clients = subprocess.run(
            [shutil.which("pgrep") or "", "-f", f"ssh -F none .*-p {served.port}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for client in clients:
            os.kill(int(client), signal.SIGTERM)
        soon(lambda: "gone after" in served.logged)
        terminal.type("clear; stty -a | tr ' ' '\\n' | grep -cx -e icanon -e echo -e isig\r")
        terminal.wait_for(lambda screen: re.search(r"^3$", screen.text, re.MULTILINE))


def test_leaving_and_being_sent_away_restore_the_terminal(served: Served) -> None:
    with Terminal(served.client("-t")) as leaving, Terminal(served.client("-t")) as staying:
        for terminal in (leaving, staying):
            terminal.wait_for("Identyfikator:")
        leaving.press("ctrl+q")
        assert leaving.wait() == 0
        assert leaving.modes_left_on == set()
        begun = time.monotonic()
        served.process.terminate()
        staying.wait_for("Serwer kończy pracę")  # a client whose screen nobody reads takes no more
        assert served.process.wait(PATIENCE) == 0
        assert time.monotonic() - begun < 5
        assert staying.wait() == 0
        assert staying.modes_left_on == set()
        assert "Serwer kończy pracę" in staying.raw.decode()


def test_a_killed_worker_takes_its_own_sessions_only(served: Served) -> None:
    with Terminal(served.client("-t")) as one, Terminal(served.client("-t")) as other:
        for terminal in (one, other):
            terminal.wait_for("Identyfikator:")
        before = served.workers()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        soon(lambda: len(served.workers()) == 2 and served.workers() != before)
        ended = [one, other]
        soon(lambda: any(map(is_over, ended)))
        (alive,) = (t for t in ended if not is_over(t))
        alive.press("f2")
        alive.wait_for("SIMULATION")
        with Terminal(served.client("-t")) as new:
            new.wait_for("Identyfikator:")


def test_in_a_sandbox_nothing_of_a_visitor_reaches_the_store(tmp_path: Path) -> None:
    with (
        Served(tmp_path, "--sandbox", "--workers", "1") as served,
        Terminal(served.client("-t")) as one,
        Terminal(served.client("-t")) as other,
    ):
        for terminal in (one, other):
            log_in(terminal, "anna.nowak")
            terminal.wait_for("AKTUALNOŚCI")
        one.press("l", "z")
        one.wait_for("oczekujący")
        one.press(".", ".")
        one.wait_for("gotowy do pobrania")
        other.press("l")
        other.wait_for("Brak mLegitymacji")
        status = command(tmp_path / "store.json", "order status --user anna.nowak --json")
        assert '"status": null' in status


def test_who_comes_beyond_the_limits_gets_a_sentence(tmp_path: Path) -> None:
    options = ("--workers", "1", "--max-per-address", "1", "--new-per-minute", "5")
    with Served(tmp_path, *options) as served, Terminal(served.client("-t")) as inside:
        inside.wait_for("Identyfikator:")

        def refused() -> str:
            done = subprocess.run(
                served.client("-t"), capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            assert done.returncode == 255
            return done.stderr

        assert "Z tego adresu jest juz tyle sesji" in refused()
        for _ in range(200):
            with socket.create_connection(("127.0.0.1", served.port)) as flooding:
                flooding.settimeout(PATIENCE)
                assert b"SSH-2.0-mleg_tui" in flooding.recv(100)
        assert "w ciagu minuty zbyt wiele" in refused()
        inside.press("f2")
        inside.wait_for("SIMULATION")


def test_the_log_tells_who_came_and_no_secret(served: Served) -> None:
    with Terminal(served.client("-t", user="ewa.lis")) as terminal:
        terminal.wait_for("Identyfikator:")
        terminal.type("demo-secret")
        terminal.press("ctrl+q")
        terminal.wait()
    soon(lambda: "gone after" in served.logged)
    assert "127.0.0.1" in served.logged
    assert "user “ewa.lis”" in served.logged
    assert "demo-secret" not in served.logged


def test_a_memory_store_has_one_worker_and_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mleg_tui", "--store", "memory:", "serve", "ssh"),
                *("--workers", "4", "--port", str(port), "--host-key", str(tmp_path / "key")),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert "sesje prowadzi jeden" in done.stderr
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr
