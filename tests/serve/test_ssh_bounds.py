"""What is refused over SSH, and what has a bound."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from mleg_tui.serve.ssh.app import ServedMlegTui
from mleg_tui.serve.ssh.session import SshSession
from mleg_tui.serve.ssh.terminal import Variables
from mleg_tui.textual_internals.keyboard import LONGEST_PASTE
from tests.serve.conversation import PATIENCE, Server, holds


def app_of(server: Server) -> ServedMlegTui:
    (session,) = server.worker.context.sessions
    assert session._app is not None
    return session._app


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


async def test_a_very_long_paste_is_cut(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        pasted: list[str] = []
        app = app_of(server)
        seen = app.on_event

        async def on_event(event: Any) -> None:
            if hasattr(event, "text"):
                pasted.append(event.text)
            await seen(event)

        app.on_event = on_event  # type: ignore[method-assign]
        terminal.type("\x1b[200~")
        for _ in range(160):
            terminal.type(b"a" * 65_536)
        terminal.type("\x1b[201~\x1bOQ")  # and F2
        await terminal.until("SIMULATION")
        assert [len(text) for text in pasted] == [LONGEST_PASTE]


async def test_a_flood_of_keys_waits_with_the_client(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        flooded = app_of(server)
        async with server.terminal() as neighbour:
            await neighbour.until("Identyfikator:")
            for _ in range(20):
                terminal.type(b"x" * 10_000)
            begun = time.monotonic()
            neighbour.press("f2")
            await neighbour.until("SIMULATION")
            assert time.monotonic() - begun < 3
            assert flooded.waiting_messages < 2_000


async def test_a_flood_of_window_sizes_draws_few_of_them(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        app = app_of(server)
        assert app.driver is not None
        sizes: list[tuple[int, int]] = []
        resize = app.driver.resize

        def noted(width: int, height: int) -> None:
            sizes.append((width, height))
            resize(width, height)

        app.driver.resize = noted  # type: ignore[method-assign]
        for number in range(500):
            terminal.channel.change_terminal_size(100 + number % 7, 30)
        terminal.channel.change_terminal_size(90, 25)
        await holds(lambda: app.size == (90, 25))
        assert sizes[-1] == (90, 25)
        assert len(sizes) < 50


async def test_who_stops_reading_gets_the_newest_frame_later(server: Server) -> None:
    async with server.terminal() as slow:
        await slow.until("Identyfikator:")
        app = app_of(server)
        slow.channel.pause_reading()
        transport = slow.channel.get_connection()._transport
        assert transport is not None
        transport.pause_reading()
        dropped: list[bool] = []
        may_draw = app.may_draw

        def noted() -> bool:
            drawn = may_draw()
            dropped.append(not drawn)
            return drawn

        app.may_draw = noted  # type: ignore[method-assign]
        async with asyncio.timeout(PATIENCE):
            while not any(dropped[-3:]):
                app.call_later(app.switch_theme)
                app.call_later(app._switch_language)
                await asyncio.sleep(0.02)
        assert app.stream._waiting() < 200_000
        app.call_later(app.notify, "the newest of all")
        await asyncio.sleep(0.05)
        transport.resume_reading()
        slow.channel.resume_reading()
        await slow.until("the newest of all")


async def test_variables_are_few_and_short(server: Server) -> None:
    environ: dict[str | bytes, str | bytes] = {f"LC_{number}": "x" * 500 for number in range(100)}
    environ |= {"LD_PRELOAD": "evil.so", "MLEG_TUI_STORE": "/etc/passwd"}
    async with server.terminal(environ=environ) as terminal:
        await terminal.until("Identyfikator:")
        (session,) = server.worker.context.sessions
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


async def test_an_idle_session_is_ended_with_a_word(folder: Path) -> None:
    async with Server(folder, limits={"idle": 1}) as server, server.terminal() as terminal:
        assert await terminal.ended() == 0
        assert "Nic się nie działo zbyt długo" in terminal.raw.decode()
        assert terminal.modes_left_on == set()


async def test_no_session_lasts_for_ever(folder: Path) -> None:
    async with Server(folder, limits={"longest": 1}) as server, server.terminal() as terminal:
        assert await terminal.ended() == 0
        assert "Sesja trwała już tyle, ile może" in terminal.raw.decode()


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


async def test_everybody_is_told_when_the_server_ends(folder: Path) -> None:
    async with Server(folder) as server, server.terminal() as one, server.terminal() as other:
        await one.until("Identyfikator:")
        await other.log_in("anna.nowak")
        await server.worker.say_goodbye()
        for terminal in (one, other):
            assert await terminal.ended() == 0
            assert "Serwer kończy pracę" in terminal.raw.decode()
            assert terminal.modes_left_on == set()


async def test_many_connects_and_disconnects_leave_nothing(server: Server) -> None:
    remembered: list[weakref.ref[Any]] = []
    for number in range(16):
        async with server.terminal("anna.nowak") as terminal:
            await terminal.until("Identyfikator:")
            terminal.type("\x1b[97;;97u\x1b[200~abc\x1b[201~")
            app = app_of(server)
            remembered += [weakref.ref(thing) for thing in (app, app.screen, app.driver)]
            del app
            if number % 2:
                terminal.press("ctrl+q")
                await terminal.ended()
        await holds(lambda: not server.worker.context.sessions and not server.worker.connections)
    del terminal

    def is_all_gone() -> bool:
        gc.unfreeze()
        gc.collect()
        left = any(ref() is not None for ref in remembered)
        return not left and not any(isinstance(thing, SshSession) for thing in gc.get_objects())

    await holds(is_all_gone)
