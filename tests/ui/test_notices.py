"""Notices, and the moment in which they expire."""

from __future__ import annotations

import pytest
from textual.widgets._toast import Toast

from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.appearance import Notice
from tests.ui.play import playing


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
