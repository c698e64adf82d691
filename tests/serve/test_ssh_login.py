"""``--ssh-login``: the program's own accounts over SSH, and the plain commands that they have."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from mleg_tui.domain.account import Account, LoginAttempts
from mleg_tui.serve.ssh.connection import Connection
from mleg_tui.services.services import Services
from mleg_tui.stores.tinydb import TinyDbStore
from tests.serve.conversation import Server, holds, new_services

WITH_PASSWORD: dict[str, Any] = {"password": "demo", "preferred_auth": "password"}


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    place = tmp_path / "store.json"
    monkeypatch.setenv("MLEG_TUI_STORE", str(place))  # for the plain commands
    monkeypatch.delenv("MLEG_TUI_PASSWORD", raising=False)
    with closing(TinyDbStore(place)) as store:
        yield new_services(store)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    return folder


@pytest.fixture
async def server(folder: Path, services: Services, keys: Path) -> AsyncIterator[Server]:
    settings: dict[str, Any] = {"ssh_login": True, "authorized_keys": str(keys)}
    async with Server(folder, services, **settings) as running:
        yield running


def authorize(folder: Path, login: str, options: bytes = b"") -> asyncssh.SSHKey:
    key = asyncssh.generate_private_key("ssh-ed25519")
    (folder / login).write_bytes(options + key.export_public_key())
    return key


async def test_a_password_opens_usosweb_directly(server: Server) -> None:
    async with server.terminal("anna.nowak", **WITH_PASSWORD) as terminal:
        await terminal.until("Anna Nowak")
        assert "Identyfikator:" not in terminal.text


@pytest.mark.parametrize("name", ["anna.nowak", "nobody.at.all", "../../etc/passwd"])
async def test_a_wrong_password_opens_nothing(server: Server, name: str) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        async with server.connection(name, password="wrong", preferred_auth="password"):
            pass
    assert not server.worker.context.sessions


async def test_strangers_cannot_lock_an_account_out(server: Server, services: Services) -> None:
    for _ in range(4):
        with pytest.raises(asyncssh.PermissionDenied):
            async with server.connection("anna.nowak", password="wrong", preferred_auth="password"):
                pass
    attempts = services.store.read(lambda view: view.select(LoginAttempts))
    assert [attempt.failures for attempt in attempts] == [3]  # then it only had to wait
    for source in ("192.0.2.7", ""):
        assert services.login.sign_in("anna.nowak", "demo", source).login == "anna.nowak"


async def test_wrong_passwords_keep_nobody_out_who_came_in_from_there_before(
    server: Server,
) -> None:
    async with server.connection("anna.nowak", **WITH_PASSWORD):
        pass
    for _ in range(5):
        with pytest.raises(asyncssh.PermissionDenied):
            async with server.connection("anna.nowak", password="wrong", preferred_auth="password"):
                pass
    for name in ("anna.nowak", "ewa.lis"):
        async with server.connection(name, **WITH_PASSWORD) as connection:
            assert connection.get_extra_info("username") == name


async def test_a_key_opens_the_account_that_it_stands_for(server: Server, keys: Path) -> None:
    key = authorize(keys, "ewa.lis")
    async with server.terminal("ewa.lis", client_keys=[key]) as terminal:
        await terminal.until("Ewa Lis")
    with pytest.raises(asyncssh.PermissionDenied):
        async with server.connection("anna.nowak", client_keys=[key], preferred_auth="publickey"):
            pass


async def test_a_key_that_others_could_have_put_there_is_none(server: Server, keys: Path) -> None:
    key = authorize(keys, "ewa.lis")
    (keys / "ewa.lis").chmod(0o666)
    with pytest.raises(asyncssh.PermissionDenied):
        async with server.connection("ewa.lis", client_keys=[key], preferred_auth="publickey"):
            pass


@pytest.mark.parametrize("options", [b'expiry-time="20260101" ', b'from="192.0.2.1" ', b"strange "])
async def test_a_key_opens_nothing_against_its_options(
    server: Server, keys: Path, options: bytes
) -> None:
    key = authorize(keys, "ewa.lis", options)
    with pytest.raises(asyncssh.PermissionDenied):
        async with server.connection("ewa.lis", client_keys=[key], preferred_auth="publickey"):
            pass


async def test_a_key_may_be_for_one_command_and_without_a_terminal(
    server: Server, keys: Path
) -> None:
    options = b'restrict,expiry-time="29991231Z",from="127.0.0.1",command="order status --json" '
    key = authorize(keys, "ewa.lis", options)
    async with server.connection("ewa.lis", client_keys=[key]) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.run("order place", term_type="xterm")
    async with server.connection("ewa.lis", client_keys=[key]) as connection:
        done = await connection.run("order place --json")
    assert json.loads(str(done.stdout))["status"] is None


async def test_a_pipe_among_the_keys_holds_nobody_up(server: Server, keys: Path) -> None:
    os.mkfifo(keys / "ewa.lis")
    async with server.terminal("ewa.lis", **WITH_PASSWORD) as terminal:
        await terminal.until("Ewa Lis")


class FakeConnection:
    """Notes what is asked of asyncssh's connection."""

    def __init__(self) -> None:
        self.keys: list[asyncssh.SSHAuthorizedKeys] = []
        self.is_over = False

    def set_authorized_keys(self, keys: asyncssh.SSHAuthorizedKeys) -> None:
        self.keys.append(keys)

    def disconnect(self, *_: object) -> None:
        self.is_over = True


async def test_who_tries_one_name_after_another_has_the_keys_of_the_last_and_few_tries(
    server: Server, keys: Path
) -> None:
    key = authorize(keys, "ewa.lis").convert_to_public()
    connection, below = Connection(server.worker.context), FakeConnection()
    connection._connection = below  # type: ignore[assignment]
    for name in ("ewa.lis", "anna.nowak", "ewa.lis"):
        assert await connection.begin_auth(name)
        assert (below.keys[-1].validate(key, "", "") is not None) is (name == "ewa.lis")
    for number in range(10):
        assert await connection.begin_auth(f"guess{number}")
    assert below.is_over
    assert len(below.keys) == 6


async def test_a_key_of_nobody_and_of_a_blocked_account_opens_nothing(
    server: Server, keys: Path, services: Services
) -> None:
    def block(work: Any) -> None:
        work.save(replace(work.get(Account, "ewa.lis"), blocked=True))

    services.store.transact(block)
    for name in ("ewa.lis", "nobody"):
        key = authorize(keys, name)
        with pytest.raises((asyncssh.Error, OSError)):
            async with server.connection(name, client_keys=[key]) as connection:
                await connection.run("order status", check=True)


async def test_plain_commands_act_for_who_logged_in(server: Server) -> None:
    async with server.connection("anna.nowak", **WITH_PASSWORD) as connection:
        done = await connection.run("mleg-tui order place --json")
        assert (done.exit_status, done.stderr) == (0, "")
        assert json.loads(str(done.stdout))["status"] == "PENDING"


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("order status --user jan.kowalski", 1, "Nie masz uprawnień"),
        ("order status --store /tmp/elsewhere.json", 1, "Tego polecenia nie ma przez SSH"),
        ("--store /tmp/elsewhere.json order status", 1, "Tego polecenia nie ma przez SSH"),
        ("time forward 1d", 1, "Tego polecenia nie ma przez SSH"),
        ("store export -", 1, "Tego polecenia nie ma przez SSH"),
        ("serve ssh", 1, "Tego polecenia nie ma przez SSH"),
        ("scp -t /", 2, ""),
        ("sh -c 'id'", 2, ""),
        ("order status; id", 2, ""),
        ("order 'status", 2, "nie można zrozumieć"),
        ("x" * 5000, 2, "nie można zrozumieć"),
        ("office orders", 1, "Nie masz uprawnień"),
    ],
)
async def test_what_a_student_may_not_run(
    server: Server, command: str, status: int, said: str
) -> None:
    async with server.connection("anna.nowak", **WITH_PASSWORD) as connection:
        done = await connection.run(command)
    assert (done.exit_status, done.stdout) == (status, "")
    assert said in str(done.stderr)
    assert f"uid={os.getuid()}" not in str(done.stderr)


async def test_the_phone_reads_its_codes_from_what_is_typed(server: Server) -> None:
    async with server.connection("anna.nowak", **WITH_PASSWORD) as connection:
        done = await connection.run("phone add --accept-terms", input="no token\nno code\n")
    assert done.exit_status == 1
    assert done.stdout == ""
    assert done.stderr


async def test_a_command_that_nobody_waits_for_is_ended(server: Server) -> None:
    async with server.connection("anna.nowak", **WITH_PASSWORD) as connection:
        await connection.create_process("phone add --accept-terms")
        await holds(lambda: server.worker.context.sessions)
    await holds(lambda: not server.worker.context.sessions)
