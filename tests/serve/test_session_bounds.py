"""What has a bound, over SSH and on the page."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from typing import Any

from mleg_tui.serve.session import ServedSession
from mleg_tui.textual_internals.keyboard import LONGEST_PASTE
from tests.serve.conftest import EitherServer, Serving
from tests.serve.conversation import PATIENCE, holds


async def test_a_very_long_paste_is_cut(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        pasted: list[str] = []
        app = either.app
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


async def test_a_flood_of_keys_waits_with_the_client(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        flooded = either.app
        async with either.terminal() as neighbour:
            await neighbour.until("Identyfikator:")
            for _ in range(20):
                terminal.type(b"x" * 10_000)
            begun = time.monotonic()
            neighbour.press("f2")
            await neighbour.until("SIMULATION")
            assert time.monotonic() - begun < 3
            assert flooded.waiting_messages < 2_000


async def test_a_flood_of_window_sizes_draws_few_of_them(either: EitherServer) -> None:
    async with either.terminal() as terminal:
        await terminal.until("Identyfikator:")
        app = either.app
        assert app.driver is not None
        sizes: list[tuple[int, int]] = []
        resize = app.driver.resize

        def noted(width: int, height: int) -> None:
            sizes.append((width, height))
            resize(width, height)

        app.driver.resize = noted  # type: ignore[method-assign]
        for number in range(500):
            terminal.tell_size(100 + number % 7, 30)
        terminal.tell_size(90, 25)
        await holds(lambda: app.size == (90, 25))
        assert sizes[-1] == (90, 25)
        assert len(sizes) < 50


async def test_who_stops_reading_gets_the_newest_frame_later(either: EitherServer) -> None:
    async with either.terminal(size=(200, 60)) as slow:
        await slow.until("Identyfikator:")
        app = either.app
        slow.stop_reading()
        dropped: list[bool] = []
        may_draw = app.may_draw

        def noted() -> bool:
            drawn = may_draw()
            dropped.append(not drawn)
            return drawn

        app.may_draw = noted  # type: ignore[method-assign]
        async with asyncio.timeout(PATIENCE):
            while not any(dropped[-3:]):
                app.call_later(app.refresh)  # all of it is drawn
                await asyncio.sleep(0.02)
        assert app.stream.waiting < 200_000
        app.call_later(app.notify, "the newest of all")
        await asyncio.sleep(0.05)
        slow.read_on()
        await slow.until("the newest of all")


async def test_an_idle_session_is_ended_with_a_word(serving: Serving) -> None:
    async with serving(limits={"idle": 1}) as server, server.terminal() as terminal:
        await terminal.ended_with(0)
        assert "Nic się nie działo zbyt długo" in terminal.raw.decode()
        assert terminal.modes_left_on == set()


async def test_no_session_lasts_for_ever(serving: Serving) -> None:
    async with serving(limits={"longest": 1}) as server, server.terminal() as terminal:
        await terminal.ended_with(0)
        assert "Sesja trwała już tyle, ile może" in terminal.raw.decode()


async def test_everybody_is_told_when_the_server_ends(serving: Serving) -> None:
    async with serving() as server, server.terminal() as one, server.terminal() as other:
        await one.until("Identyfikator:")
        await other.log_in("anna.nowak")
        await server.worker.say_goodbye()
        for terminal in (one, other):
            await terminal.ended_with(0)
            assert "Serwer kończy pracę" in terminal.raw.decode()
            assert terminal.modes_left_on == set()


async def test_many_connects_and_disconnects_leave_nothing(either: EitherServer) -> None:
    remembered: list[weakref.ref[Any]] = []
    for number in range(16):
        async with either.terminal() as terminal:
            await terminal.until("Identyfikator:")
            terminal.type("\x1b[97;;97u\x1b[200~abc\x1b[201~")
            app = either.app
            remembered += [weakref.ref(thing) for thing in (app, app.screen, app.driver)]
            del app
            if number % 2:
                terminal.press("ctrl+q")
                await terminal.ended()
        await holds(lambda: not either.worker.context.sessions and not either.worker.connections)
    del terminal

    def is_all_gone() -> bool:
        gc.unfreeze()
        gc.collect()
        left = any(ref() is not None for ref in remembered)
        return not left and not any(isinstance(thing, ServedSession) for thing in gc.get_objects())

    await holds(is_all_gone)
