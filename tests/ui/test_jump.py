"""Jump mode: a letter at everything that can be reached."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.widgets import Button, Input

from mleg_tui.textual_internals.settle import strips
from mleg_tui.ui.jump import LETTERS, Jump, labels
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.themes import THEMES
from mleg_tui.ui.too_small import TooSmall
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.widgets.dialogs import Question
from tests.ui.pilot import NOTICES, Play, playing

ANNA, EWA = "anna.nowak", "ewa.lis"


async def jump(play: Play, selector: str) -> None:
    """Jump to a widget by its letter."""
    await play.press("f9")
    assert isinstance(play.app.screen, Jump)
    wanted = play.app.screen_stack[-2].query(selector).first()
    left = play.app.screen.left.items()
    label = next(label for label, target in left if target.widget is wanted)
    await play.press(*label)


@pytest.mark.parametrize("count", [0, 1, 26, 27, 51, 52, 300, 676])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == len(made) == count
    assert all(a == b or not b.startswith(a) for a in made for b in made if a[0] == b[0])
    assert count > len(LETTERS) or all(len(label) == 1 for label in made)


@pytest.mark.parametrize("language", NOTICES)
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_letters_stand_out_and_the_notice_stays(theme: str, language: str) -> None:
    async with playing(ANNA, size=(80, 24), theme=theme, language=language) as play:
        await play.press("l", "f9")
        assert NOTICES[language] in play.text.splitlines()[0]
        assert isinstance(play.app.screen, Jump)
        lines = strips(play.app)
        for label, target in play.app.screen.left.items():
            cell = lines[target.label.y].crop(target.label.x, target.label.x + 1)
            assert cell.text == label[0]
            style = next(iter(cell)).style
            assert style is not None
            assert style.reverse
            assert style.bold


async def test_a_letter_presses_a_button() -> None:
    async with playing(ANNA) as play:
        await play.press("l")
        await jump(play, "#order")
        assert "Twoje zamówienie jest przetwarzane" in play.text


async def test_a_letter_goes_to_a_field_and_nothing_typed_is_lost() -> None:
    async with playing() as play:
        await play.write("anna")
        await jump(play, "#password")
        assert play.focused == "password"
        await jump(play, "#login")
        await play.write(".nowak")
        assert play.app.screen.query_one("#login", Input).value == "anna.nowak"


async def test_escape_leaves_and_typing_goes_on() -> None:
    async with playing() as play:
        await play.write("anna")
        await play.press("ctrl+o", "escape")
        assert play.on_top(LoginScreen)
        await play.write(".nowak")
        assert play.app.screen.query_one("#login", Input).value == "anna.nowak"


async def test_a_letter_gives_a_command_of_the_footer() -> None:
    async with playing(ANNA) as play:
        await play.press("l", "f9")
        assert isinstance(play.app.screen, Jump)
        column = play.text.splitlines()[-1].index("z Zamów")  # the letter stands just before it
        at = next(
            label
            for label, target in play.app.screen.left.items()
            if target.click == Offset(column, 23)
        )
        await play.press(at)
        assert "Twoje zamówienie jest przetwarzane" in play.text


async def test_a_letter_answers_in_a_dialog() -> None:
    async with playing(ANNA) as play:
        await play.press("l", "z", "a")
        assert play.on_top(Question)
        await play.press("f9")
        assert isinstance(play.app.screen, Jump)
        buttons = [t for t in play.app.screen.left.values() if isinstance(t.widget, Button)]
        assert len(buttons) == len(play.app.screen.left) == 2
        await play.press("escape")
        await jump(play, "#yes")
        assert "Spełniasz wszystkie warunki." in play.text


async def test_a_letter_starts_an_app_on_the_phone() -> None:
    async with playing(EWA) as play:
        await play.press("f7")
        await jump(play, "#phone-mobilny_usos")
        await jump(play, "#to-mlegitymacja")
        assert "Moja mLegitymacja" in play.text


async def test_two_letters_open_a_row_of_a_long_table() -> None:
    async with playing("dziekanat", size=(100, 50)) as play:
        await play.press("4", "s", "f9")
        assert isinstance(play.app.screen, Jump)
        rows = [
            (label, target)
            for label, target in play.app.screen.left.items()
            if isinstance(target.widget, Table)
        ]
        label, _last = rows[-1]
        await play.press(*label)
        assert "Akta" in play.text


async def test_a_first_letter_leaves_only_what_it_begins() -> None:
    async with playing("dziekanat", size=(100, 50)) as play:
        await play.press("4", "y", "f9")
        assert isinstance(play.app.screen, Jump)
        double = next((label for label in play.app.screen.left if len(label) == 2), None)
        assert double is not None
        await play.press(double[0])
        assert set(play.app.screen.left) == {
            label for label in play.app.screen.left if label[0] == double[0]
        }


async def test_any_other_key_takes_the_letters_away() -> None:
    async with playing(ANNA) as play:
        for key in ("f9", "f9"), ("f9", "1"), ("f9", "down"):
            await play.press(*key)
            assert not play.on_top(Jump)


async def test_a_window_of_another_size_takes_the_letters_away() -> None:
    async with playing(ANNA) as play:
        await play.press("f9")
        await play.resize(100, 30)
        assert not play.on_top(Jump)
        await play.press("f9")
        await play.resize(50, 15)
        assert play.on_top(TooSmall)
        await play.resize(100, 30)
        assert not play.on_top(TooSmall)
        assert not play.on_top(Jump)


async def test_what_is_gone_meanwhile_is_not_reached() -> None:
    async with playing(ANNA) as play:
        await play.press("l", "f9")
        assert isinstance(play.app.screen, Jump)
        order = play.app.screen_stack[-2].query_one("#order")
        label = next(k for k, target in play.app.screen.left.items() if target.widget is order)
        order.display = False
        await play.press(label)
        assert "przetwarzane" not in play.text


async def test_the_palette_knows_it() -> None:
    async with playing(ANNA) as play:
        await play.press("f4")
        await play.write("skok")
        await play.press("enter")
        assert play.on_top(Jump)
