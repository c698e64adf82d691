"""Getting about: tabs, left menu, palette and help."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from mleg_tui.domain.folding import folded
from mleg_tui.gallery.steps import Give
from mleg_tui.ui.help import Help
from mleg_tui.ui.palette import Palette
from mleg_tui.ui.usosweb.frame import Tabs
from mleg_tui.ui.usosweb.menu import Menu
from tests.ui.play import Play, playing

ANNA = "anna.nowak"
PAGE = Give("usosweb.mlegitymacja")


def open_tab(play: Play) -> str:
    return play.app.screen.query_one(Tabs).active


@pytest.mark.parametrize(
    ("key", "tab", "seen"),
    [
        ("1", "usosweb.news", "Legitymacja w telefonie"),
        ("2", "usosweb.mine", "PESEL (zmyślony)"),
        ("3", "usosweb.students", "Sprawdź warunki"),
        ("l", "usosweb.students", "Możesz zamówić mLegitymację"),
    ],
)
async def test_a_key_opens_a_page(key: str, tab: str, seen: str) -> None:
    async with playing(ANNA, Give("usosweb.students")) as play:
        await play.press(key)
        assert open_tab(play) == tab
        assert seen in play.text


async def test_arrows_walk_over_the_tabs_that_may_be_opened() -> None:
    async with playing(ANNA) as play:
        play.app.screen.query_one(Tabs).focus()
        walked = []
        for _ in range(3):
            await play.press("right")
            walked.append(open_tab(play))
        assert walked == ["usosweb.mine", "usosweb.students", "usosweb.news"]
        await play.press("left")
        assert open_tab(play) == "usosweb.students"


async def test_a_greyed_tab_says_why() -> None:
    async with playing(ANNA) as play:
        assert "(DLA PRACOWNIKÓW)" in play.text
        await play.press("4")
        assert "dostępna tylko dla pracowników" in play.text
        await play.press("escape")
        assert open_tab(play) == "usosweb.news"


async def test_the_offices_own_tab_opens_for_the_office() -> None:
    async with playing("dziekanat") as play:
        await play.press("4")
        assert "Zamówienia mLegitymacji" in play.text


async def test_a_wide_window_has_the_menu_beside_the_page() -> None:
    async with playing(ANNA, Give("usosweb.students"), size=(114, 40)) as play:
        menu = play.app.screen.query_one(Menu)
        assert menu.display
        await play.press("m")
        assert menu.has_focus
        await play.press("down", "enter")
        assert "Możesz zamówić mLegitymację" in play.text


async def test_a_narrow_window_slides_the_menu_out_and_in() -> None:
    async with playing(ANNA, Give("usosweb.students")) as play:
        menu = play.app.screen.query_one(Menu)
        seen = [menu.display]
        await play.press("m")
        seen.append(menu.display)
        assert menu.has_focus
        await play.press("escape")
        seen.append(menu.display)
        await play.press("m", "down", "enter")
        seen.append(menu.display)
        assert seen == [False, True, False, False]
        assert "Możesz zamówić mLegitymację" in play.text


async def test_the_palette_finds_polish_words_without_their_diacritics() -> None:
    async with playing(ANNA, PAGE, Give("app.palette")) as play:
        await play.write("zamow")
        options = play.app.screen.query_one(OptionList)
        assert options.get_option_at_index(0).id == "mlegitymacja.order"
        await play.press("enter")
        assert "Status: oczekujący" in play.text


async def test_the_palette_tells_why_a_command_cannot_be_given() -> None:
    async with playing(ANNA, PAGE, Give("app.palette")) as play:
        await play.write("uniewaz")
        assert "(Unieważnij)  Brak mLegitymacji" in play.text
        await play.press("down", "up", "enter")
        assert not play.on_top(Palette)
        assert "Najpierw zamów mLegitymację." in play.text


async def test_the_palette_says_so_when_nothing_is_found() -> None:
    async with playing(ANNA, Give("app.palette")) as play:
        await play.write("qqq")
        assert "Nie ma takiego polecenia." in play.text
        await play.press("enter")
        assert play.on_top(Palette)
        await play.press("escape")
        assert not play.on_top(Palette)


def test_folding_drops_case_and_polish_marks() -> None:
    assert folded("ZAŻÓŁĆ gęślą Jaźń") == "zazolc gesla jazn"


async def test_help_explains_the_page_and_goes_away() -> None:
    async with playing(ANNA, PAGE) as play:
        await play.press("f1")
        assert "Prawdziwy USOSweb" in play.text
        await play.press("f1")
        assert not play.on_top(Help)
