"""Over SSH nobody takes more than their share: of memory, of commands, of time, of sockets."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from mleg_tui.serve.socket_passing import Visitor, passed_sockets
from mleg_tui.serve.ssh import plain_commands
from mleg_tui.serve.ssh.connection import Connection
from mleg_tui.serve.ssh.plain_commands import ConcurrencyLimit
from mleg_tui.serve.stream import LONGEST_INPUT
from mleg_tui.services.services import Services
from mleg_tui.stores.tinydb import TinyDbStore
from tests.serve.conversation import PATIENCE, Server, Terminal, holds, new_services

WITH_PASSWORD: dict[str, Any] = {"password": "demo", "preferred_auth": "password"}
ANNA, EWA, OFFICE = "anna.nowak", "ewa.lis", "dziekanat"
WAITING = "phone add --accept-terms"
LOT = 4 * 1024 * 1024


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    place = tmp_path / "store.json"
    monkeypatch.setenv("MLEG_TUI_STORE", str(place))  # for the plain commands
    with closing(TinyDbStore(place)) as store:
        yield new_services(store)


@pytest.fixture
async def server(folder: Path, services: Services) -> AsyncIterator[Server]:
    async with Server(folder, services, ssh_login=True) as running:
        yield running


Process = asyncssh.SSHClientProcess[bytes]


@asynccontextmanager
async def command(server: Server, login: str, line: str) -> AsyncIterator[Process]:
    """Run a command whose input has no end yet."""
    async with (
        server.connection(login, **WITH_PASSWORD) as connection,
        connection.create_process(line, encoding=None) as process,
    ):
        yield process
        connection.abort()  # or it would wait until all is sent


async def status(server: Server, login: str, line: str = "order status --json") -> int | None:
    async with asyncio.timeout(PATIENCE), command(server, login, line) as process:
        done = await process.wait()
    return done.exit_status


def said(done: asyncssh.SSHCompletedProcess) -> bytes:
    return b"".join(text for text in (done.stdout, done.stderr) if isinstance(text, bytes))


def pretend(server: Server, script: str) -> None:
    """Let every command run a script instead."""
    server.worker.context.commands._command = (sys.executable, "-c", script)


async def is_full(process: Process) -> None:
    """Wait until the server takes nothing more of a flood, and hold that it took little."""
    process.stdin.write(bytes(LOT))
    left = [LOT]
    async with asyncio.timeout(PATIENCE):
        while True:
            await asyncio.sleep(0.3)  # long for a loopback
            left.append(process.channel.get_write_buffer_size())
            if left[-1] == left[-2] < LOT:
                break
    assert LOT - left[-1] <= 2 * LONGEST_INPUT


async def test_a_flood_waits_with_the_client_while_a_command_waits_for_a_slot(
    server: Server,
) -> None:
    limit = server.worker.context.commands._limit
    async with (
        limit.slot(ANNA, "127.0.0.1"),
        command(server, ANNA, "order status") as process,
    ):
        await is_full(process)
        assert await status(server, EWA) == 0


async def test_a_flood_waits_with_the_client_while_a_command_runs(
    server: Server, tmp_path: Path
) -> None:
    mark = tmp_path / "running"
    pretend(server, f"import time; open({str(mark)!r}, 'w'); time.sleep(60)")
    async with command(server, ANNA, "order status") as process:
        await holds(mark.exists)
        await is_full(process)


async def test_a_flood_of_input_that_a_command_reads_is_refused(server: Server) -> None:
    async with command(server, ANNA, WAITING) as process:
        process.stdin.write(bytes(LOT))
        done = await process.wait()
    assert done.exit_status == 2
    assert "najwyżej 64 kB" in said(done).decode()


async def test_what_is_flooded_before_the_command_is_bounded_too(server: Server) -> None:
    async with server.connection(ANNA, **WITH_PASSWORD) as connection:
        early = EarlyBird(bytes(LOT))
        await connection.create_session(lambda: early, command=WAITING, encoding=None)
        await holds(lambda: early.status == 2)


async def test_commands_that_wait_for_input_hold_nobody_up(server: Server) -> None:
    async with AsyncExitStack() as waiting:
        for _ in range(4):
            await waiting.enter_async_context(command(server, ANNA, WAITING))
        await holds(lambda: len(server.worker.context.sessions) == 4)
        assert await status(server, EWA) == 0
        assert await status(server, ANNA) == 0


async def test_a_command_gets_the_lines_that_it_reads_without_an_end_of_input(
    server: Server,
) -> None:
    async with command(server, ANNA, WAITING) as process:
        for typed in (b"no to", b"ken\n\n", b"no code", b"\nmore"):
            process.stdin.write(typed)
            await asyncio.sleep(0)
        done = await process.wait()
    assert done.exit_status == 1
    assert done.stderr


async def test_a_command_gets_all_of_the_input_that_it_reads_to_its_end(server: Server) -> None:
    async with command(server, OFFICE, "office revoke --ids - --yes --reason test") as process:
        process.stdin.write(b"one two\n")
        await asyncio.sleep(0)
        process.stdin.write(b"three\n")
        process.stdin.write_eof()
        done = await process.wait()
    assert b"three" in said(done)


async def test_the_time_counts_from_the_request(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_commands, "_SECONDS", 0.3)
    limit = server.worker.context.commands._limit
    async with limit.slot(ANNA, "127.0.0.1"):
        assert await status(server, ANNA, "order status") == 124
        assert await status(server, ANNA, WAITING) == 124


async def test_who_does_not_read_what_a_command_says_holds_nobody_up(server: Server) -> None:
    pretend(server, "print('x' * 2_600_000)")
    async with AsyncExitStack() as unread:
        processes = []
        for _ in range(4):
            process = await unread.enter_async_context(command(server, ANNA, "order status"))
            process.channel.pause_reading()
            processes.append(process)
        assert await status(server, EWA) == 0
        assert await status(server, ANNA) == 0
        for process in processes:
            process.channel.resume_reading()
            done = await process.wait()
            assert (done.exit_status, len(said(done))) == (0, 2_600_001)


async def test_commands_are_shared_out_by_account_and_by_address() -> None:
    limit = ConcurrencyLimit()
    running: list[str] = []

    async def run(account: str, address: str, ended: asyncio.Event) -> None:
        async with limit.slot(account, address):
            running.append(account)
            await ended.wait()

    ended = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for account in ("a", "a", "b", "a", "b", "c", "e"):
            tasks.create_task(run(account, "192.0.2.1", ended))
        tasks.create_task(run("d", "192.0.2.2", ended))
        await holds(lambda: len(running) == 4)
        assert running == ["a", "b", "c", "d"]
        ended.set()
    assert sorted(running) == ["a", "a", "a", "b", "b", "c", "d", "e"]
    assert (limit._of, limit._asked) == ({}, {})


async def test_a_slot_that_nobody_waits_for_any_more_goes_to_the_next() -> None:
    limit = ConcurrencyLimit()
    async with limit.slot("a", "192.0.2.1"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), limit.slot("a", "192.0.2.1"):
                pass
        async with limit.slot("b", "192.0.2.1"):
            pass
    async with limit.slot("a", "192.0.2.1"):
        pass
    assert (limit._of, limit._asked) == ({}, {})


class EarlyBird(asyncssh.SSHClientSession[bytes]):
    """Sends as soon as there is a channel, before it asks for anything."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.status: int | None = None

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        chan.write(self._data)

    def exit_status_received(self, status: int) -> None:
        self.status = status


async def test_what_is_typed_before_the_program_is_asked_for_waits_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connection_made(_self: Terminal, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        chan.write(b"anna.nowak\tdemo\r")

    monkeypatch.setattr(Terminal, "connection_made", connection_made)
    async with Server(folder) as server, server.terminal() as terminal:
        await terminal.until("AKTUALNOŚCI")


@pytest.fixture
def servers_side(monkeypatch: pytest.MonkeyPatch) -> list[asyncssh.SSHServerConnection]:
    """Note the connections as the server has them."""
    noted: list[asyncssh.SSHServerConnection] = []
    made = Connection.connection_made

    def connection_made(connection: Connection, conn: asyncssh.SSHServerConnection) -> None:
        made(connection, conn)
        noted.append(conn)

    monkeypatch.setattr(Connection, "connection_made", connection_made)
    return noted


def transport_of(
    connection: asyncssh.SSHServerConnection | asyncssh.SSHClientConnection,
) -> asyncio.Transport:
    assert isinstance(connection._transport, asyncio.Transport)
    return connection._transport


async def test_what_comes_while_somebody_is_looked_up_waits_with_the_client(
    server: Server,
    servers_side: list[asyncssh.SSHServerConnection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looking, clients = asyncio.Event(), []

    async def begin_auth(*_: object) -> bool:
        looking.set()
        await asyncio.Event().wait()
        return False

    class Client(asyncssh.SSHClient):
        def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
            clients.append(conn)

    async def flood() -> None:
        async with server.connection(ANNA, client_factory=Client, **WITH_PASSWORD):
            pass

    monkeypatch.setattr(Connection, "begin_auth", begin_auth)
    connecting = asyncio.create_task(flood())
    await looking.wait()
    transport_of(clients[0]).write(bytes(8 * LOT))
    (ours,) = servers_side
    await holds(lambda: not transport_of(ours).is_reading())
    assert len(ours._inpbuf) < LOT
    assert transport_of(clients[0]).get_write_buffer_size() > 0
    connecting.cancel()
    await asyncio.gather(connecting, return_exceptions=True)


async def test_answers_that_nobody_reads_have_a_bound(
    server: Server, servers_side: list[asyncssh.SSHServerConnection]
) -> None:
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    small.connect(("127.0.0.1", server.port))
    async with server.connection(ANNA, sock=small, **WITH_PASSWORD) as connection:
        transport_of(connection).pause_reading()
        (ours,) = servers_side
        async with asyncio.timeout(PATIENCE):
            while transport_of(ours).is_reading():
                for _ in range(1_000):
                    connection._send_global_request(b"keepalive@openssh.com", want_reply=True)
                await asyncio.sleep(0)
        assert transport_of(ours).get_write_buffer_size() < LOT
        connection.abort()


async def test_what_waits_for_new_keys_has_a_bound(server: Server) -> None:
    async with server.terminal(ANNA, **WITH_PASSWORD) as terminal:
        await terminal.until("Anna Nowak")
        session = server.ssh_session
        connection = session._channel.get_connection()
        connection._kex_complete = False  # as when a client begins to agree on keys, and stops
        drawn: list[bool] = []
        app = server.app
        may_draw = app.may_draw

        def noted() -> bool:
            drawn.append(may_draw())
            return drawn[-1]

        app.may_draw = noted  # type: ignore[method-assign]
        app.call_later(app.switch_theme)
        await holds(lambda: drawn)
        assert not any(drawn)
        for _ in range(2_000):
            session._channel.write(b"x")
        for _ in range(10):
            terminal.type("x")
        await terminal.ended()


@pytest.mark.parametrize("wanted", [["zlib@openssh.com", "none"], ["none"]])
async def test_nothing_is_unpacked(server: Server, wanted: list[str]) -> None:
    async with server.connection(ANNA, compression_algs=wanted, **WITH_PASSWORD) as connection:
        assert connection.get_extra_info("send_compression") == "none"
        done = await connection.run("order status")
        assert done.exit_status == 0


async def test_a_visitor_who_is_gone_before_being_looked_at_leaves_no_socket(
    server: Server,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = socket.create_connection(listening.getsockname())
        accepted, _peer = listening.accept()
        accepted.setblocking(False)  # noqa: FBT003 - the socket's own
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()  # at once: a reset

    def is_gone() -> bool:
        try:
            accepted.getpeername()
        except OSError:
            return True
        return False

    await holds(is_gone)
    await server.worker.serve(accepted, Visitor("127.0.0.1", 1))
    assert accepted.fileno() == -1


async def test_a_visitor_who_is_gone_a_little_later_leaves_no_socket(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = asyncssh.SSHServerConnection.get_extra_info

    def get_extra_info(connection: Any, name: str, default: Any = None) -> Any:
        return None if name == "peername" else named(connection, name, default)

    monkeypatch.setattr(asyncssh.SSHServerConnection, "get_extra_info", get_extra_info)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()),
    ):
        accepted, _peer = listening.accept()
        accepted.setblocking(False)  # noqa: FBT003 - the socket's own
        await server.worker.serve(accepted, Visitor("127.0.0.1", 1))
    assert accepted.fileno() == -1


def test_a_visitor_for_whom_no_descriptor_is_left_is_told_to_be_gone(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)  # noqa: FBT003 - the socket's own
        ours.send(b'["17", "127.0.0.1", 1]')
        assert [*passed_sockets(theirs)] == []
    assert capfdbinary.readouterr().out == b"17\n"
