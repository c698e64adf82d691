"""PostgreSQL's notifications of changes, so that nobody has to poll the revision."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, cast

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

CHANNEL = "mleg_tui"
NET_SECONDS = 5.0
"""So long it may wait for one."""
_LAST_WORDS = 1.0
_PAUSE_SECONDS = 1.0


class Notifications:
    """A thread that listens to them, and looks at the revision whenever one comes.

    It looks every few seconds in any case. While it has no connection, ``revision`` is ``None``.
    The thread begins to listen when the revision is first asked for.
    """

    def __init__(self, engine: Engine, look: Callable[[Any], int]) -> None:
        self._engine = engine
        self._look = look
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._connection: psycopg.Connection[Any] | None = None
        self._stopped = threading.Event()
        self._own = 0
        self._revision: int | None = None
        self._calls: set[Callable[[], object]] = set()

    def revision(self) -> int | None:
        """Return the newest revision that is known, ``None`` if nobody would tell of a later."""
        with self._guard:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._listen, name="LISTEN", daemon=True)
                self._thread.start()
            return self._revision

    def note(self, revision: int) -> None:
        """Take notice of a revision of our own, before anybody tells of it."""
        with self._guard:
            self._own += 1
            if self._revision is not None:
                self._revision = revision

    def watch(self, call: Callable[[], object]) -> Callable[[], None]:
        """Call whenever something may have been committed; return what ends that."""
        self._calls.add(call)
        self.revision()  # which begins to listen
        return partial(self._calls.discard, call)

    def stop(self) -> None:
        """End the thread."""
        self._stopped.set()
        with self._guard:
            thread, connection = self._thread, self._connection
        if connection is not None:
            _hang_up(connection)
        if thread is not None:
            thread.join(_LAST_WORDS)

    def _listen(self) -> None:
        while not self._stopped.is_set():
            with suppress(DBAPIError, psycopg.Error, OSError):
                self._listen_on(self._connected())
            with self._guard:
                self._connection = self._revision = None
            self._stopped.wait(_PAUSE_SECONDS)

    def _connected(self) -> psycopg.Connection[Any]:
        """Return a connection of our own: the pool's come and go."""
        pooled = self._engine.raw_connection()
        connection = cast("psycopg.Connection[Any]", pooled.driver_connection)
        pooled.detach()
        connection.autocommit = True
        return connection

    def _listen_on(self, connection: psycopg.Connection[Any]) -> None:
        with connection:
            with self._guard:
                self._connection = connection
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stopped.is_set():
                self._take_notice(connection)
                for _ in connection.notifies(timeout=NET_SECONDS, stop_after=1):
                    pass

    def _take_notice(self, connection: psycopg.Connection[Any]) -> None:
        with self._guard:
            own = self._own
        revision = self._look(connection)
        with self._guard:
            if own == self._own:  # else it may be older than what was noted meanwhile
                self._revision = revision
        for call in tuple(self._calls):
            call()


def _hang_up(connection: psycopg.Connection[Any]) -> None:
    """Wake a thread that waits on a connection."""
    with (
        suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(connection.fileno())) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)
