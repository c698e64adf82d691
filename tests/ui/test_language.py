"""Polish and English, switched while the program runs."""

from __future__ import annotations

from textual.widgets import Input

from mleg_tui.gallery.steps import Give, LogIn
from tests.ui.play import playing


async def test_switching_keeps_typed_text_focus_and_refusal() -> None:
    async with playing(None, LogIn("anna.nowak", "nie to")) as play:
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
