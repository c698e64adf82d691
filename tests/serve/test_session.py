"""A session, over SSH and on the page: what a terminal shows, and what it may send."""

from __future__ import annotations

import asyncio
import sys

import pytest

from mleg_tui.serve.app import ServedMlegTui
from mleg_tui.services.turns import Turns
from tests.active import SPOILT, active_in, spoil
from tests.serve.conftest import EitherServer, Serving
from tests.serve.conversation import holds


async def test_the_first_paint_has_its_diacritics(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Wprowadź swój identyfikator")
        await terminal.until("SYMULACJA — NIE JEST DOKUMENTEM")


async def test_leaving_ends_well_and_restores_the_terminal(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        assert {1049, 1003, 2004} <= terminal.modes_left_on
        terminal.press("ctrl+q")
        await terminal.ended_with(0)
        assert terminal.modes_left_on == set()


async def test_a_paste_split_in_three_is_one_paste(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        for part in ("\x1b[20", "0~jan.kowal", "ski\x1b[20", "1~!"):
            terminal.type(part)
            await asyncio.sleep(0)
        await terminal.until("jan.kowalski!")


async def test_a_key_of_the_kitty_protocol_has_its_text(either: EitherServer) -> None:
    async with either.terminal() as terminal:
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
async def test_nonsense_does_no_harm(either: EitherServer, nonsense: bytes) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.type(nonsense)
        terminal.press("f2")
        await terminal.until("SIMULATION")
        terminal.press("ctrl+q")
        await terminal.ended_with(0)


async def test_the_window_may_change(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        for size in ((130, 45), (60, 20)):
            terminal.resize(*size)
            await terminal.until(lambda: terminal.text.splitlines()[-1].startswith(" F1"))


@pytest.mark.parametrize("size", [(0, 0), (100_000, 100_000), (1, 1)])
async def test_an_absurd_window_is_drawn_in_bounds(
    either: EitherServer, size: tuple[int, int]
) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.resize(*size)
        terminal.resize(80, 24)
        terminal.press("f2")
        await terminal.until("SIMULATION")
        assert either.app.size == (80, 24)


async def test_a_click_and_the_focus_arrive(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("PL | EN")
        row = next(n for n, line in enumerate(terminal.text.splitlines()) if "PL | EN" in line)
        column = terminal.text.splitlines()[row].index("EN")
        terminal.type("\x1b[O\x1b[I")
        terminal.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")
        await terminal.until("SIMULATION")


async def test_a_lone_escape_is_a_key(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        terminal.press("f1")
        await terminal.until("Pomoc")
        await terminal.until(lambda: "Identyfikator:" not in terminal.text)
        terminal.press("escape")
        await terminal.until("Identyfikator:")


async def test_sessions_have_their_own_language_theme_and_person(either: EitherServer) -> None:
    async with either.terminal() as one, either.terminal() as other:
        await one.log_in("anna.nowak")
        await other.until("Identyfikator:")
        other.press("f2", "f3")
        await other.until("SIMULATION")
        assert "SYMULACJA" in one.text
        assert "Anna Nowak" not in other.text
        await other.until(lambda: "Identyfikator" not in other.text)
        one.press("f1")
        await one.until("Pomoc")


async def test_a_change_shows_in_another_session(either: EitherServer) -> None:
    async with either.terminal() as one, either.terminal() as other:
        for terminal in (one, other):
            await terminal.log_in("anna.nowak")
            terminal.press("l")
            await terminal.until("mLegitymacja")
        one.press("z")
        await one.until("Status:  ● oczekujący")
        await other.until("Status:  ● oczekujący")


async def test_a_session_that_raises_ends_alone(
    either: EitherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_self: ServedMlegTui) -> None:
        secret = "never to be shown"
        raise RuntimeError(secret)

    async with either.terminal() as neighbour, either.terminal() as breaking:
        await neighbour.until("Identyfikator:")
        await breaking.until("Identyfikator:")
        monkeypatch.setattr(ServedMlegTui, "switch_theme", break_down)
        breaking.press("f3")
        await breaking.ended_with(70)
        assert breaking.modes_left_on == set()
        assert "nieoczekiwany błąd" in breaking.raw.decode()
        assert b"never to be shown" not in breaking.raw
        assert b"Traceback" not in breaking.raw
        neighbour.press("f2")
        await neighbour.until("SIMULATION")


async def test_sessions_leave_nothing_behind_in_the_process(either: EitherServer) -> None:
    before = sys.stdout
    async with either.terminal() as one:
        await one.until("Identyfikator:")
        assert sys.stdout is before
    assert sys.stdout is before


async def test_what_is_typed_before_there_is_a_screen_waits_for_it(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        terminal.type("anna.nowak\tdemo\r")
        await terminal.until("AKTUALNOŚCI")


async def test_sessions_may_be_for_screen_readers(serving: Serving) -> None:
    async with serving(plain=True) as server, server.terminal(size=(140, 40)) as terminal:
        await terminal.log_in("ewa.lis")
        assert "─" not in terminal.text
        assert "SYMULACJA — NIE JEST DOKUMENTEM" in terminal.text


async def test_what_an_older_store_holds_does_nothing_in_a_terminal(either: EitherServer) -> None:
    await asyncio.to_thread(spoil, either.worker.context.services.store, SPOILT)
    async with either.terminal() as terminal:
        await terminal.until("␛]52;c;aGFja2Vk␇")
        assert b"\x1b]52" not in terminal.raw
        assert active_in(terminal.raw.decode(errors="ignore"), "\x1b\x07\r\n") == set()


async def test_who_comes_in_is_drawn_when_it_is_their_turn(
    either: EitherServer, takers: list[Turns]
) -> None:
    of_all = either.worker.context.turns
    end = await of_all.take()
    async with either.terminal() as one, either.terminal() as other:
        await holds(lambda: takers == [of_all] * 3)
        assert not one.text.strip()
        assert not other.text.strip()
        end()
        await one.until("Identyfikator:")
        await other.until("Identyfikator:")
        (await of_all.take())()


async def test_who_is_gone_takes_no_turn(either: EitherServer, takers: list[Turns]) -> None:
    context = either.worker.context
    end = await context.turns.take()
    async with either.terminal():
        await holds(lambda: takers == [context.turns] * 2)
    await holds(lambda: not context.sessions)
    end()
    (await context.turns.take())()
