"""Getting about: tabs, left menu, palette and help."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList, Static

from mleg_tui.errands.steps import Give
from mleg_tui.locale import _
from mleg_tui.services.columns import folded
from mleg_tui.ui.availability import offered
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.help import Help, HelpText
from mleg_tui.ui.palette import Palette
from mleg_tui.ui.usosweb.frame import Tabs
from mleg_tui.ui.usosweb.menu import ENTRIES, Menu, MenuRow
from mleg_tui.ui.usosweb.news import NewsCard
from tests.ui.pilot import Play, playing

ANNA = "anna.nowak"
PAGE = Give("usosweb.mlegitymacja")


def open_tab(play: Play) -> str:
    return play.app.screen.query_one(Tabs).active


@pytest.mark.parametrize(
    ("key", "tab", "seen"),
    [
        ("1", "usosweb.news", "Zamawianie mLegitymacji"),
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


async def test_a_narrow_window_has_the_offices_pages_in_a_row_above_the_table() -> None:
    async with playing("dziekanat") as play:
        row = play.app.screen.query_one(MenuRow)
        assert not row.display, "it has nothing to say of the news"
        await play.press("4")
        assert "Zamówienia  Studenci  Dziennik zmian  Symulacja" in play.text
        await play.press("m")
        assert row.has_focus
        assert not play.app.screen.query_one(Menu).display
        await play.press("right", "right")
        assert play.app.screen.query("AuditPage")
        assert row.has_focus
        await play.press("m")
        assert play.focused == "page"
        await play.resize(120, 40)
        assert [row.display, play.app.screen.query_one(Menu).display] == [False, True]


async def test_the_palette_finds_polish_words_without_their_diacritics() -> None:
    async with playing(ANNA, PAGE, Give("app.palette")) as play:
        await play.write("zamow")
        options = play.app.screen.query_one(OptionList)
        assert options.get_option_at_index(0).id == "mlegitymacja.order"
        await play.press("enter")
        assert "Status:  ● oczekujący" in play.text


async def test_the_palette_tells_why_a_command_cannot_be_given() -> None:
    async with playing(ANNA, PAGE, Give("app.palette")) as play:
        await play.write("uniewaz")
        assert "(Unieważnij)  Brak mLegitymacji" in play.text
        await play.press("down", "up", "enter")
        assert not play.on_top(Palette)
        assert "Najpierw zamów mLegitymację." in play.text


@pytest.mark.parametrize(
    ("user", "language", "typed", "first"),
    [
        ("dziekanat", "en", "orders", "office.orders"),
        ("dziekanat", "pl", "zamówienia", "office.orders"),
        (ANNA, "en", "orders", "usosweb.mlegitymacja"),
        (ANNA, "pl", "zdj", "usosweb.photo"),
        (ANNA, "pl", "koniec", "app.quit"),
        (ANNA, "en", "quit", "app.quit"),
    ],
)
async def test_the_palette_puts_names_first_and_quitting_last(
    user: str, language: str, typed: str, first: str
) -> None:
    async with playing(user, language=language) as play:
        await play.press("f4")
        await play.write(typed)
        options = play.app.screen.query_one(OptionList)
        assert options.get_option_at_index(0).id == first


@pytest.mark.parametrize("language", ["pl", "en"])
async def test_quitting_is_the_first_hit_of_its_own_name_only(language: str) -> None:
    async with playing("dziekanat", Give("office.students"), language=language) as play:
        screen = play.app.screen
        assert isinstance(screen, Desk)
        palette = Palette(screen.situation(), play.app.keymap)
        others = [command for command in offered(screen.situation()) if command.id != "app.quit"]
        for command in others:
            for word in folded(f"{_(command.label)} {_(command.help)}").split():
                assert palette._found([word])[:1] != [COMMANDS["app.quit"]], word


def test_every_page_has_a_command_of_its_own() -> None:
    commands = [entry.command for entry in ENTRIES.values()]
    assert len(set(commands)) == len(commands)


async def test_the_palette_begins_with_what_was_chosen_lately() -> None:
    async with playing(ANNA, PAGE) as play:
        await play.press("f4")
        options = play.app.screen.query_one(OptionList)
        assert options.get_option_at_index(0).id is None, "a heading"
        assert options.get_option_at_index(1).id == "mlegitymacja.order", "the page's own"
        await play.write("moj usosweb")
        await play.press("enter", "f4")
        assert "Ostatnio" in play.text
        options = play.app.screen.query_one(OptionList)
        assert options.get_option_at_index(1).id == "usosweb.mine"
        await play.press("enter")
        assert "Moje dane" in play.text


async def test_the_help_has_the_pages_keys_first_and_folds_those_of_others() -> None:
    async with playing(ANNA, PAGE, Give("app.help"), size=(100, 100)) as play:
        page, everywhere = "Na stronie mLegitymacja", "Wszędzie"
        assert play.text.index(page) < play.text.index("W USOSweb") < play.text.index(everywhere)
        assert "Na pulpicie symulacji" not in play.text
        await play.press("space")
        assert play.app.screen.query_one(HelpText).unfolded
        lines = [line.plain for line in play.app.screen.query_one(HelpText).lines(80)]
        assert "Na pulpicie symulacji" in lines


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


@pytest.mark.parametrize(
    ("login", "way"),
    [
        (ANNA, "z zakładki „DLA STUDENTÓW” wybierz „mLegitymacja” (klawisz l)"),
        ("piotr.zielinski", "wejdź w „Płatności (model FK)” (klawisz p)"),
        ("ola.wisniewska", "zaakceptuj wszystkie zgody"),
        ("ewa.lis", "z bocznego menu wybierz „mLegitymacja”, potem „Moja mLegitymacja”"),
    ],
)
async def test_the_news_tell_the_universitys_own_way(login: str, way: str) -> None:
    async with playing(login, Give("usosweb.news")) as play:
        assert way in str(play.app.screen.query_one(NewsCard).query(Static).last().content)
