"""The CAS login page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual._compositor import Compositor
from textual.widgets import Input, OptionList

from mleg_tui.errands.steps import LogIn
from mleg_tui.services.attempts import FREE_TRIES
from mleg_tui.services.demo_data import titles
from mleg_tui.services.passwords import hash_password
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.office.choice import Choice
from mleg_tui.ui.options import Options
from mleg_tui.ui.usosweb.login import LoginScreen
from tests.factories import house
from tests.ui.pilot import Play, Running, playing, program_on

WRONG = LogIn("anna.nowak", "nie to", refused=("WRONG_CREDENTIALS",))


def field(play: Play, name: str) -> str:
    return play.app.screen.query_one(f"#{name}", Input).value


async def test_login_and_password_lead_into_the_portal() -> None:
    async with playing(None, LogIn("anna.nowak", "demo")) as play:
        assert "Zalogowany użytkownik: Anna Nowak" in play.text
        assert play.app.role is not None


async def test_the_first_page_is_painted_and_styled_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paints, paint = [], Compositor.render_full_update
    styled = []

    def painted(self: Compositor, *given: bool, **named: bool) -> object:
        paints.append(self)
        return paint(self, *given, **named)

    monkeypatch.setattr(Compositor, "render_full_update", painted)
    monkeypatch.setattr(LoginScreen, "update_node_styles", lambda self, **_: styled.append(self))
    app = program_on(house().services, Options())
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert len(paints) == 1
        assert not styled, "mounting has styled it already"


async def test_what_to_begin_with_is_told_once_the_window_is_tall() -> None:
    async with playing() as play:
        assert not play.app.screen.query("#beginning"), "nothing is made for no room"
        for _twice in range(2):
            await play.resize(80, 40)
            assert play.text.count("od czego zacząć?") == 1
            await play.resize(80, 24)
            assert "od czego zacząć?" not in play.text
        assert play.focused == "login"


async def test_enter_goes_on_from_the_login_to_the_password() -> None:
    async with playing() as play:
        assert play.focused == "login"
        await play.write("anna.nowak")
        await play.press("enter")
        assert play.focused == "password"
        assert field(play, "login") == "anna.nowak"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("pl", "✗ Dostarczone dane uwierzytelniania nie mogą zostać"),
        ("en", "✗ The credentials you provided cannot be"),
    ],
)
async def test_a_wrong_password_is_refused_and_the_login_stays(language: str, told: str) -> None:
    async with playing(None, WRONG, language=language) as play:
        assert told in play.text
        assert (field(play, "login"), field(play, "password")) == ("anna.nowak", "")
        assert play.focused == "password"
        assert play.app.session is None


async def test_an_empty_login_and_an_empty_password_are_told_apart() -> None:
    async with playing(None, LogIn("", refused=("LOGIN_MISSING",))) as play:
        assert "✗ Nazwa użytkownika jest polem wymaganym." in play.text
        assert play.focused == "login"
        await play.write("anna.nowak")
        await play.press("enter", "enter")
        assert "✗ Hasło jest polem wymaganym." in play.text
        assert play.focused == "password"


async def test_too_many_wrong_passwords_make_one_wait() -> None:
    async with playing(
        None, *[WRONG] * FREE_TRIES, LogIn("anna.nowak", refused=("THROTTLED",))
    ) as play:
        assert "✗ Zbyt wiele nieudanych prób logowania." in play.text
        assert play.app.session is None


async def test_polish_letters_and_command_keys_are_typed_into_the_fields() -> None:
    async with playing() as play:
        await play.write("zażółć 1234 mlw")
        assert field(play, "login") == "zażółć 1234 mlw"


async def test_the_password_is_never_on_the_screen() -> None:
    async with playing() as play:
        await play.write("anna.nowak")
        await play.press("enter")
        await play.write("tajne")
        assert "tajne" not in play.text
        assert "•••••" in play.text


@pytest.mark.parametrize(("account", "name"), [(0, "Anna Nowak"), (6, "Dziekanat")])
async def test_an_account_of_the_list_logs_in_by_enter(account: int, name: str) -> None:
    async with playing() as play:
        await play.press("down", *["down"] * account, "enter")
        assert f"Zalogowany użytkownik: {name}" in play.text


async def test_an_account_of_the_list_logs_in_by_a_click() -> None:
    async with playing() as play:
        row = next(y for y, line in enumerate(play.text.splitlines()) if "jan.kowalski" in line)
        column = play.text.splitlines()[row].index("jan.kowalski")
        await play.pilot.click(offset=(column, row))
        await settle(play.app)
        assert "Zalogowany użytkownik: Jan Kowalski" in play.text


async def test_an_account_whose_password_was_changed_asks_for_it() -> None:
    async with playing() as play:
        store, account = play.services.store, play.stage.session("anna.nowak").account
        other = replace(account, password_hash=hash_password("inne"))
        store.transact(lambda work: work.save(other))
        await play.press("down", "enter")
        assert "✗ Dostarczone dane uwierzytelniania nie mogą zostać" in play.text
        assert (field(play, "login"), play.focused) == ("anna.nowak", "password")


async def test_the_terminals_cursor_stands_in_the_first_field_before_any_key() -> None:
    async with playing() as play:
        field_ = play.app.screen.query_one("#login", Input)
        assert play.app.cursor_position == field_.cursor_screen_offset
        assert field_.region.contains_point(play.app.cursor_position)
        await play.press("down")
        accounts = play.app.screen.query_one("DemoAccounts").region
        assert accounts.contains_point(play.app.cursor_position)


async def test_one_can_begin_in_a_scenario() -> None:
    async with playing() as play:
        await play.press("down", "up", "enter")
        assert play.on_top(Choice)
        chosen = play.app.screen.query_one("OptionList", OptionList).highlighted_option
        assert chosen is not None
        await play.press("enter")
        assert play.app.session is not None
        assert play.services.simulation.show(play.stage.session("dziekanat")).scenario == chosen.id


async def test_who_shares_the_store_begins_in_no_scenario() -> None:
    home = house()
    async with Running(program_on(home.services, Options(local=False))) as running:
        await running.shows("(⚑ Zacznij od scenariusza…)")
        running.press("down", "up", "enter")
        await running.shows("Scenariusz zmienia dane, które są tu wspólne.")


async def test_a_long_list_of_scenarios_is_counted_and_searched() -> None:
    async with playing() as play:
        number = len(titles("scenarios"))
        await play.press("down", "up", "enter")
        assert f"({number})" in play.text
        await play.write("zdjecie czeka")
        assert f"(1/{number})" in play.text
        await play.write(" qqq")
        assert "Nic nie pasuje." in play.text
        await play.press("enter")
        assert play.on_top(Choice), "there is nothing to choose"
        await play.press(*["backspace"] * 4, "enter")
        assert play.services.simulation.show(play.stage.session("dziekanat")).scenario == (
            "photo-waiting"
        )


@pytest.mark.parametrize("by", ["enter", "click"])
async def test_one_can_leave_for_a_demonstration(by: str) -> None:
    async with playing() as play:
        assert f"▶ Obejrzyj pokaz… ({len(titles('demos'))})" in play.text
        if by == "enter":
            await play.press("down", "up", "up", "enter")
        else:
            lines = play.text.splitlines()
            row = next(y for y, line in enumerate(lines) if "Obejrzyj" in line)
            await play.pilot.click(offset=(lines[row].index("Obejrzyj"), row))
            await settle(play.app)
        assert play.on_top(Choice)
        await play.press("down", "enter")
        assert play.app.demo == list(titles("demos"))[1]
        assert play.app.return_code == 0


async def test_who_is_served_watches_no_demonstration() -> None:
    home = house()
    async with Running(program_on(home.services, Options(local=False))) as running:
        await running.shows("(▶ Obejrzyj pokaz…)")
        running.press("down", "up", "up", "enter")
        await running.shows("U siebie uruchom: mleg-tui demo")
        assert running.app.demo is None


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((100, 30), True)])
async def test_where_there_is_room_it_says_what_to_try(
    size: tuple[int, int], *, shown: bool
) -> None:
    async with playing(size=size) as play:
        assert ("SYMULATOR: od czego zacząć?" in play.text) is shown
        assert ("3. Zaloguj się jako dziekanat" in play.text) is shown
        await play.press("f2")
        assert play.text.count("1. As a student") == shown
