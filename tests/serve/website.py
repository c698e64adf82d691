"""``mleg-tui serve web`` in a process of its own, and a visitor without a browser."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pyte

from tests.end_to_end.program import PROGRAM, environment
from tests.end_to_end.terminal import ROOT, _environment

_PATIENCE = 20.0


class Website:
    """The running server."""

    def __init__(self, process: subprocess.Popen[str], told: list[str]) -> None:
        self.process = process
        self.told = told
        """What it said when it began."""
        self.url = next(word for line in told for word in line.split() if "://" in word)

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE)

    def visitors(self) -> set[int]:
        """Return the processes that it has started and that still run."""
        pid = self.process.pid
        children = (Path(task, "children") for task in Path(f"/proc/{pid}/task").iterdir())
        return {int(child) for path in children for child in path.read_text().split()}


@asynccontextmanager
async def website(
    store: Path, *options: str, environ: Mapping[str, str | None] | None = None
) -> AsyncIterator[Website]:
    """Serve a store on a free port."""
    command = [*PROGRAM, "serve", "web", "--port", "0", "--store", str(store), *options]
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


class Visitor:
    """What a browser would be: the socket, and the screen that it is sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, size: tuple[int, int]) -> None:
        self.socket = socket
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def wait_for(self, text: str) -> None:
        """Listen until the screen has a text."""
        async with asyncio.timeout(_PATIENCE):
            while text not in self.text:
                assert await self._hear(), f"closed without {text!r}:\n{self.text}"

    async def wait_for_the_end(self) -> None:
        """Listen until the server closes the socket."""
        async with asyncio.timeout(_PATIENCE):
            while await self._hear():
                pass

    async def type(self, text: str) -> None:
        await self.say("stdin", text)

    async def say(self, *message: object) -> None:
        await self.socket.send_str(json.dumps(message))

    async def _hear(self) -> bool:
        heard = await self.socket.receive()
        if heard.type is aiohttp.WSMsgType.BINARY:
            self._stream.feed(heard.data)
        return heard.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT)


@asynccontextmanager
async def visitor(site: Website, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Visitor]:
    """Come to the page's terminal."""
    width, height = size
    address = f"{site.url}ws?width={width}&height={height}"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(address, headers={"Origin": site.origin}) as socket,
    ):
        yield Visitor(socket, size)


async def gone(pids: set[int], within: float = _PATIENCE) -> None:
    """Wait until processes are no more."""
    await asyncio.to_thread(_await_end, pids, time.monotonic() + within)


def _await_end(pids: set[int], deadline: float) -> None:
    while left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.02)  # nothing tells of the end of another's child
