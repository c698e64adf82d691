"""A session over SSH: what a terminal shows, and what it may send."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest

from mleg_tui.serve.ssh.app import ServedMlegTui
from tests.active import SPOILT, active_in, spoil
from tests.serve.conversation import Server


async def test_the_first_paint_has_its_diacritics(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Wprowadź swój identyfikator sieciowy i hasło")
        await terminal.until("SYMULACJA — NIE JEST DOKUMENTEM")


@pytest.mark.parametrize(
    ("sent", "heading"),
    [
        ({}, "Identyfikator:"),
        ({"LANG": "C.UTF-8"}, "Identyfikator:"),
        ({"LANG": "de_DE.UTF-8"}, "Username:"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "pl_PL.UTF-8"}, "Identyfikator:"),
    ],
)
async def test_a_session_begins_in_the_language_of_the_visitors_locale(
    folder: Path, sent: dict[str | bytes, str | bytes], heading: str
) -> None:
    async with (
        Server(folder, follows_locale=True) as server,
        server.terminal(environ=sent) as terminal,
    ):
        await terminal.until(heading)


async def test_leaving_ends_well_and_restores_the_terminal(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        assert {1049, 1003, 2004} <= terminal.modes_left_on
        terminal.press("ctrl+q")
        assert await terminal.ended() == 0
        assert terminal.modes_left_on == set()


async def test_the_login_is_filled_in_for_an_ssh_name_that_the_page_lists(server: Server) -> None:
    async with server.terminal("anna.nowak") as known, server.terminal("root") as unknown:
        await known.until(lambda: known.text.count("anna.nowak") == 2)
        await unknown.until("Identyfikator:")
        assert "root" not in unknown.text


async def test_a_letter_split_over_two_packets_is_one_letter(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.type("za")
        terminal.type("ż".encode()[:1])
        await terminal.until(lambda: " za" in terminal.text)
        terminal.type("ż".encode()[1:] + "ółć".encode())
        await terminal.until("zażółć")


async def test_a_paste_split_in_three_is_one_paste(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        for part in ("\x1b[20", "0~jan.kowal", "ski\x1b[20", "1~!"):
            terminal.type(part)
            await asyncio.sleep(0)
        await terminal.until("jan.kowalski!")


async def test_a_key_of_the_kitty_protocol_has_its_text(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.type("\x1b[380;;380u\x1b[97;;97u")
        await terminal.until("ża")


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x1b[99999999999;;99999999999u",
        b"\xff\xfe\x80",
        b"\x1b[<0;999999999;999999999M\x1b[<0;-5;-5m\x1b[<99999;1;1M",
        b"\x1b[48;1;1;1;1t\x1b[48;100000;100000;1;1t",
        b"\x1b[5;5R\x1b[?2048;1$y",
        b"\x1b[200~\x1b[200~\x1b[201~\x1b[201~",
        b"\x1b" * 300 + b"\x00" * 300,
        b"\x1b[" + b"9" * 3000,
    ],
)
async def test_nonsense_does_no_harm(server: Server, nonsense: bytes) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.type(nonsense)
        terminal.press("f2")
        await terminal.until("SIMULATION")
        terminal.press("ctrl+q")
        assert await terminal.ended() == 0


async def test_the_window_may_change(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        for size in ((130, 45), (60, 20)):
            terminal.resize(*size)
            await terminal.until(lambda: terminal.text.splitlines()[-1].startswith(" F1"))


@pytest.mark.parametrize("size", [(0, 0), (100_000, 100_000), (1, 1)])
async def test_an_absurd_window_is_drawn_in_bounds(server: Server, size: tuple[int, int]) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.resize(*size)
        terminal.resize(80, 24)
        terminal.press("f2")
        await terminal.until("SIMULATION")
        (session,) = server.worker.context.sessions
        assert session._app is not None
        width, height = session._app.size
        assert (width, height) == (80, 24)


async def test_a_click_and_the_focus_arrive(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("PL | EN")
        row = next(n for n, line in enumerate(terminal.text.splitlines()) if "PL | EN" in line)
        column = terminal.text.splitlines()[row].index("EN")
        terminal.type("\x1b[O\x1b[I")
        terminal.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")
        await terminal.until("SIMULATION")


async def test_a_lone_escape_is_a_key(server: Server) -> None:
    async with server.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.press("f1")
        await terminal.until("Pomoc")
        await terminal.until(lambda: "Identyfikator:" not in terminal.text)
        terminal.press("escape")
        await terminal.until("Identyfikator:")


async def test_sessions_have_their_own_language_theme_and_person(server: Server) -> None:
    async with server.terminal() as one, server.terminal() as other:
        await one.log_in("anna.nowak")
        await other.until("Identyfikator:")
        other.press("f2", "f3")
        await other.until("SIMULATION")
        assert "SYMULACJA" in one.text
        assert "Anna Nowak" not in other.text
        await other.until(lambda: "Identyfikator" not in other.text)
        one.press("f1")
        await one.until("Pomoc")


async def test_a_change_shows_in_another_session(server: Server) -> None:
    async with server.terminal() as one, server.terminal() as other:
        for terminal in (one, other):
            await terminal.log_in("anna.nowak")
            terminal.press("l")
            await terminal.until("mLegitymacja")
        one.press("z")
        await one.until("Status:  ● oczekujący")
        await other.until("Status:  ● oczekujący")


async def test_a_session_that_raises_ends_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_self: ServedMlegTui) -> None:
        secret = "never to be shown"
        raise RuntimeError(secret)

    async with server.terminal() as neighbour, server.terminal() as breaking:
        await neighbour.until("Identyfikator:")
        await breaking.until("Identyfikator:")
        monkeypatch.setattr(ServedMlegTui, "switch_theme", break_down)
        breaking.press("f3")
        assert await breaking.ended() == 70
        assert breaking.modes_left_on == set()
        assert "nieoczekiwany błąd" in breaking.raw.decode()
        assert b"never to be shown" not in breaking.raw
        assert b"Traceback" not in breaking.raw
        neighbour.press("f2")
        await neighbour.until("SIMULATION")


async def test_colours_side_by_side_are_each_terminals_own(server: Server) -> None:
    async with (
        server.terminal(term="xterm-256color", environ={"COLORTERM": "truecolor"}) as true,
        server.terminal(term="xterm-256color") as indexed,
        server.terminal(term="xterm") as sixteen,
        server.terminal(term="weird-terminal-9") as unknown,
        server.terminal(environ={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as none,
    ):
        for terminal in (true, indexed, sixteen, unknown, none):
            await terminal.until("ZALOGUJ")
        assert b"38;2;" in true.raw
        assert b"38;5;" not in true.raw
        assert b"38;5;" in indexed.raw
        assert b"38;2;" not in indexed.raw
        for terminal in (sixteen, unknown):
            assert b"38;2;" not in terminal.raw
            assert b"38;5;" not in terminal.raw
        greys = [part.split(b";")[:3] for part in re.findall(rb"[34]8;2;([0-9;]+)", none.raw)]
        assert greys
        assert all(len(set(rgb)) == 1 for rgb in greys)


async def test_sessions_leave_nothing_behind_in_the_process(server: Server) -> None:
    before = sys.stdout
    async with server.terminal() as one:
        await one.until("Identyfikator:")
        assert sys.stdout is before
    assert sys.stdout is before


async def test_what_is_typed_before_there_is_a_screen_waits_for_it(server: Server) -> None:
    async with server.terminal() as terminal:
        terminal.type("anna.nowak\tdemo\r")
        await terminal.until("AKTUALNOŚCI")


async def test_sessions_may_be_for_screen_readers(tmp_path: Path) -> None:
    async with Server(tmp_path, plain=True) as server, server.terminal(size=(140, 40)) as terminal:
        await terminal.log_in("ewa.lis")
        assert "─" not in terminal.text
        assert "SYMULACJA — NIE JEST DOKUMENTEM" in terminal.text


async def test_what_an_older_store_holds_does_nothing_in_a_terminal(server: Server) -> None:
    await asyncio.to_thread(spoil, server.worker.context.services.store, SPOILT)
    async with server.terminal() as terminal:
        await terminal.until("␛]52;c;aGFja2Vk␇")
        assert b"\x1b]52" not in terminal.raw
        assert active_in(terminal.raw.decode(errors="ignore"), "\x1b\x07\r\n") == set()
