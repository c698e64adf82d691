"""What a visitor of the page may take, and what is written down of a request that is none."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from mleg_tui.serve.log import logged
from mleg_tui.serve.web import session as web_session
from mleg_tui.serve.web import site as site_module
from mleg_tui.serve.web.site import Site, serve

PATIENCE = 15.0
HOST = b"Host: localhost\r\n"
PROGRAM = """
import sys
sys.stdout.buffer.write(b"__GANGLION__\\n")
sys.stdout.flush()
count = 0
while kind := sys.stdin.buffer.read(1):
    typed = sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
    count += 1
    if typed == b"the end":
        sys.exit()
    open(sys.argv[1], "w").write(str(count))
"""
"""A program that counts the packets that it gets."""


class Running:
    """A server in this process, with a small program for each visitor."""

    def __init__(self, url: str, counted: Path) -> None:
        self.url = url
        self.port = int(url.rstrip("/").rpartition(":")[2])
        self._counted = counted

    @property
    def count(self) -> int:
        return int(self._counted.read_text() or 0) if self._counted.exists() else 0

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        origin = self.url.rstrip("/")
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{self.url}ws", headers={"Origin": origin}) as connected,
        ):
            yield connected

    def send(self, data: bytes) -> bytes:
        """Send bytes and return the answer."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.settimeout(PATIENCE)
            connection.sendall(data)
            return connection.recv(64)


@asynccontextmanager
async def running(folder: Path, visitors: int = 10) -> AsyncIterator[Running]:
    counted, told = folder / "count", asyncio.get_running_loop().create_future()
    command = (sys.executable, "-c", PROGRAM, str(counted))
    site = Site(command=command, environ={}, port=0, visitors=visitors)
    serving = asyncio.create_task(serve(site, told.set_result))
    try:
        yield Running(await told, counted)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def holds(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00 secret \xff\x00\r\n\r\n", 400),
        (b"secret\r\n\r\n", 400),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 20_000 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 5_000 + b"\r\n", 400),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: secret\r\n\r\n", 400),
        (b"GET http://a:99999999/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 400),
    ],
)
async def test_a_request_that_is_none_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sent: bytes, status: int
) -> None:
    with logged():
        async with running(tmp_path) as page:
            answer = await asyncio.to_thread(page.send, sent)
    assert answer.startswith(b"HTTP/1.0 %d " % status)
    (line,) = capsys.readouterr().err.splitlines()
    assert "from 127.0.0.1" in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /page/" + b"a" * 3_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (
            b"GET /ws HTTP/1.1\r\n" + HOST + b"Origin: http://localhost\r\nUpgrade: websocket\r\n"
            b"Connection: upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \xff\r\n\r\n",
            400,
        ),
    ],
)
async def test_a_request_that_is_odd_is_answered_and_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sent: bytes, status: int
) -> None:
    with logged():
        async with running(tmp_path) as page:
            answer = await asyncio.to_thread(page.send, sent)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert capsys.readouterr().err == ""


async def test_one_address_has_so_many_connections(tmp_path: Path) -> None:
    async with AsyncExitStack() as inside, running(tmp_path, visitors=1) as page:
        for _ in range(65):
            _reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
            inside.callback(writer.close)
        reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
        inside.callback(writer.close)
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""


async def test_who_says_nothing_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "_SILENCE", 0.2)
    async with running(tmp_path) as page:
        reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
        writer.write(b"GET / HTTP/1.1\r\nX: still")
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""
        writer.close()


async def test_a_visitor_who_does_nothing_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_session, "IDLE", 0.5)
    async with running(tmp_path) as page, page.visitor() as connected:
        await connected.send_json(["stdin", "x"])
        await holds(lambda: page.count == 1)
        async with asyncio.timeout(PATIENCE):
            while (await connected.receive()).type is not aiohttp.WSMsgType.CLOSE:
                await connected.send_str("nonsense")


async def test_of_a_flood_of_sizes_few_come_to_the_program(tmp_path: Path) -> None:
    async with running(tmp_path) as page, page.visitor() as connected:
        await connected.send_json(["stdin", "x"])
        await holds(lambda: page.count == 1)
        for number in range(500):
            await connected.send_json(["resize", {"width": 80 + number % 9, "height": 24}])
            await connected.send_json(["focus"])
        await connected.send_json(["stdin", "the end"])
        async with asyncio.timeout(PATIENCE):
            while (await connected.receive()).type is not aiohttp.WSMsgType.CLOSE:
                pass
        assert page.count < 250
