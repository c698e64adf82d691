"""What is refused over SSH, and what only there has a bound."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest

from mleg_tui.serve.terminal import Variables
from tests.serve.conversation import PATIENCE, Server


async def test_a_command_of_nobody_is_refused(server: Server) -> None:
    async with server.connection() as connection:
        done = await connection.run("order status")
        assert done.exit_status == 5
        assert done.stdout == ""
        assert "nie wykonuje poleceń" in str(done.stderr)


async def test_a_session_without_a_terminal_gets_a_word(server: Server) -> None:
    async with server.connection() as connection:
        done = await connection.run()
        assert done.exit_status == 2
        assert "ssh -t" in str(done.stderr)


@pytest.mark.parametrize("term", ["dumb", ""])
async def test_a_terminal_without_a_screen_gets_a_word(server: Server, term: str) -> None:
    async with server.connection() as connection:
        done = await connection.run(term_type=term or None, request_pty="force" if term else False)
        assert done.exit_status == 2
        assert "ssh -t" in str(done.stdout) + str(done.stderr)


async def test_no_subsystem_is_there(server: Server) -> None:
    async with server.connection() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.start_sftp_client()


async def test_nothing_is_forwarded(server: Server) -> None:
    async with server.connection() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", server.port)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection("/run/nothing")
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", server.port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_path("/tmp/nothing", "/tmp/nothing")  # noqa: S108


async def test_a_connection_has_one_session(server: Server) -> None:
    async with server.connection() as connection:
        await connection.create_process(term_type="xterm", term_size=(80, 24))
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process(term_type="xterm", term_size=(80, 24))


async def test_variables_are_few_and_short(server: Server) -> None:
    environ: dict[str | bytes, str | bytes] = {f"LC_{number}": "x" * 500 for number in range(100)}
    environ |= {"LD_PRELOAD": "evil.so", "MLEG_TUI_STORE": "/etc/passwd"}
    async with server.terminal(environ=environ) as terminal:
        await terminal.until("Identyfikator:")
        session = server.ssh_session
        variables = session._variables()
        assert len(variables) == 64
        assert {len(value) for value in variables.values()} == {128}
        assert not {"LD_PRELOAD", "MLEG_TUI_STORE"} & set(variables)
        assert isinstance(session._channel._env, Variables)


async def test_escape_bytes_in_names_reach_no_log(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with server.terminal("name", term="xterm\x1b[2J") as terminal:
        await terminal.until("Identyfikator:")
    assert "user" in caplog.text
    assert all(letter.isprintable() or letter == "\n" for letter in caplog.text)


async def test_who_opens_no_session_is_not_waited_for(folder: Path) -> None:
    async with Server(folder, limits={"login": 1}) as server, server.connection() as connection:
        async with asyncio.timeout(PATIENCE):
            await connection.wait_closed()


async def test_who_says_nothing_is_not_waited_for(folder: Path) -> None:
    async with Server(folder, limits={"login": 1}) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        async with asyncio.timeout(PATIENCE):
            assert (await reader.read()).startswith(b"SSH-2.0-mleg_tui")
        writer.close()


async def test_the_end_of_input_ends_the_session(server: Server) -> None:
    async with server.terminal() as terminal:
        terminal.channel.write_eof()
        assert await terminal.ended() == 0
        assert terminal.modes_left_on == set()
