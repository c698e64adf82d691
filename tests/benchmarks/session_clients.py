"""The people whom ``sessions`` plays: they connect, look at the login page, and some type."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Self

import aiohttp
import asyncssh

_PAINTED = b"anna.nowak"
_LETTERS = [chr(code) for code in range(0x100, 0x180)]
"""Letters that no screen shows by itself, so that their bytes tell when a key is painted."""
MOST_KEYS = 60
"""The field takes no more."""
_PATIENCE = 180.0


class Person:
    """Somebody who presses keys and waits for what they see."""

    def __init__(self) -> None:
        self._awaited: tuple[bytes, asyncio.Future[float]] | None = None
        self._tail = b""

    @classmethod
    async def arrive(cls, port: int) -> tuple[Self, float]:
        """Connect and return the person with the seconds until the login page was painted."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Be gone."""
        raise NotImplementedError

    async def _send(self, keys: bytes) -> None:
        raise NotImplementedError

    async def press(self, key: bytes, *, sees: str) -> float:
        """Press a key; return the seconds until a text is painted."""
        painted = self._sees(sees.encode())
        began = time.perf_counter()
        await self._send(key)
        async with asyncio.timeout(_PATIENCE):
            return await painted - began

    async def type(self, keys: int, pause: float) -> list[float]:
        """Type letters, one after ``pause`` seconds each; return the seconds to their paint."""
        taken = []
        for letter in _LETTERS[: min(keys, MOST_KEYS)]:
            began = time.perf_counter()
            taken.append(await self.press(letter.encode(), sees=letter))
            await asyncio.sleep(max(0, began + pause - time.perf_counter()))
        return taken

    def _see(self, data: bytes) -> None:
        if self._awaited is None:
            return
        awaited, seen = self._awaited
        self._tail = self._tail[-len(awaited) :] + data
        if awaited in self._tail:
            self._awaited = None
            seen.set_result(time.perf_counter())

    def _sees(self, text: bytes) -> asyncio.Future[float]:
        self._tail = b""
        seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._awaited = (text, seen)
        return seen

    def _sees_nothing_more(self, why: Exception | None) -> None:
        if self._awaited is not None:
            self._awaited[1].set_exception(why or ConnectionError("closed too early"))
            self._awaited = None


class Client(Person, asyncssh.SSHClientSession[bytes]):
    """Somebody with ``ssh``."""

    def __init__(self, connection: asyncssh.SSHClientConnection) -> None:
        super().__init__()
        self._connection = connection

    @classmethod
    async def arrive(cls, port: int) -> tuple[Self, float]:
        """Connect and return the client with the seconds until the login page was painted."""
        began = time.perf_counter()
        client, painted = await cls._connect(port, _PAINTED, username="guest")
        return client, painted - began

    @classmethod
    async def log_in(cls, port: int, login: str, password: str, *, sees: str) -> Self:
        """Connect as an account that SSH itself asks for, and wait for a text on the screen."""
        who = {"username": login, "password": password}
        client, _painted = await cls._connect(port, sees.encode(), **who)
        return client

    @classmethod
    async def _connect(cls, port: int, sees: bytes, **who: str) -> tuple[Self, float]:
        connection = await asyncssh.connect(
            "127.0.0.1",
            port,
            known_hosts=None,
            client_keys=None,
            config=None,
            agent_path=None,
            connect_timeout=_PATIENCE,
            **who,
        )
        client = cls(connection)
        painted = client._sees(sees)
        await connection.create_session(
            lambda: client, encoding=None, term_type="xterm-256color", term_size=(80, 24)
        )
        async with asyncio.timeout(_PATIENCE):
            return client, await painted

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self._channel = chan

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:  # noqa: ARG002
        self._see(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._sees_nothing_more(exc)

    async def leave(self) -> None:
        self._connection.abort()
        await self._connection.wait_closed()

    async def _send(self, keys: bytes) -> None:
        self._channel.write(keys)


class Browser(Person):
    """Somebody with the page open: the socket of its terminal."""

    def __init__(self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse):
        super().__init__()
        self._session = session
        self._socket = socket
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def arrive(cls, port: int) -> tuple[Self, float]:
        """Connect and return the browser with the seconds until the login page was painted."""
        began = time.perf_counter()
        origin = f"http://127.0.0.1:{port}"
        session = aiohttp.ClientSession(origin)
        socket = await session.ws_connect("/ws?width=80&height=24", headers={"Origin": origin})
        browser = cls(session, socket)
        painted = browser._sees(_PAINTED)
        async with asyncio.timeout(_PATIENCE):
            return browser, await painted - began

    async def leave(self) -> None:
        self._listening.cancel()
        await self._session.close()

    async def _send(self, keys: bytes) -> None:
        await self._socket.send_str(json.dumps(["stdin", keys.decode()]))

    async def _listen(self) -> None:
        with suppress(asyncio.CancelledError):
            async for message in self._socket:
                self._see(message.data)
        self._sees_nothing_more(None)


async def arrivals(
    kind: type[Person], port: int, count: int, at_a_time: int
) -> tuple[list[Person], list[float]]:
    """Let people come, so many at a time; return them and how long each waited."""
    coming: Iterator[int] = iter(range(count))
    clients: list[Person] = []
    waited: list[float] = []

    async def queue() -> None:
        for _number in coming:
            client, seconds = await kind.arrive(port)
            clients.append(client)
            waited.append(seconds)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_a_time):
            group.create_task(queue())
    return clients, waited


async def typing(clients: list[Person], keys: int, pause: float) -> list[float]:
    """Let people type at the same time, not in step; return how long each key took."""

    async def one(client: Person, delay: float) -> list[float]:
        await asyncio.sleep(delay)
        return await client.type(keys, pause)

    starts = [pause * number / len(clients) for number in range(len(clients))]
    taken = await asyncio.gather(*map(one, clients, starts))
    return [seconds for each in taken for seconds in each]
