"""A server in this process, and clients that talk to it as people's terminals do."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import asyncssh
import pyte

from mleg_tui.serve.ssh.settings import Limits, Settings
from mleg_tui.serve.ssh.worker import Worker
from mleg_tui.services.clock import SystemClock
from mleg_tui.services.initial_data import Beginning, fill_if_new
from mleg_tui.services.services import Services
from mleg_tui.services.store import Store
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


class Server(Clients):
    """A worker, with a listener that accepts everybody."""

    def __init__(self, folder: Path, services: Services | None = None, **settings: Any) -> None:
        super().__init__()
        limits = Limits(**settings.pop("limits", {}))
        given = Settings(host_key=str(folder / "key"), limits=limits)
        self.services = services or new_services()
        self.worker = Worker(replace(given, **settings), self.services.guarded(), PLAIN)
        self.tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setblocking(False)  # noqa: FBT003 - the socket's own
        self.port = self._listening.getsockname()[1]
        self.worker.context.services.feed.start()
        self._do(self._accept())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.worker.say_goodbye()
        self.worker.context.services.feed.stop()
        self._listening.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            sock, _address = await loop.sock_accept(self._listening)
            self._do(self.worker.serve(sock))

    def _do(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


class Terminal(asyncssh.SSHClientSession[bytes]):
    """A person's terminal, whose screen can be read."""

    channel: asyncssh.SSHClientChannel[bytes]

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
        return self.channel.get_exit_status()

    @property
    def modes_left_on(self) -> set[int]:
        return modes_left_on(self.raw)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        self.raw += data
        self._stream.feed(data)
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.is_over = True
        self._news.set()

    def eof_received(self) -> bool:
        return False

    async def until(self, holds: str | Callable[[], object]) -> None:
        """Wait until the screen has the text, or a condition holds; fail with the screen."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (holds in self.text if isinstance(holds, str) else holds()):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            message = f"never {holds!r}:\n{self.text}"
            raise AssertionError(message) from None

    async def ended(self) -> int | None:
        await self.until(lambda: self.is_over)
        return self.status

    def type(self, text: str | bytes) -> None:
        self.channel.write(text.encode() if isinstance(text, str) else text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.type(_ESCAPES.get(key, key))

    def resize(self, width: int, height: int) -> None:
        if width <= 400 and height <= 150:
            self.screen.resize(max(height, 5), max(width, 20))
        self.channel.change_terminal_size(width, height)

    async def log_in(self, login: str) -> None:
        await self.until("Identyfikator:")
        self.type(login)
        await self.until(lambda: self.text.count(login) > 1)
        self.press("tab")
        self.type("demo")
        await self.until("••••")
        self.press("enter")
        await self.until("AKTUALNOŚCI")
