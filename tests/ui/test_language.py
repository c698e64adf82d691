"""Polish and English, switched while the program runs."""

from __future__ import annotations

import pytest
from textual.widgets import Input
from textual.widgets._toast import Toast

from mleg_tui.errands.steps import Give, LogIn
from tests.ui.pilot import playing
from tests.ui.untranslated import everything, mark_messages, shown_by, words_in, words_outside

WRONG = LogIn("anna.nowak", "nie to", refused=("WRONG_CREDENTIALS",))


async def test_switching_keeps_typed_text_focus_and_refusal() -> None:
    async with playing(None, WRONG) as play:
        await play.write("abc")
        await play.press("f2")
        assert "SIMULATION — NOT A DOCUMENT" in play.text
        assert "✗ The credentials you provided cannot be" in play.text
        assert play.focused == "password"
        assert play.app.screen.query_one("#password", Input).value == "abc"
        await play.press("f2")
        assert "✗ Dostarczone dane uwierzytelniania" in play.text


async def test_switching_keeps_the_place_on_a_page() -> None:
    async with playing("anna.nowak", Give("usosweb.mlegitymacja"), size=(80, 20)) as play:
        area = play.app.screen.query_one("#page")
        area.scroll_to(y=3, animate=False)
        await play.press("f2")
        assert area.scroll_offset.y == 3
        assert "Order mLegitymacja" in play.text


async def test_a_notice_says_messages_and_data(monkeypatch: pytest.MonkeyPatch) -> None:
    mark_messages(monkeypatch)  # from the start: a notice is said once
    steps = (Give(command="usosweb.mlegitymacja"), Give(command="usosweb.follow"))
    async with playing("anna.nowak", *steps, size=(200, 60)) as play:
        known = words_in(play.stage.store.sound.read(everything))
        notices = play.app.screen.query(Toast)
        assert notices
        for notice in notices:
            assert words_outside(shown_by(notice)) <= known
