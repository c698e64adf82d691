"""A worker process: it serves a session on each connection that it is passed."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from functools import partial
from typing import Protocol

from mleg_tui.locale import Speech, speak
from mleg_tui.serve.app import ServedMlegTui
from mleg_tui.serve.log import log, session_name
from mleg_tui.serve.session import CLOSING, ServerContext
from mleg_tui.serve.socket_passing import READY, Visitor, passed_sockets, report
from mleg_tui.serve.stream import ClientStream
from mleg_tui.serve.terminal import Terminal
from mleg_tui.textual_internals.shared_process import prepare_process
from mleg_tui.ui.options import Options

_SETTLED = 2.0
"""Seconds after which what a session has made stays as long as it does."""
_WINDING_DOWN = 1.0
"""Seconds for a program to end when its connection has."""
_FEW = 8
_YOUNG = 20_000
"""So many objects may be new before Python looks which are needed: a page that is painted makes
some thousands, and Python would look several times meanwhile."""
_MANY_TIMERS = 101
_A_WHILE = 30.0
_FAREWELL = 3.0
"""Seconds for the sessions to end when the server does."""
_LAST = 1.0
"""And for their connections after that."""


class Connection(Protocol):
    """Somebody's connection, whatever is spoken on it."""

    async def wait_closed(self) -> None:
        """Wait until it has ended."""

    def abort(self) -> None:
        """End it at once."""


class Worker(ABC):
    """Serves the sessions of one process."""

    def __init__(self, context: ServerContext) -> None:
        speak(Speech(context.settings.language))
        prepare_process()
        self.context = context
        self.connections: set[Connection] = set()
        self._ended = 0

    @abstractmethod
    async def connect(self, sock: socket.socket, who: Visitor) -> Connection:
        """Begin to speak with somebody. Raises ``OSError`` where that fails."""

    async def warm_up(self) -> None:
        """Show the first page to nobody, so that its rules and modules are there for everybody."""
        from mleg_tui.ui import desk  # noqa: F401, PLC0415 - what comes behind the login page

        services, options = self.context.services, Options(frozen=True, local=False)
        if self.context.settings.sandbox:
            await services.off_loop.ask(self.context.worlds.begin)
        app = ServedMlegTui(
            services,
            options,
            None,
            await services.off_loop.ask(partial(services.campus.first_sight, options.university)),
            stream=ClientStream(None),
            terminal=Terminal("xterm-256color"),
        )
        async with app.run_test(size=(80, 24)):
            pass
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG)

    async def serve(self, sock: socket.socket, who: Visitor) -> None:
        """Serve a connection to its end; whatever goes wrong with it stays with it."""
        session_name.set(f"{who.host}:{who.port}")
        began = time.monotonic()
        log.info("connected")
        try:
            connection = await self.connect(sock, who)
        except OSError as error:
            sock.close()
            log.info("never came in (%s)", type(error.__cause__ or error).__name__)
            return
        self.connections.add(connection)
        # Else Python would now and then look through all sessions, and nobody could type meanwhile.
        settling = asyncio.get_running_loop().call_later(_SETTLED, gc.freeze)
        try:
            await connection.wait_closed()
        finally:
            log.info("gone after %.0f s", time.monotonic() - began)
            settling.cancel()
            self.connections.discard(connection)
            self._ended += 1
            asyncio.get_running_loop().call_later(_WINDING_DOWN, self._tidy_up)

    def _tidy_up(self) -> None:
        """Free what ended sessions leave, all of which refers to itself.

        Python would wait for some hundred of them. Looking for it takes the longer the more
        sessions there are, so with many it is done for many at once.
        """
        enough = max(_FEW, len(self.connections) // 2) if self.connections else 0
        if self._ended > enough:
            self._ended = 0
            _forget_cancelled_timers()
            asyncio.get_running_loop().call_soon(_collect)

    async def say_goodbye(self) -> None:
        """Tell everybody that the server ends, and see that they are gone."""
        for session in [*self.context.sessions]:
            session.end(CLOSING)
        with suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL):
                while self.context.sessions:  # noqa: ASYNC110 - at the very end only
                    await asyncio.sleep(0.02)
                await asyncio.sleep(0.1)  # what was said is on its way
        for connection in [*self.connections]:
            connection.abort()


def _forget_cancelled_timers() -> None:
    """Let the loop drop cancelled timers, each of which may hold a whole session for an hour.

    It does so in its next turn where there are more than a hundred, most of them cancelled.
    """
    loop = asyncio.get_running_loop()
    for _ in range(_MANY_TIMERS):
        loop.call_later(_A_WHILE, _collect).cancel()


def _collect() -> None:
    gc.unfreeze()
    gc.collect()
    gc.freeze()


async def serve_until_end(worker: Worker, control: socket.socket) -> None:
    """Serve what is passed to this process, until SIGTERM or the end of standard input."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    loop.add_reader(sys.stdin.fileno(), _end_with_listener, ended)
    control.setblocking(False)  # noqa: FBT003 - the socket's own
    await worker.warm_up()
    worker.context.services.feed.start()
    served: set[asyncio.Task[None]] = set()

    def take() -> None:
        for number, sock, who in passed_sockets(control):
            task = asyncio.create_task(_serve(worker, sock, who, number))
            served.add(task)
            task.add_done_callback(served.discard)

    loop.add_reader(control.fileno(), take)
    report(READY)
    await ended.wait()
    loop.remove_reader(control.fileno())
    await worker.say_goodbye()
    worker.context.services.feed.stop()
    if served:
        await asyncio.wait(served, timeout=_LAST)


def _end_with_listener(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        ended.set()


async def _serve(worker: Worker, sock: socket.socket, who: Visitor, number: str) -> None:
    try:
        await worker.serve(sock, who)
    finally:
        report(number)
