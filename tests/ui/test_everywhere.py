"""Every command in its place: by key, by name, in the help, by mouse; and over dialogs."""

from __future__ import annotations

import pytest
from textual.renderables.background_screen import BackgroundScreen

from mleg_tui.locale import _
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.availability import Situation, offered
from mleg_tui.ui.commands import COMMANDS, Place, UserCommand, shown_key
from mleg_tui.ui.help import Help, HelpText
from mleg_tui.ui.jump import Jump
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.palette import Palette
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.usosweb.menu import Menu
from mleg_tui.ui.widgets.bars import KeyBar
from mleg_tui.ui.widgets.dialogs import Dialog, Told
from tests.ui.pilot import NOTICES, playing

ANNA, PIOTR, EWA, OFFICE = "anna.nowak", "piotr.zielinski", "ewa.lis", "dziekanat"
WHERE: dict[Place, tuple[str | None, tuple[str, ...]]] = {
    Place.EVERYWHERE: (ANNA, ()),
    Place.SESSION: (ANNA, ()),
    Place.USOSWEB: (ANNA, ()),
    Place.MLEGITYMACJA: (ANNA, ("l",)),
    Place.PHOTO: (ANNA, ("f",)),
    Place.PAYMENTS: (PIOTR, ("p",)),
    Place.DESK: (ANNA, ()),
    Place.PHONE: (EWA, ("7",)),
    Place.INSPECTOR: ("kontroler", ()),
    Place.OFFICE_LIST: (OFFICE, ("4", "s")),
    Place.OFFICE_ORDERS: (OFFICE, ("4",)),
    Place.OFFICE_STUDENTS: (OFFICE, ("4", "s")),
    Place.OFFICE_STUDENT: (OFFICE, ("4", "s", "enter")),
    Place.SIMULATION: (OFFICE, ("y",)),
}
"""Who comes where, with which keys. The others need an order, a document, an app's password."""


@pytest.mark.parametrize("place", WHERE)
async def test_a_command_is_obeyed_by_key_by_name_and_by_mouse(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, way = WHERE[place]
    asked: list[str] = []

    async def perform(_self: MlegScreen, command: str) -> None:
        asked.append(command)

    async with playing(user, size=(140, 40)) as play:
        await play.press(*way)
        monkeypatch.setattr(MlegScreen, "perform", perform)
        screen = play.app.screen
        assert isinstance(screen, MlegScreen)
        here = [command for command in offered(screen.situation()) if command.place is place]
        assert here
        for command in here:
            for key in command.keys:
                if key != "ctrl+q":  # Textual's own, and over everything
                    await play.press(key)
                    assert asked == [command.id], key
                    asked.clear()
            await play.app.action_command(command.id)  # what a click on it is bound to
            assert asked == [command.id]
            asked.clear()
        known = Palette(screen.situation(), Keymap())
        assert {command.id for command in known._found([])} >= {
            command.id for command in here if command.id != "app.palette"
        }


async def test_every_key_in_the_footer_can_be_clicked() -> None:
    async with playing(ANNA, size=(140, 40)) as play:
        bar = play.app.screen.query_one(KeyBar)
        for command, _refusal in bar.keys:
            shown = f"{shown_key(command.keys[0])} {_(command.label)}"
            column = play.text.splitlines()[-1].index(shown)
            style = play.app.screen.get_style_at(column, 39)
            assert f"'{command.id}'" in str(style.meta["@click"])


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
async def test_the_help_tells_every_command(command: UserCommand) -> None:
    text = HelpText(Topic(), Situation(), Keymap())
    text.set_reactive(HelpText.unfolded, True)  # noqa: FBT003 - Textual's
    lines = [line.plain for line in text.lines(200)]
    keys = " ".join(map(shown_key, command.keys))
    assert any(line.startswith(f"  {keys} ") and line.endswith(command.help) for line in lines)


@pytest.mark.parametrize("width", [40, 56, 90])
def test_the_help_keeps_keys_and_texts_in_columns(width: int) -> None:
    text = HelpText(LoginScreen.topic, Situation(), Keymap())
    for line in text.lines(width):
        assert line.cell_length <= width
        assert line.plain[:1] != " " or line.plain.startswith("  ")


async def over_a_dialog(*keys: str) -> type:
    async with playing(ANNA) as play:
        await play.press("l", "z", "a")
        assert isinstance(play.app.screen, Dialog)
        await play.press(*keys)
        return type(play.app.screen)


@pytest.mark.parametrize(
    ("keys", "on_top"),
    [
        (("f1",), Help),
        (("?",), Help),
        (("f4",), Palette),
        (("ctrl+p",), Palette),
        (("f9",), Jump),
        (("ctrl+o",), Jump),
    ],
    ids=str,
)
async def test_what_works_everywhere_works_over_a_dialog(
    keys: tuple[str, ...], on_top: type
) -> None:
    assert await over_a_dialog(*keys) is on_top


async def test_the_key_that_opened_a_window_closes_it() -> None:
    async with playing(ANNA) as play:
        for key in "f1", "f4":
            page = play.app.screen
            await play.press(key, key)
            assert play.app.screen is page


async def test_a_dialog_follows_the_language_and_the_theme() -> None:
    async with playing(ANNA) as play:
        await play.press("l", "z", "a", "f2")
        assert isinstance(play.app.screen, Dialog)
        assert NOTICES["en"] in play.text
        assert "The order will be cancelled." in play.text
        before = play.app.theme
        await play.press("f3")
        assert play.app.theme != before


@pytest.mark.parametrize(
    ("user", "keys", "polish", "english"),
    [
        (OFFICE, ("4", "t"), "niezakończone", "unfinished"),
        (OFFICE, ("y", "c"), "Urlop: nieaktywny", "not an active student"),
        (OFFICE, ("y", "n"), "Naprzód o…", "Forward by…"),
        ("ola.wisniewska", ("l", "z"), "Wniosek o wydanie", "Application"),
        (ANNA, ("f4",), "Szukaj polecenia", "Search"),
    ],
    ids=str,
)
async def test_every_kind_of_dialog_follows_the_language(
    user: str, keys: tuple[str, ...], polish: str, english: str
) -> None:
    async with playing(user, size=(100, 40)) as play:
        await play.press(*keys)
        page = play.app.screen
        assert polish in play.text
        await play.press("f2")
        assert play.app.screen is page
        assert polish not in play.text
        assert english in play.text


@pytest.mark.parametrize("key", ["ctrl+q", "f10"])
@pytest.mark.parametrize("opened", [(), ("l", "z", "a"), ("f1",), ("f4",), ("f4", "f1")], ids=str)
async def test_quit_ends_the_program_whatever_is_on_top(key: str, opened: tuple[str, ...]) -> None:
    async with playing(ANNA) as play:
        await play.press(*opened)
        play.app.simulate_key(key)
        await settle(play.app)
        assert not play.app.is_running or play.app._exit


@pytest.mark.parametrize(
    ("user", "keys", "label"),
    [
        (ANNA, (), "F7 Telefon"),
        (ANNA, ("f7",), "F7 USOSweb"),
        ("kontroler", (), "F7 USOSweb"),
        ("kontroler", ("f7",), "F7 Kontroler"),
    ],
    ids=str,
)
async def test_the_way_between_the_panes_is_called_by_its_end(
    user: str, keys: tuple[str, ...], label: str
) -> None:
    async with playing(user) as play:
        await play.press(*keys)
        assert label in play.text.splitlines()[-1]


async def test_keys_beside_one_that_opens_a_dialog_wait_until_it_stands() -> None:
    async with playing("jan.kowalski") as play:
        await play.press("l")
        await play.type_ahead("pagedown", "z", "pageup", "right", "down")
        assert play.on_top(Told)
        await play.press("escape")
        assert "niespełniony" in play.text


async def test_windows_over_windows_each_draw_what_lies_below() -> None:
    async with playing("jan.kowalski") as play:
        await play.press("l", "z", "f1", "f9")
        stack = play.app.screen_stack
        windows = [screen for screen in stack if isinstance(screen, Modal)]
        assert len(windows) == 3
        for window in windows:
            drawn = window.render()
            assert isinstance(drawn, BackgroundScreen)
            assert drawn.screen is stack[stack.index(window) - 1]


async def test_pages_of_a_list_that_has_no_room_can_be_turned() -> None:
    async with playing(ANNA) as play:
        menu = play.app.screen.query_one(Menu)
        assert not menu.scrollable_content_region
        menu.say()
        menu.action_page_up()
        menu.action_page_down()
        assert play.app.return_code is None


async def test_the_help_of_a_page_leaves_out_what_is_for_others_until_it_is_unfolded() -> None:
    async with playing(ANNA, size=(120, 60)) as play:
        await play.press("f1")
        text = play.app.screen.query_one(HelpText)
        folded = "\n".join(line.plain for line in text.lines(100))
        assert COMMANDS["usosweb.mlegitymacja"].help in folded
        assert COMMANDS["office.students"].help not in folded
        await play.press("space")
        assert COMMANDS["office.students"].help in "\n".join(line.plain for line in text.lines(100))
