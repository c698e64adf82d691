"""The page: its server in processes of its own or in this one, and a visitor without a browser."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self

import aiohttp

from mleg_tui.domain.errors import Refused
from mleg_tui.serve.settings import Limits, Settings
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.web.session import WebWorker
from mleg_tui.serve.web.site import Site
from mleg_tui.services.services import Services
from tests.end_to_end.program import PROGRAM, environment
from tests.end_to_end.terminal import ROOT, _environment
from tests.serve.conversation import InProcess, Screen, own_worlds_of

_PATIENCE = 60.0
_FEW_BYTES = 16 * 1024
"""What a visitor's system keeps for one who does not read."""


class Website:
    """The running server."""

    def __init__(self, process: subprocess.Popen[str], told: list[str]) -> None:
        self.process = process
        self.told = told
        """What it said when it began."""
        self.url = next(word for line in told for word in line.split() if "://" in word)
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE)

    async def logged(self, words: str) -> None:
        """Wait until the log has these words."""
        assert self.process.stderr is not None
        async with asyncio.timeout(_PATIENCE):
            while words not in await asyncio.to_thread(self.process.stderr.readline):
                pass

    def workers(self) -> set[int]:
        """Return the processes that it has started and that still run."""
        pid = self.process.pid
        children = (Path(task, "children") for task in Path(f"/proc/{pid}/task").iterdir())
        return {int(child) for path in children for child in path.read_text().split()}


@asynccontextmanager
async def website(
    store: Path, *options: str, environ: Mapping[str, str | None] | None = None
) -> AsyncIterator[Website]:
    """Serve a store on a free port."""
    place = ("--port", "0", "--store", str(store), "--workers", "1")
    command = [*PROGRAM, "serve", "web", *place, *options]
    given = _environment(environment(**(environ or {})))
    process = subprocess.Popen(  # noqa: ASYNC220 - it returns at once
        command, cwd=ROOT, env=given, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stderr is not None
    try:
        told: list[str] = []
        async with asyncio.timeout(_PATIENCE):
            while not any("://" in line for line in told):
                line = await asyncio.to_thread(process.stderr.readline)
                assert line, f"it has ended: {told}"
                told.append(line)
        told.append(await asyncio.to_thread(process.stderr.readline))
        yield Website(process, told)
    finally:
        if process.poll() is None:
            process.terminate()
        await asyncio.to_thread(process.wait, _PATIENCE)
        process.stderr.close()


class WebServer(InProcess):
    """The page and a worker in this process. ``refusal`` is what newcomers are told instead."""

    refusal: Refused | None = None

    def __init__(self, services: Services | None = None, **settings: Any) -> None:
        super().__init__(services)
        limits = Limits(**settings.pop("limits", {}))
        given = Settings(limits=limits, **settings)
        worlds = own_worlds_of(self.services)
        self.worker = WebWorker(given, self.services.guarded(), worlds)
        self.site = Site(pass_on=self._pass_on, host="127.0.0.1", visitors=limits.sessions)
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def _pass_on(self, sock: socket.socket, who: Visitor) -> None:
        if self.refusal is not None:
            raise self.refusal
        passed = sock.dup()
        passed.setblocking(False)  # noqa: FBT003 - the socket's own
        self.do(self.worker.serve(passed, who))

    async def __aenter__(self) -> Self:
        let_in = await self._stack.enter_async_context(self.site.answering())
        await self._stack.enter_async_context(let_in([self.listening]))
        return await super().__aenter__()

    async def __aexit__(self, *given: object) -> None:
        await self.worker.say_goodbye()
        await self._stack.aclose()
        await super().__aexit__(*given)

    @asynccontextmanager
    async def terminal(self, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Browser]:
        async with visitor(self.port, size) as browser:
            yield browser


class Browser(Screen):
    """What a browser would be: the socket, and the screen that it is sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, size: tuple[int, int]) -> None:
        super().__init__(size)
        self.socket = socket
        self._to_say: asyncio.Queue[str] = asyncio.Queue()
        self._tasks = [asyncio.create_task(work) for work in (self._listen(), self._speak())]

    def type(self, text: str | bytes) -> None:
        self.say("stdin", text if isinstance(text, str) else text.decode(errors="surrogateescape"))

    def tell_size(self, width: int, height: int) -> None:
        self.say("resize", {"width": width, "height": height})

    def say(self, *message: object) -> None:
        self.say_raw(json.dumps(message))

    def say_raw(self, message: str) -> None:
        self._to_say.put_nowait(message)

    def stop_reading(self) -> None:
        self._transport.pause_reading()

    def read_on(self) -> None:
        self._transport.resume_reading()

    def drop(self) -> None:
        """Be gone without a word, as when the browser dies."""
        self._transport.abort()

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _transport(self) -> asyncio.Transport:
        connection = self.socket._response.connection
        assert connection is not None
        assert isinstance(connection.transport, asyncio.Transport)
        return connection.transport

    async def _listen(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.hear(message.data)
        self.hear_the_end()

    async def _speak(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self.socket.send_str(await self._to_say.get())


def _small(address: Any) -> socket.socket:
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _FEW_BYTES)
    return made


@asynccontextmanager
async def visitor(port: int, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Browser]:
    """Come to the page's terminal."""
    width, height = size
    origin = f"http://127.0.0.1:{port}"
    address = f"/ws?width={width}&height={height}"
    async with (
        aiohttp.ClientSession(
            origin, connector=aiohttp.TCPConnector(socket_factory=_small)
        ) as session,
        session.ws_connect(address, headers={"Origin": origin}) as connected,
    ):
        browser = Browser(connected, size)
        try:
            yield browser
        finally:
            await browser.leave()


async def gone(pids: set[int], within: float = _PATIENCE) -> None:
    """Wait until processes are no more."""
    await asyncio.to_thread(_await_end, pids, time.monotonic() + within)


def _await_end(pids: set[int], deadline: float) -> None:
    while left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.02)  # nothing tells of the end of another's child
