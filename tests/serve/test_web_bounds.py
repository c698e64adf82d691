"""What a visitor of the page may take and say, and what is written down of an odd request."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import AsyncExitStack
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.errors import Refused
from mleg_tui.serve.log import logged
from mleg_tui.serve.rate_limiter import ServerFull, TooManyFromAddress, TooManyInAMinute
from mleg_tui.serve.socket_passing import Visitor
from mleg_tui.serve.web import site as site_module
from mleg_tui.serve.web.session import WebSession
from tests.serve.conversation import PATIENCE, holds
from tests.serve.website import WebServer

HOST = b"Host: localhost\r\n"


def answered(port: int, data: bytes) -> bytes:
    """Send bytes and return the answer."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(data)
        return connection.recv(64)


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
    capsys: pytest.CaptureFixture[str], sent: bytes, status: int
) -> None:
    with logged():
        async with WebServer() as server:
            answer = await asyncio.to_thread(answered, server.port, sent)
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
    capsys: pytest.CaptureFixture[str], sent: bytes, status: int
) -> None:
    with logged():
        async with WebServer() as server:
            answer = await asyncio.to_thread(answered, server.port, sent)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert capsys.readouterr().err == ""


async def test_one_address_has_so_many_connections() -> None:
    async with AsyncExitStack() as inside, WebServer(limits={"sessions": 1}) as server:
        for _ in range(65):
            _reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            inside.callback(writer.close)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        inside.callback(writer.close)
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""


async def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_module, "_SILENCE", 0.2)
    async with WebServer() as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET / HTTP/1.1\r\nX: still")
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""
        writer.close()


class Heard(WebSession):
    """A session that only notes what reaches it."""

    def __init__(self) -> None:
        super().__init__(cast("Any", None), Visitor("192.0.2.1", 1))
        self.heard: list[object] = []

    def receive(self, data: bytes) -> None:
        self.heard.append(data)

    def resize(self, width: int, height: int) -> None:
        self.heard.append((width, height))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
typed = st.text().map(lambda text: ["stdin", text])
sizes = st.tuples(st.integers(), st.integers())
sized = sizes.map(lambda size: ["resize", {"width": size[0], "height": size[1]}])
other = anything | st.lists(st.sampled_from(["stdin", "resize", "focus"]) | anything)
told = (typed | sized | other).map(json.dumps) | st.text().filter(lambda text: "\n" not in text)


def meant(message: str) -> object:
    """Return what should reach a session of a message; ``None`` if that is nothing."""
    try:
        said = json.loads(message.encode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    if not isinstance(said, list) or len(said) != 2:
        return None
    word, what = said
    if word == "stdin" and isinstance(what, str):
        return what.encode("utf-8", "replace")
    if word == "resize" and isinstance(what, dict):
        size = (what.get("width"), what.get("height"))
        return size if all(isinstance(side, int) for side in size) else None
    return None


@given(st.lists(told), st.lists(st.integers(0, 400)))
def test_of_what_a_browser_says_only_keys_and_sizes_count(said: list[str], cuts: list[int]) -> None:
    session = Heard()
    data = b"".join(f"{message}\n".encode("utf-8", "surrogatepass") for message in said)
    for cut in cuts:
        session.data_received(data[:cut])
        data = data[cut:]
    session.data_received(data)
    assert session.heard == [what for what in map(meant, said) if what is not None]


async def test_what_a_browser_never_says_does_no_harm() -> None:
    async with WebServer() as server, server.terminal() as person:
        await person.until("anna.nowak")
        for nonsense in ("", "{", "[]", '["stdin"]', '["stdin", 5]', '["quit"]', "[" * 100_000):
            person.say_raw(nonsense)
        await person.socket.send_bytes(b"\x00\xff")
        person.say("resize", {"width": 10**9, "height": -1})
        person.say("resize", {"width": True, "height": "24"})
        person.say("resize", {"width": 80, "height": 24})
        person.type("\ud800")
        person.say_raw('[\n"stdin",\n"żyje"\n]')
        await person.until("żyje")


async def test_who_says_too_much_at_once_goes_alone() -> None:
    async with WebServer() as server, server.terminal() as other:
        await other.until("anna.nowak")
        async with server.terminal() as person:
            await person.until("anna.nowak")
            person.type("x" * (1024 * 1024))
            await person.ended()
        other.press("f2")
        await other.until("SIMULATION")
        await holds(lambda: len(server.worker.context.sessions) == 1)


@pytest.mark.parametrize("early", [True, False])
async def test_a_visitor_who_is_gone_without_a_word_leaves_nothing(early: bool) -> None:  # noqa: FBT001
    async with WebServer() as server, server.terminal() as person:
        if not early:
            await person.until("anna.nowak")
        person.drop()
        await holds(lambda: not server.worker.context.sessions and not server.worker.connections)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (ServerFull(), "Strona jest zajęta: pokazuje program 7 osobom naraz."),
        (TooManyFromAddress(), "Z tego adresu jest już tyle sesji, ile może być."),
        (TooManyInAMinute(), "zbyt wiele połączeń"),
    ],
)
async def test_who_comes_beyond_the_limits_gets_a_sentence(refusal: Refused, words: str) -> None:
    async with WebServer(limits={"sessions": 7}) as server:
        server.refusal = refusal
        async with server.terminal(size=(200, 24)) as person:
            await person.until(words)
            await person.ended()
