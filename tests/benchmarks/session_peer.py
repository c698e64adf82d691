"""What ``sessions`` compares with: an SSH server that starts the program for each session.

Each has a pseudo-terminal of its own, as under the system's sshd. Run by ``sessions``; prints its
port: ``python -m tests.benchmarks.session_peer STORE HOST_KEY``.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import asyncssh

_MOST = 65536
# Makes the pty the controlling terminal of the new session, then becomes the program: so it hears
# when its user is gone.
_LAUNCHER = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


class _Open(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:  # noqa: ARG002 - asyncssh's name
        return False


class _Session(asyncssh.SSHServerSession[bytes]):
    """A channel, a pseudo-terminal, and a program on it."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._loop = asyncio.get_running_loop()
        self._master = -1

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(self, *_: object) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        width, height, *_ = self._channel.get_terminal_size()
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        environ = {**os.environ, "TERM": self._channel.get_terminal_type() or "xterm-256color"}
        self._process = subprocess.Popen(
            self._command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            start_new_session=True,
        )
        os.close(slave)
        os.set_blocking(self._master, False)
        self._loop.add_reader(self._master, self._show)

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:  # noqa: ARG002
        with suppress(OSError):
            os.write(self._master, data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._master >= 0:
            self._loop.remove_reader(self._master)
            os.close(self._master)
            self._process.kill()
            self._process.wait()
            self._master = -1

    def _show(self) -> None:
        try:
            self._channel.write(os.read(self._master, _MOST))
        except OSError:  # the program has ended
            self._loop.remove_reader(self._master)
            self._channel.exit(0)


async def serve(store: str, host_key: Path) -> None:
    """Serve until killed."""
    program = [sys.executable, "-m", "mleg_tui", "--served", "--store", store]
    command = [sys.executable, "-S", "-c", _LAUNCHER, *program]
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(host_key)

    class Server(_Open):
        def session_requested(self) -> _Session:
            return _Session(command)

    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Server,
        server_host_keys=[key],
        encoding=None,
        login_timeout=600,
    )
    sys.stdout.write(f"port {server.get_port()}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2])))
