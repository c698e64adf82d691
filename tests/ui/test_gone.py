"""What was taken down while an answer of the store was on its way asks for nothing more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Self

import pytest
from textual.css.query import NoMatches

from mleg_tui.errands.steps import Give
from mleg_tui.services.session import SessionExpired
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.phone.frame import PhonePane
from mleg_tui.ui.usosweb.frame import Tabs
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.usosweb.my_data import MyDataPage
from mleg_tui.ui.usosweb.news import NewsPage
from tests.ui.pilot import Play, playing

PIOTR = "piotr.zielinski"


class Slow:
    """A store that answers when it is let."""

    def __init__(self, play: Play) -> None:
        self._free = threading.Event()
        self._asked = threading.Event()
        self._sound = play.stage.store.sound
        self._read = self._sound.read

    def __enter__(self) -> Self:
        self._sound.read = self._wait  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        self._sound.read = self._read  # type: ignore[method-assign]
        self._free.set()

    async def is_asked(self) -> None:
        assert await asyncio.to_thread(self._asked.wait, 10)

    def _wait(self, ask: Callable[..., object]) -> object:
        self._asked.set()
        assert self._free.wait(30)
        return self._read(ask)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.005)


async def test_a_page_may_be_replaced_while_it_loads() -> None:
    async with playing(PIOTR, Give("usosweb.payments"), size=(120, 40)) as play:
        with Slow(play) as store:
            play.app.simulate_key("f5")
            await store.is_asked()
            tabs = play.app.screen.query_one(Tabs)
            tabs.post_message(Tabs.Chosen("usosweb.mine"))
            await until(lambda: play.app.screen.query(MyDataPage))
        await settle(play.app)
        assert "Moje dane" in play.text
        await play.press("1")
        assert "To jest symulator" in play.text


async def test_a_page_that_was_replaced_keeps_nothing_from_the_other_pane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = asyncio.Event()

    async def store_changed(_pane: PhonePane) -> None:
        told.set()

    async with playing(PIOTR, Give("usosweb.payments"), size=(120, 40)) as play:
        monkeypatch.setattr(PhonePane, "store_changed", store_changed)
        with Slow(play) as store:
            desk = play.app.screen
            assert isinstance(desk, Desk)
            desk.call_later(desk._take_up)
            await store.is_asked()
            tabs = play.app.screen.query_one(Tabs)
            tabs.post_message(Tabs.Chosen("usosweb.mine"))
            await until(lambda: play.app.screen.query(MyDataPage))
        await settle(play.app)
        assert told.is_set()


async def test_a_session_may_end_while_its_page_loads() -> None:
    async with playing(PIOTR, Give("usosweb.payments")) as play:
        with Slow(play) as store:
            play.app.simulate_key("f5")
            await store.is_asked()
            play.app.call_later(play.app.log_out)
            await until(lambda: isinstance(play.app.screen, LoginScreen))
        await settle(play.app)
        assert play.on_top(LoginScreen)
        await play.type_ahead(*PIOTR, "enter", *"demo", "enter")
        assert "Piotr Zieliński" in play.text


async def test_an_answer_to_a_session_before_does_not_end_the_present_one() -> None:
    def expired() -> object:
        begun.set()
        free.wait(10)
        raise SessionExpired

    begun, free = threading.Event(), threading.Event()
    async with playing(PIOTR) as play:
        asked = asyncio.create_task(play.app.ask_store(expired))
        await asyncio.to_thread(begun.wait, 10)
        await play.app.log_out()
        play.app.log_in(play.stage.session("anna.nowak"), play.app.university)
        free.set()
        assert await asked is None
        await settle(play.app)
        assert "Anna Nowak" in play.text


async def test_what_stands_and_finds_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def load(page: NewsPage) -> None:
        page.query_one("#nowhere")

    async def play_it() -> None:
        async with playing("anna.nowak") as play:
            monkeypatch.setattr(NewsPage, "load", load)
            await play.press("f5")

    with pytest.raises(NoMatches):
        await play_it()
