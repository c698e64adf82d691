"""A store that hangs is felt by those who need it, and by nobody else.

PostgreSQL is stopped, so that it takes connections and answers nothing, or somebody holds a table.
Who types meanwhile gets an echo as ever; who needs the store is told in time, or served later.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles

import asyncssh
import pytest
from sqlalchemy import make_url

from tests.serve.conversation import PATIENCE, Clients, Terminal
from tests.serve.test_ssh_processes import Served
from tests.stores.postgres import Server, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")

LOGIN_TIME = 3
"""The server's own limit, in seconds, for what comes before a session."""
GOAL = 0.1
"""Within so many seconds 95 of 100 keys are to be echoed, if the machine is not busy otherwise."""
TYPED = "qvxqvxqvxqvxqvx"
"""What is on the page nowhere else, not even the first letter."""
UNANSWERED = ("nie odpowiada", "zajęty")
Hang = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with running() as cluster:
        yield cluster


@pytest.fixture(params=["stopped", "locked"])
def hang(request: pytest.FixtureRequest, database: Server, url: str) -> Hang:
    """Return what makes the store hang for a while."""

    @contextmanager
    def locked() -> Iterator[None]:
        with database.connect() as connection, connection.transaction():
            schema = str(make_url(url).query["options"]).removeprefix("-csearch_path=")
            connection.execute(f"LOCK TABLE {schema}.mleg_meta IN ACCESS EXCLUSIVE MODE")
            yield

    return database.stopped if request.param == "stopped" else locked


@pytest.fixture
def url(database: Server, tmp_path: Path) -> str:
    return database.url(tmp_path)


@contextmanager
def serving(folder: Path, url: str, *options: str) -> Iterator[tuple[Served, Clients]]:
    times = ("--workers", "1", "--login-time", f"{LOGIN_TIME}s")
    with Served(folder, *times, *options, store=url) as served:
        yield served, Clients(served.port)


async def echoed(terminal: Terminal, letters: str) -> list[float]:
    """Type letter by letter into a field; return the seconds until each is seen."""
    taken = []
    typed = ""
    for letter in letters:
        typed += letter
        began = time.monotonic()
        terminal.type(letter)
        await terminal.until(typed)
        taken.append(time.monotonic() - began)
    return taken


async def taken_back(terminal: Terminal) -> None:
    terminal.press("home", *["delete"] * len(TYPED))
    await terminal.until(lambda: TYPED[:1] not in terminal.text)


@asynccontextmanager
async def typing(terminals: list[Terminal]) -> AsyncIterator[list[float]]:
    """Let these type by turns while the body runs, and give the seconds from key to echo."""
    taken: list[float] = []
    is_over = asyncio.Event()

    async def type_on() -> None:
        for terminal in cycle(terminals):
            taken.extend(await echoed(terminal, TYPED))
            await taken_back(terminal)
            if is_over.is_set():
                return

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(type_on())
        yield taken
        is_over.set()


class Dismissed(asyncssh.SSHClient):
    """A client that remembers why it was sent away."""

    def __init__(self) -> None:
        self.why: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def connection_lost(self, exc: Exception | None) -> None:
        self.why.set_result(str(exc))


def at_p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


async def test_nobody_else_notices_that_a_session_cannot_be_opened(
    tmp_path: Path, url: str, hang: Hang
) -> None:
    with serving(tmp_path, url) as (served, clients):
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            others = [await enter(clients.terminal()) for _ in range(3)]
            waiting = [await enter(clients.terminal()) for _ in range(3)]
            for terminal in (*others, *waiting):
                await terminal.until("Identyfikator:")
            usual = [seconds for other in others for seconds in await echoed(other, TYPED)]
            for other in others:
                await taken_back(other)
            with hang():
                async with typing(others) as taken:
                    for terminal in waiting:  # who needs the store, and can wait for it
                        terminal.type("anna.nowak\tdemo\r")
                    began = time.monotonic()
                    async with clients.terminal() as newcomer:
                        assert await newcomer.ended() == 3
                        told_after = time.monotonic() - began
                assert any(word in newcomer.raw.decode() for word in UNANSWERED)
            sys.stdout.write(
                f"{len(taken)} keys: p95 {1000 * at_p95(taken):.0f} ms, most"
                f" {1000 * max(taken):.0f} ms, usually {1000 * at_p95(usual):.0f} ms;"
                f" told after {told_after:.1f} s\n"
            )
            assert at_p95(taken) < max(GOAL, 3 * at_p95(usual))
            assert told_after < LOGIN_TIME + 2
            for terminal in waiting:
                await terminal.until("AKTUALNOŚCI")
            async with clients.terminal() as later:
                await later.log_in("ewa.lis")
            assert "Traceback" not in served.logged


@pytest.mark.parametrize("proof", ["password", "session"])
async def test_who_cannot_be_recognised_is_told_in_time(
    tmp_path: Path, url: str, database: Server, proof: str
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    key = asyncssh.generate_private_key("ssh-ed25519")
    (keys / "anna.nowak").write_bytes(key.export_public_key())
    given = {"password": "demo"} if proof == "password" else {"client_keys": [key]}
    options = ("--ssh-login", "--authorized-keys", str(keys))
    with serving(tmp_path, url, *options) as (served, clients):
        with database.stopped():
            client = Dismissed()
            began = time.monotonic()
            with pytest.raises((asyncssh.Error, OSError)):
                async with clients.terminal("anna.nowak", client_factory=lambda: client, **given):
                    pass
            assert "nie odpowiada" in await client.why
            assert time.monotonic() - began < LOGIN_TIME + 2
        async with clients.terminal("anna.nowak", **given) as terminal:
            await terminal.until("Anna Nowak")
        assert "Traceback" not in served.logged


async def test_the_server_ends_in_time_while_its_store_hangs(
    tmp_path: Path, url: str, database: Server
) -> None:
    with serving(tmp_path, url) as (served, clients):
        async with clients.terminal() as one, clients.terminal() as other:
            await one.log_in("anna.nowak")
            await other.until("Identyfikator:")
            with database.stopped():
                one.press("l")
                other.type("ewa.lis\tdemo\r")
                async with clients.terminal() as newcomer:
                    served.process.terminate()
                    began = time.monotonic()
                    for terminal in (one, other, newcomer):
                        await terminal.ended()
                        assert "Serwer kończy pracę" in terminal.raw.decode()
                    assert await asyncio.to_thread(served.process.wait, PATIENCE) == 0
                    assert time.monotonic() - began < 5
        assert "Traceback" not in served.logged
