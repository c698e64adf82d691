"""OpenSSH's server with the program as its forced command, set up as docs/serving.md shows it."""

from __future__ import annotations

import getpass
import os
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.end_to_end.terminal import ROOT, Terminal

SSHD = Path("/usr/sbin/sshd")
_PATIENCE = 20.0
_SETTINGS = """
ListenAddress 127.0.0.1
Port {port}
HostKey {directory}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
# A careless setting, which the block below has to take back.
AcceptEnv LANG LC_* MLEG_TUI_*

Match User {user}
    AuthorizedKeysFile {directory}/user.pub
    ForceCommand {command}
    AcceptEnv LANG LC_* COLORTERM NO_COLOR
    AuthenticationMethods publickey
    ClientAliveInterval 15
    ClientAliveCountMax 2
    DisableForwarding yes
    PermitTTY yes
    PermitUserRC no
"""


class Sshd:
    """A server of our own on a free port, with one key. Usable with ``with``."""

    def __init__(self, directory: Path, store: Path) -> None:
        self._directory = directory
        self.port = _free_port()
        self._user = getpass.getuser()
        program = [sys.executable, "-m", "mleg_tui", "--served", "--store", str(store)]
        settings = _SETTINGS.format(
            port=self.port,
            directory=directory,
            user=self._user,
            command=f"cd {shlex.quote(str(ROOT))} && exec {shlex.join(program)}",
        )
        (directory / "sshd_config").write_text(settings)

    def __enter__(self) -> Self:
        for name in ("host", "user"):
            key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._directory / name)]
            subprocess.run(key, check=True)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # as the service would
        self._log = (self._directory / "log").open("wb")
        command = [str(SSHD), "-D", "-e", "-f", str(self._directory / "sshd_config")]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=self._log)
        self._await_answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE)
        self._log.close()

    def ssh(self, *words: str) -> list[str]:
        """Return the command of a client; options of ``ssh``, or what it asks to be run."""
        options = [word for word in words if word.startswith("-")]
        asked = [word for word in words if not word.startswith("-")]
        return [
            *("ssh", "-F", "none", "-p", str(self.port), "-i", str(self._directory / "user")),
            *("-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "LogLevel=ERROR"),
            *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
            *options,
            f"{self._user}@127.0.0.1",
            *asked,
        ]

    def terminal(self, *words: str, term: str = "xterm-256color") -> Terminal:
        """Give a client with a terminal."""
        return Terminal(self.ssh("-tt", *words), environ={"TERM": term, "PYTHONWARNINGS": None})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal to its end."""
        return subprocess.run(
            self.ssh(*words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )

    def _await_answer(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                told = (self._directory / "log").read_text()
                assert self._process.poll() is None, told
                assert time.monotonic() < deadline, told
                time.sleep(0.02)  # it does not tell when it listens


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
