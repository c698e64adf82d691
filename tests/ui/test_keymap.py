"""The keys of a session: the commands' own, a preset's, and the user's."""

from __future__ import annotations

from itertools import chain

import pytest
from textual import events
from textual.widgets import Input, Static, TextArea

from mleg_tui.gallery.stage import Stage
from mleg_tui.locale import advice_of, message_of
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.ui.commands import COMMANDS, TOGETHER, Place
from mleg_tui.ui.help import Help
from mleg_tui.ui.keymap import (
    MOVES,
    PRESETS,
    WAY_OUT,
    Clash,
    Keymap,
    NoSuchCommand,
    NoSuchPreset,
    TakenByFields,
    keymap,
)
from mleg_tui.ui.keys import (
    BadKeymap,
    CannotBeSent,
    NoSuchKey,
    key_named,
    pressed,
    works_in_fields,
)
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.options import Options
from mleg_tui.ui.palette import Palette
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.usosweb.news import NewsCard
from mleg_tui.ui.widgets.dialogs import Question
from tests.ui.pilot import Play, playing, text_of

ANNA = "anna.nowak"
VIM = keymap("vim")


def with_keys(used: Keymap, user: str | None = None) -> Stage:
    stage = Stage(MemoryStore, user, "pl", "usosweb")
    stage.app = stage.program(Options(frozen=True, keymap=used), user)
    return stage


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("places", TOGETHER, ids=lambda places: "+".join(sorted(places)))
def test_no_preset_gives_one_key_to_two_things_at_once(
    preset: str, places: frozenset[Place]
) -> None:
    used = keymap(preset)
    here = [*MOVES, *(id_ for id_, command in COMMANDS.items() if command.place in places)]
    keys = list(chain.from_iterable(used.keys(id_) for id_ in here))
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_leaves_each_command_a_key(preset: str) -> None:
    assert all(keymap(preset).keys(id_) for id_ in (*COMMANDS, *MOVES))


@pytest.mark.parametrize(
    ("id_", "keys", "told", "names"),
    [
        ("app.hlp", ["f1"], NoSuchCommand, "app.help"),
        ("usosweb.menu", ["z"], Clash, "mlegitymacja.order"),
        ("usosweb.menu", ["tab"], Clash, "move.next"),
        ("usosweb.menu", ["Enter"], Clash, "move.choose"),
        ("usosweb.menu", ["ctrl+q"], Clash, "app.quit"),
        ("move.down", ["z"], Clash, "mlegitymacja.order"),
        ("usosweb.menu", ["F13"], NoSuchKey, "f3"),
        ("usosweb.menu", [""], NoSuchKey, ""),
        ("usosweb.menu", ["ab"], NoSuchKey, ""),
        ("usosweb.menu", ["alt+m"], CannotBeSent, "„m”"),
        ("usosweb.menu", ["ctrl+shift+m"], CannotBeSent, "„m”"),
        ("usosweb.menu", ["ctrl+1"], CannotBeSent, "„1”"),
        ("usosweb.menu", ["ctrl+i"], CannotBeSent, ""),
        ("usosweb.menu", ["ctrl+m"], CannotBeSent, ""),
        ("usosweb.menu", ["ctrl+c"], CannotBeSent, ""),
        ("usosweb.menu", ["ctrl+s"], CannotBeSent, ""),
        ("usosweb.menu", ["shift+f1"], CannotBeSent, "f1"),
        ("app.help", ["?"], TakenByFields, "F1"),
        ("app.jump", ["ctrl+a"], TakenByFields, "F9"),
        ("app.palette", [], TakenByFields, "F4"),
    ],
    ids=str,
)
def test_a_key_that_cannot_be_is_refused_with_a_suggestion(
    id_: str, keys: list[str], told: type[BadKeymap], names: str
) -> None:
    with pytest.raises(BadKeymap) as refused:
        keymap("default", {id_: keys})
    assert type(refused.value) is told
    assert refused.value.details["id"] == id_
    assert names in message_of(refused.value) + advice_of(refused.value)


def test_an_unknown_preset_is_refused_with_a_suggestion() -> None:
    with pytest.raises(NoSuchPreset) as refused:
        keymap("wim")
    assert "vim" in advice_of(refused.value)


def test_of_two_entries_of_the_user_the_later_one_is_wrong() -> None:
    with pytest.raises(Clash) as refused:
        keymap("default", {"usosweb.news": ["Q"], "usosweb.menu": ["Q"]})
    assert refused.value.details["id"] == "usosweb.menu"


def test_two_entries_may_change_places() -> None:
    used = keymap("default", {"usosweb.menu": ["l"], "usosweb.mlegitymacja": ["m"]})
    assert used.keys("usosweb.menu") == ("l",)


def test_one_key_may_stand_for_things_that_are_never_offered_together() -> None:
    used = keymap("default", {"inspector.ask": ["Q"], "student.graduate": ["Q"]})
    assert used.keys("inspector.ask") == used.keys("student.graduate") == ("Q",)


@pytest.mark.parametrize("keys", [[], ["f10"], ["f12"]])
def test_quit_cannot_be_lost(keys: list[str]) -> None:
    assert WAY_OUT in keymap("default", {"app.quit": keys}).keys("app.quit")


def test_moving_keeps_its_own_keys() -> None:
    assert keymap("default", {"move.down": ["J"]}).keys("move.down") == ("J", "down")


@pytest.mark.parametrize(
    ("name", "key"),
    [("F1", "f1"), ("Ctrl+P", "ctrl+p"), ("PgUp", "pageup"), ("G", "G"), ("?", "?")],
)
def test_keys_are_spelt_as_on_keyboards(name: str, key: str) -> None:
    assert key_named(name) == key


def test_what_a_field_takes_is_known() -> None:
    taken = {
        key
        for field in (Input, TextArea)
        for binding in field.BINDINGS
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    for letter in "abdefgklnopqrtuvwxy":
        assert not (works_in_fields(f"ctrl+{letter}") and f"ctrl+{letter}" in taken), letter
    assert not works_in_fields("z")


@pytest.mark.parametrize(
    ("key", "character", "meant"),
    [
        ("z", "z", "z"),
        ("question_mark", "?", "?"),
        ("upper_g", "G", "G"),
        ("space", " ", "space"),
        ("ctrl+p", "\x10", "ctrl+p"),
        ("alt+z", "z", "alt+z"),
        ("f1", None, "f1"),
    ],
)
def test_a_key_is_told_by_its_character(key: str, character: str | None, meant: str) -> None:
    assert pressed(events.Key(key, character)) == meant


async def test_the_keys_in_use_are_those_shown_everywhere() -> None:
    used = keymap(
        "default",
        {"usosweb.mlegitymacja": ["M"], "mlegitymacja.order": ["Z"], "app.help": ["f12", "?"]},
    )
    stage = with_keys(used, ANNA)
    async with stage.app.run_test(size=(100, 60)) as pilot:
        play = Play(stage, pilot)
        await play.press("l")
        text = str(stage.app.screen.query_one(NewsCard).query(Static).last().content)
        assert "(klawisz M)" in text
        assert "(klawisz Z)" in text
        await play.press("M")
        assert "F12 Pomoc  Z Zamów" in play.text
        await play.press("f4")
        await play.write("zamow")
        assert "┃Z      Zamów  Zamawia" in play.text
        await play.press("escape", "f12")
        assert play.on_top(Help)
        assert "F12 ?  " in play.text
        await play.press("f12")
        assert not play.on_top(Help)
        await play.press("f1", "z")
        assert not play.on_top(Help)
        assert "przetwarzane" not in play.text
        await play.press("Z")
        assert "Twoje zamówienie jest przetwarzane" in play.text


async def test_letters_move_about_but_write_where_one_types() -> None:
    stage = with_keys(VIM, "dziekanat")
    async with stage.app.run_test(size=(100, 30)) as pilot:
        play = Play(stage, pilot)
        await play.press("4", "s")
        table = stage.app.screen.query_one(Table)
        for key, cursor in (("j", 1), ("j", 2), ("k", 1), ("g", 0), ("G", 5)):
            await play.press(key)
            assert table.cursor == cursor, key
        await play.press("/")
        assert play.focused == "find"
        await play.write("jk")
        assert stage.app.screen.query_one("#find", Input).value == "jk"


async def test_letters_move_in_dialogs_and_in_the_help() -> None:
    stage = with_keys(VIM, ANNA)
    async with stage.app.run_test(size=(80, 24)) as pilot:
        play = Play(stage, pilot)
        await play.press("L", "z", "a")
        assert play.on_top(Question)
        assert play.focused == "no"
        await play.press("h")
        assert play.focused == "yes"
        await play.press("escape", "?")
        text = stage.app.screen.query_one("#text")
        await play.press("j", "j")
        assert text.scroll_offset.y == 2
        await play.press("ctrl+d")
        assert text.scroll_offset.y > 10


async def test_nothing_of_the_keymap_is_lost_at_the_login() -> None:
    async with playing() as play:
        assert play.on_top(LoginScreen)
        await play.write("j?7")
        assert play.app.screen.query_one("#login", Input).value == "j?7"
        await play.press("ctrl+l")
        assert "SIMULATION" in text_of(play.app)
        await play.press("ctrl+p")
        assert play.on_top(Palette)
