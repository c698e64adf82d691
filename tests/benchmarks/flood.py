"""What one student's flood over SSH costs the server, and another student's command meanwhile.

``python -m tests.benchmarks.flood [--seconds 12] [--short]``

Anna leaves commands waiting for input and pours zeros into another one, all with OpenSSH's client
into a running ``mleg-tui serve ssh`` of one worker; Ewa asks again and again where her order is.
``--short`` only shows that it works: its numbers mean little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Self

from tests.benchmarks.session_servers import Server, welcoming

_ANNA, _EWA = "anna.nowak", "ewa.lis"
_IDLE, _FLOODS = 4, 2
_STATUS, _WAITING = "order status", "phone add --accept-terms"
_MEMORY_GOAL, _TIME_GOAL = 40, 3.0
_PATIENCE = 60.0
_PAUSE = 0.2


class Students:
    """Their OpenSSH clients; each student has a key."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port = port
        self._folder = folder

    def command(self, login: str, words: str) -> list[str]:
        """Return the client's command that runs words for a student."""
        return [
            *("ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"),
            *("-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "Compression=no"),
            *("-o", "IdentitiesOnly=yes", "-i", str(self._folder / f"{login}.private")),
            *("-p", str(self._port), f"{login}@127.0.0.1", words),
        ]

    def ask(self, login: str) -> float:
        """Return the seconds that a student waited to read where the order is."""
        began = time.perf_counter()
        done = subprocess.run(
            self.command(login, _STATUS),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done
        return time.perf_counter() - began

    @contextmanager
    def doing(self, login: str, words: str, given: str | None) -> Iterator[None]:
        """Run a command again and again, with a file's bytes or without a word on its input."""
        ended = threading.Event()
        thread = threading.Thread(target=self._do, args=(login, words, given, ended))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _do(self, login: str, words: str, given: str | None, ended: threading.Event) -> None:
        nowhere = subprocess.DEVNULL
        while not ended.is_set():
            with ExitStack() as stack:
                source = stack.enter_context(Path(given).open("rb")) if given else subprocess.PIPE
                client = stack.enter_context(
                    subprocess.Popen(
                        self.command(login, words), stdin=source, stdout=nowhere, stderr=nowhere
                    )
                )
                while client.poll() is None and not ended.wait(_PAUSE):
                    pass
                client.kill()


class Highest:
    """Watches the server's memory from one block to its end, in megabytes."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.worker = self.all = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_PAUSE):
            self.worker = max(self.worker, self._server.memory_of_workers())
            self.all = max(self.all, self._server.memory())


def keys(folder: Path) -> Path:
    """Make a key for each student, and return the folder of the public ones."""
    public = folder / "keys"
    public.mkdir()
    for login in (_ANNA, _EWA):
        private = folder / f"{login}.private"
        tool = shutil.which("ssh-keygen") or "ssh-keygen"
        subprocess.run([tool, "-q", "-t", "ed25519", "-N", "", "-f", str(private)], check=True)
        shutil.copy(f"{private}.pub", public / login)
    return public


def main(seconds: float) -> None:
    """Flood a server for so long, and print what that cost."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        options = ("--workers", "1", "--authorized-keys", str(keys(folder)))
        server = stack.enter_context(welcoming(folder, *options))
        students = Students(server.port, folder)
        alone = [students.ask(login) for login in (_ANNA, _EWA, _EWA, _EWA)][1:]
        rest, rest_of_all = server.memory_of_workers(), server.memory()
        meanwhile: list[float] = []
        with ExitStack() as flood, Highest(server) as highest:
            for _ in range(_IDLE):
                flood.enter_context(students.doing(_ANNA, _WAITING, None))
            for _ in range(_FLOODS):
                flood.enter_context(students.doing(_ANNA, _STATUS, "/dev/zero"))
            end = time.monotonic() + seconds
            while time.monotonic() < end or not meanwhile:
                meanwhile.append(students.ask(_EWA))
    sys.stdout.write(
        "| | at rest | under the flood |\n|---|---:|---:|\n"
        f"| the worker, MB | {rest:.0f} | {highest.worker:.0f} |\n"
        f"| the server with its commands, MB | {rest_of_all:.0f} | {highest.all:.0f} |\n"
        f"| another student's `{_STATUS}`, s (most) | {_told(alone)} | {_told(meanwhile)} |\n"
        f"\nworker above rest {highest.worker - rest:.0f} MB (goal: {_MEMORY_GOAL} at most)\n"
        f"another student waits {max(meanwhile):.2f} s at most (goal: {_TIME_GOAL:g})\n"
    )


def _told(times: Sequence[float]) -> str:
    return f"{median(times):.2f} ({max(times):.2f})"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Flood a server over SSH.")
    arguments.add_argument("--seconds", type=float, default=12)
    arguments.add_argument("--short", action="store_true", help="only show that it works")
    chosen = arguments.parse_args()
    main(1 if chosen.short else chosen.seconds)
