"""Notices, and the moment in which they expire."""

from __future__ import annotations

from threading import Event

import pytest
from textual.widgets._toast import Toast

from mleg_tui.textual_internals.app import BACKGROUND
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui import app as ui_app
from mleg_tui.ui.appearance import Notice
from mleg_tui.ui.options import Options
from tests.factories import house
from tests.ui.pilot import Running, playing, program_on, text_of


def test_an_expired_notice_has_some_time_left() -> None:
    over, later = Notice("over", timeout=-0.00005), Notice("later", timeout=60)
    assert over.has_expired
    assert over.time_left > 0
    assert not later.has_expired
    assert 59 < later.time_left <= 60


async def test_a_notice_that_expires_while_it_comes_up_does_not_stop_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Notice, "has_expired", False)  # a moment ago it had not
    async with playing("anna.nowak") as play:
        play.app.notify("SYMULACJA", timeout=-0.00005)
        await settle(play.app)
        while play.app.screen.query(Toast):
            await settle(play.app)
        await play.press("l")
        assert "Masz numer PESEL" in play.text


async def test_a_notice_takes_the_place_of_the_one_before() -> None:
    async with playing("anna.nowak") as play:
        for number in range(3):
            play.app.notify(f"Wieść {number}")
            await settle(play.app)
        assert "Wieść 2" in play.text
        assert len(play.app.screen.query(Toast)) == 1


async def test_what_takes_long_says_that_it_works_until_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ui_app, "_PATIENCE", 0.0)
    go_on = Event()
    async with Running(program_on(house().services, Options())) as running:
        app = running.app
        app.call_later(lambda: app.run_worker(app.ask_store(go_on.wait), group=BACKGROUND))
        await running.shows("trwa, jeszcze chwilę")
        go_on.set()
        await running.until(lambda: "trwa, jeszcze" not in text_of(app))
