"""The people whom ``sessions`` plays: they connect, look at the login page, and some type."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Self

import asyncssh

_PAINTED = b"anna.nowak"
_LETTERS = [chr(code) for code in range(0x100, 0x180)]
"""Letters that no screen shows by itself, so that their bytes tell when a key is painted."""
MOST_KEYS = 60
"""The field takes no more."""
_PATIENCE = 180.0


class Client(asyncssh.SSHClientSession[bytes]):
    """One person's terminal."""

    def __init__(self, connection: asyncssh.SSHClientConnection) -> None:
        self._connection = connection
        self._awaited: tuple[bytes, asyncio.Future[float]] | None = None
        self._tail = b""

    @classmethod
    async def arrive(cls, port: int) -> tuple[Self, float]:
        """Connect and return the client with the seconds until the login page was painted."""
        began = time.perf_counter()
        connection = await asyncssh.connect(
            "127.0.0.1",
            port,
            username="guest",
            known_hosts=None,
            client_keys=None,
            config=None,
            agent_path=None,
            connect_timeout=_PATIENCE,
        )
        client = cls(connection)
        painted = client._sees(_PAINTED)
        await connection.create_session(
            lambda: client, encoding=None, term_type="xterm-256color", term_size=(80, 24)
        )
        async with asyncio.timeout(_PATIENCE):
            return client, await painted - began

    @classmethod
    async def log_in(cls, port: int, login: str, password: str, *, sees: str) -> Self:
        """Connect as an account that SSH itself asks for, and wait for a text on the screen."""
        connection = await asyncssh.connect(
            "127.0.0.1",
            port,
            username=login,
            password=password,
            known_hosts=None,
            client_keys=None,
            config=None,
            agent_path=None,
            connect_timeout=_PATIENCE,
        )
        client = cls(connection)
        painted = client._sees(sees.encode())
        await connection.create_session(
            lambda: client, encoding=None, term_type="xterm-256color", term_size=(80, 24)
        )
        async with asyncio.timeout(_PATIENCE):
            await painted
        return client

    async def press(self, key: bytes, *, sees: str) -> float:
        """Press a key; return the seconds until a text is painted."""
        painted = self._sees(sees.encode())
        began = time.perf_counter()
        self._channel.write(key)
        async with asyncio.timeout(_PATIENCE):
            return await painted - began

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self._channel = chan

    async def leave(self) -> None:
        self._connection.abort()
        await self._connection.wait_closed()

    async def type(self, keys: int, pause: float) -> list[float]:
        """Type letters, one after ``pause`` seconds each; return the seconds to their paint."""
        taken = []
        for typed in _LETTERS[: min(keys, MOST_KEYS)]:
            letter = typed.encode()
            painted = self._sees(letter)
            began = time.perf_counter()
            self._channel.write(letter)
            async with asyncio.timeout(_PATIENCE):
                taken.append(await painted - began)
            await asyncio.sleep(max(0, began + pause - time.perf_counter()))
        return taken

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:  # noqa: ARG002
        if self._awaited is None:
            return
        awaited, seen = self._awaited
        self._tail = self._tail[-len(awaited) :] + data
        if awaited in self._tail:
            self._awaited = None
            seen.set_result(time.perf_counter())

    def connection_lost(self, exc: Exception | None) -> None:
        if self._awaited is not None:
            self._awaited[1].set_exception(exc or ConnectionError("closed too early"))
            self._awaited = None

    def _sees(self, text: bytes) -> asyncio.Future[float]:
        self._tail = b""
        seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._awaited = (text, seen)
        return seen


async def arrivals(port: int, count: int, at_a_time: int) -> tuple[list[Client], list[float]]:
    """Let people come, so many at a time; return them and how long each waited."""
    coming: Iterator[int] = iter(range(count))
    clients: list[Client] = []
    waited: list[float] = []

    async def queue() -> None:
        for _number in coming:
            client, seconds = await Client.arrive(port)
            clients.append(client)
            waited.append(seconds)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_a_time):
            group.create_task(queue())
    return clients, waited


async def typing(clients: list[Client], keys: int, pause: float) -> list[float]:
    """Let people type at the same time, not in step; return how long each key took."""

    async def one(client: Client, delay: float) -> list[float]:
        await asyncio.sleep(delay)
        return await client.type(keys, pause)

    starts = [pause * number / len(clients) for number in range(len(clients))]
    taken = await asyncio.gather(*map(one, clients, starts))
    return [seconds for each in taken for seconds in each]
