"""A server in this process, and clients that talk to it as people's terminals do.

``Server`` speaks SSH; ``tests.serve.website`` has the page's, with the same terminals.
"""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import asyncssh
import pyte

from mleg_tui.compose import own_worlds
from mleg_tui.serve.app import ServedMlegTui
from mleg_tui.serve.session import ServedSession
from mleg_tui.serve.settings import Limits, SshSettings
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.ssh.session import SshSession
from mleg_tui.serve.ssh.worker import SshWorker
from mleg_tui.serve.worker import Worker
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.services import Services
from mleg_tui.services.store import Store
from mleg_tui.services.worlds import Worlds
from mleg_tui.stores.memory import MemoryStore
from tests.end_to_end.terminal import _ESCAPES, modes_left_on

PLAIN = (sys.executable, "-m", "mleg_tui.cli.serve_ssh_plain")
PATIENCE = 15.0


async def holds(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.01)


def new_services(store: Store | None = None) -> Services:
    services = Services(store or MemoryStore(), SystemClock())
    now = datetime(2026, 3, 2, 11, tzinfo=UTC)
    fill_if_new(services.store, Beginning(seed=7, now=now), services.clock.now())
    return services


def own_worlds_of(services: Services) -> Worlds:
    """Return what makes worlds of one's own that stand still at the time of ``new_services``."""
    return own_worlds(services, Beginning(seed=7, now=services.time.show().now))


class Clients:
    """Clients of a server, whatever process it is."""

    def __init__(self, port: int = 0) -> None:
        self.port = port

    @asynccontextmanager
    async def connection(
        self, username: str = "somebody", **options: Any
    ) -> AsyncIterator[asyncssh.SSHClientConnection]:
        usual = {"known_hosts": None, "client_keys": None, "agent_path": None, "config": None}
        async with asyncssh.connect(
            "127.0.0.1", self.port, username=username, **{**usual, **options}
        ) as connection:
            yield connection

    @asynccontextmanager
    async def terminal(
        self,
        username: str = "somebody",
        *,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        environ: Mapping[str | bytes, str | bytes] | None = None,
        **options: Any,
    ) -> AsyncIterator[Terminal]:
        async with self.connection(username, **options) as connection:
            terminal = Terminal(size)
            channel, _session = await connection.create_session(
                lambda: terminal,
                term_type=term,
                term_size=size,
                env=dict(environ or {}),
                encoding=None,
            )
            terminal.channel = channel
            yield terminal


class InProcess:
    """A worker in this process, with a listener that accepts everybody."""

    worker: Worker

    def __init__(self, services: Services | None) -> None:
        self.services = services or new_services()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.listening.setblocking(False)  # noqa: FBT003 - the socket's own
        self.port: int = self.listening.getsockname()[1]

    async def __aenter__(self) -> Self:
        self.services.feed.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.worker.say_goodbye()
        self.services.feed.stop()
        self.listening.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    @property
    def session(self) -> ServedSession:
        """The only session."""
        (session,) = self.worker.context.sessions
        return session

    @property
    def app(self) -> ServedMlegTui:
        """What the only session shows."""
        assert self.session._app is not None
        return self.session._app

    def do(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


class Server(InProcess, Clients):
    """A server that speaks SSH."""

    worker: SshWorker

    def __init__(self, folder: Path, services: Services | None = None, **settings: Any) -> None:
        super().__init__(services)
        limits = Limits(**settings.pop("limits", {}))
        given = SshSettings(host_key=str(folder / "key"), limits=limits, **settings)
        guarded = self.services.guarded()
        self.worker = SshWorker(given, guarded, PLAIN, own_worlds_of(self.services))

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.do(self._accept())
        return self

    @property
    def ssh_session(self) -> SshSession:
        """The only session."""
        assert isinstance(self.session, SshSession)
        return self.session

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            sock, address = await loop.sock_accept(self.listening)
            self.do(self.worker.serve(sock, Visitor(*address)))


class Screen:
    """A person's terminal, whose screen can be read."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.raw = bytearray()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._news = asyncio.Event()
        self.is_over = False

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def status(self) -> int | None:
        """How the session ended, where that is told."""
        return None

    @property
    def modes_left_on(self) -> set[int]:
        return modes_left_on(self.raw)

    def hear(self, data: bytes) -> None:
        self.raw += data
        self._stream.feed(data)
        self._news.set()

    def hear_the_end(self) -> None:
        self.is_over = True
        self._news.set()

    async def until(self, holds: str | re.Pattern[str] | Callable[[], object]) -> None:
        """Wait until the screen has the text, or a condition holds; fail with the screen."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._has(holds):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            message = f"never {holds!r}:\n{self.text}"
            raise AssertionError(message) from None

    def _has(self, holds: str | re.Pattern[str] | Callable[[], object]) -> object:
        if isinstance(holds, str):
            return holds in self.text
        return holds.search(self.text) if isinstance(holds, re.Pattern) else holds()

    async def ended(self) -> int | None:
        await self.until(lambda: self.is_over)
        return self.status

    async def ended_with(self, status: int) -> None:
        """Wait for the end; where a status is told, it is to be this."""
        assert await self.ended() in (status, None)

    def type(self, text: str | bytes) -> None:
        raise NotImplementedError

    def press(self, *keys: str) -> None:
        for key in keys:
            self.type(_ESCAPES.get(key, key))

    def resize(self, width: int, height: int) -> None:
        """Give the window another size; one that there cannot be is only claimed."""
        if width <= 400 and height <= 150:
            self.screen.resize(max(height, 5), max(width, 20))
        self.tell_size(width, height)

    def tell_size(self, width: int, height: int) -> None:
        raise NotImplementedError

    def stop_reading(self) -> None:
        raise NotImplementedError

    def read_on(self) -> None:
        raise NotImplementedError

    async def log_in(self, login: str) -> None:
        await self.until("Identyfikator:")
        self.type(login)
        await self.until(lambda: self.text.count(login) > 1)
        self.press("tab")
        self.type("demo")
        await self.until("••••")
        self.press("enter")
        await self.until("AKTUALNOŚCI")


class Terminal(Screen, asyncssh.SSHClientSession[bytes]):
    """A terminal with ``ssh``."""

    channel: asyncssh.SSHClientChannel[bytes]

    @property
    def status(self) -> int | None:
        return self.channel.get_exit_status()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        self.hear(data)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.hear_the_end()

    def eof_received(self) -> bool:
        return False

    def type(self, text: str | bytes) -> None:
        self.channel.write(text.encode() if isinstance(text, str) else text)

    def tell_size(self, width: int, height: int) -> None:
        self.channel.change_terminal_size(width, height)

    def stop_reading(self) -> None:
        self.channel.pause_reading()
        self._transport.pause_reading()

    def read_on(self) -> None:
        self._transport.resume_reading()
        self.channel.resume_reading()

    @property
    def _transport(self) -> asyncio.Transport:
        transport = self.channel.get_connection()._transport
        assert transport is not None
        return transport
