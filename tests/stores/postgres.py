"""A PostgreSQL server of our own, on a Unix socket, gone with the tests.

PostgreSQL does not run as root; there it runs as the user ``postgres``.
"""

from __future__ import annotations

import glob
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg
import pytest

_USER = "postgres"
_SETTINGS = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB")


class NoServer(Exception):
    """The programs of PostgreSQL are not installed."""


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs. Raises ``NoServer``."""
    beside = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))  # noqa: PTH207 - an absolute pattern
    found = shutil.which(name) or (beside[-1] if beside else None)
    if found is None:
        raise NoServer
    return found


class Server:
    """A cluster in a temporary directory. Usable with ``with``.

    With ``fsync=off`` it starts soon again, however busy the disk; only a machine that loses its
    power would lose anything.
    """

    def __init__(self, *settings: str) -> None:
        self._settings = (*_SETTINGS, *settings)
        self._initdb, self._pg_ctl = program("initdb"), program("pg_ctl")
        self.directory = Path(tempfile.mkdtemp(prefix="mleg-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.directory, _USER)

    def __enter__(self) -> Self:
        self._run(self._initdb, "--no-sync", "-A", "trust", "-U", _USER, "-D", self._data)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop("immediate")
        shutil.rmtree(self.directory)

    def start(self) -> None:
        """Start the server and wait until it can be used."""
        settings = [f"unix_socket_directories={self.directory}", *self._settings]
        options = " ".join(f"-c {setting}" for setting in settings)
        log = str(self.directory / "log")
        self._run(self._pg_ctl, "start", "-w", "-D", self._data, "-l", log, "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``immediate`` as a power cut would."""
        self._run(self._pg_ctl, "stop", "-w", "-m", mode, "-D", self._data)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let the server stand still meanwhile: it takes connections and never answers."""
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split()
        pids = [self._pid, *map(int, children)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def url(self, place: Path) -> str:
        """Return the URL of the store that belongs to a directory; the schema is made."""
        schema = "s" + sha256(str(place).encode()).hexdigest()[:16]
        with self.connect() as connection:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        host, options = quote(str(self.directory)), quote(f"-csearch_path={schema}")
        return f"postgresql://{_USER}@/postgres?host={host}&options={options}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection that commits by itself."""
        return psycopg.connect(
            host=str(self.directory), user=_USER, dbname="postgres", autocommit=True
        )

    @property
    def _pid(self) -> int:
        return int((self.directory / "data/postmaster.pid").read_text().splitlines()[0])

    @property
    def _data(self) -> str:
        return str(self.directory / "data")

    def _run(self, *command: str) -> None:
        as_user = ("runuser", "-u", _USER, "--") if os.geteuid() == 0 else ()
        subprocess.run(
            [*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=self.directory
        )


@contextmanager
def running() -> Iterator[Server]:
    """Give a server; where it is not installed, the tests that need it are left out."""
    try:
        cluster = Server("fsync=off")
    except NoServer:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed; in CI it has to be")
        pytest.skip("PostgreSQL's programs initdb and pg_ctl are not installed")
    with cluster:
        yield cluster
