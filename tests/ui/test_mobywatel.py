"""mObywatel on the phone, from its set-up to the document (docs/domain.md §9)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual import events
from textual.widgets import Input

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.phone.app import PhoneApp
from mleg_tui.ui.phone.frame import PhonePane
from tests.ui.mobywatel import PASSWORD, in_hand, quick_passwords
from tests.ui.pilot import playing

NOTICE = "SYMULACJA — NIE JEST DOKUMENTEM"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


async def test_the_app_password_is_set_up_and_asked_for_again() -> None:
    async with in_hand() as hand:
        assert hand.play.focused == "new"
        await hand.fill("new", "slabe")
        await hand.tap("set")
        assert "Hasło aplikacji jest za słabe." in hand.shown
        assert (
            "Brakuje: długości 8 znaków, wielkiej litery, cyfry, znaku specjalnego." in hand.shown
        )
        assert hand.page.query_one("#new", Input).value == "slabe"
        await hand.fill("new", PASSWORD)
        await hand.fill("repeated", PASSWORD + "x")
        await hand.tap("set")
        assert "Podane hasła różnią się." in hand.shown
        await hand.set_up()
        assert hand.title == "Dokumenty"
        assert "Nie masz jeszcze dokumentów." in hand.shown
        assert hand.play.focused == "add"
        await hand.play.press("escape")
        assert hand.play.focused == "password"
        await hand.fill("password", hand.codes.distribution_pass)
        await hand.tap("enter")
        assert "To wygląda na kod aktywacyjny" in hand.shown
        for _ in range(2):
            await hand.fill("password", "zle")
            await hand.tap("enter")
        assert "Spróbuj ponownie za 60 s." in hand.shown
        hand.play.stage.clock.moment += timedelta(minutes=1)
        await hand.fill("password", PASSWORD)
        await hand.tap("enter")
        assert hand.title == "Dokumenty"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_scanning_the_code_of_the_other_pane(size: tuple[int, int]) -> None:
    async with in_hand(size=size) as hand:
        await hand.set_up()
        await hand.play.press("d")
        assert hand.title == "Wybór dokumentu"
        await hand.tap("student-card")
        await hand.tap("next")
        assert "Nie zaakceptowano regulaminu" in hand.shown
        await hand.tap("terms")
        await hand.tap("next")
        await hand.tap("grant")
        await hand.tap("scan")
        assert hand.title == "Kod aktywacyjny"
        assert "AGH (symulacja), ważna do 2026-10-31." in hand.shown
        await hand.fill("code-typed", hand.codes.distribution_pass)
        await hand.tap("activate")
        assert "Legitymacja została dodana" in hand.text
        assert hand.title == "Legitymacja studencka"
        assert hand.text.count(NOTICE) == 3
        for row in ("Nowak", "Status: ✓ ważna", "Okazano: 2026-03-02 12:05", "PESEL: 04251712487"):
            assert row in hand.text
        card = hand.play.services.ordering.card(hand.session)
        assert card.status is OrderStatus.COLLECTED
        await hand.play.press("escape")
        assert hand.title == "Dokumenty"
        assert hand.play.focused == "student-card"


async def test_the_camera_says_plainly_that_it_sees_no_code() -> None:
    async with in_hand(ready=False) as hand:
        await hand.set_up()
        await hand.to_token()
        await hand.tap("scan")
        assert "Aparat nie widzi kodu QR." in hand.shown
        assert "Otwórz w USOSweb" in hand.shown


async def test_without_the_camera_the_token_is_typed_and_what_was_typed_stays() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token(camera=False)
        assert not hand.page.query_one("#scan").display
        field = hand.page.query_one("#token-typed", Input)
        for typed, told in (
            (hand.codes.distribution_pass, "To wygląda na kod aktywacyjny"),
            (hand.codes.token[1:], "podano 31, a ma 32"),
            ("g" + "0" * 31, "mLegitymacja nie istnieje"),
        ):
            await hand.fill("token-typed", typed)
            await hand.play.press("enter")
            assert told in hand.shown
            assert field.value == typed
        field.value = ""
        half = len(hand.codes.token) // 2
        pasted = f" {hand.codes.token[:half]}\n{hand.codes.token[half:]}\r\n"
        hand.play.app.post_message(events.Paste(pasted))
        await settle(hand.play.app)
        assert field.value == hand.codes.token
        await hand.play.press("enter")
        await hand.fill("code-typed", hand.codes.distribution_pass.swapcase())
        await hand.tap("activate")
        assert "różni się wielkością liter" in hand.shown
        await hand.tap("previous")
        assert hand.page.query_one("#token-typed", Input).value == hand.codes.token
        assert hand.phone().document is None


async def test_leaving_half_way_asks_and_adds_nothing() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token(camera=False)
        await hand.fill("token-typed", "abc")
        await hand.play.press("escape")
        assert "Chcesz przerwać dodawanie legitymacji?" in hand.text
        await hand.play.press("enter")
        assert hand.title == "Kod QR"
        assert hand.page.query_one("#token-typed", Input).value == "abc"
        await hand.play.press("escape", "left", "enter")
        assert hand.title == "Dokumenty"
        assert hand.phone().document is None


async def test_half_typed_text_survives_another_pane_and_another_app() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token(camera=False)
        await hand.fill("token-typed", "abc")
        await hand.play.press("f7", "f7")
        await hand.play.write("def")
        assert hand.page.query_one("#token-typed", Input).value == "abcdef"
        await hand.play.press("f2")
        assert "Token (text of the QR code):" in hand.text


async def test_offline_the_document_is_shown_but_nothing_else_works() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        await hand.play.press("n")
        assert "brak sieci" in hand.text
        assert "Status: ✓ ważna" in hand.text
        await hand.play.press("r")
        assert "Brak połączenia z internetem." in hand.text
        await hand.play.press("escape", "n")
        assert "w sieci" in hand.text


async def test_offline_nothing_can_be_added() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.play.press("n", "d")
        assert "Brak połączenia z internetem." in hand.text


async def test_the_network_that_fails_half_way_is_told_on_the_page() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token()
        hand.page.focus()
        await hand.play.press("n")
        await hand.tap("scan")
        assert "Brak połączenia z internetem." in hand.shown
        assert hand.page.query_one("#token-typed", Input).value == hand.codes.token


async def test_revoking_turns_the_document_invalid_at_its_update() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        hand.play.services.ordering.revoke(hand.session)
        await hand.play.look_again()
        assert "Status: ✓ ważna" in hand.text
        await hand.play.press("r")
        assert "Status: ✗ unieważniona" in hand.text


async def test_the_moment_of_showing_is_live_and_the_date_ends_the_document() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        hand.play.services.time.forward(timedelta(days=300))
        await hand.play.look_again()
        assert "Okazano: 2026-12-27" in hand.text
        assert "Status: ✗ termin ważności minął" in hand.text
        assert "Ostatnia aktualizacja: 2026-03-02" in hand.shown


async def test_removing_asks_first() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        await hand.play.press("U", "enter")
        assert hand.phone().document is not None
        await hand.tap("remove")
        await hand.play.press("left", "enter")
        assert hand.phone().document is None
        assert hand.title == "Dokumenty"
        assert "Nie masz jeszcze dokumentów." in hand.shown
        assert "✓ Dokument usunięty z telefonu." in hand.shown


async def test_the_second_phone_is_another_one() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        token = hand.codes.token
        await hand.install()
        await hand.play.press("escape", "x")
        assert "telefon 2" in hand.text
        await hand.set_up()
        await hand.to_token(camera=False)
        await hand.fill("token-typed", token)
        await hand.tap("next")
        assert "Ta mLegitymacja jest już na innym telefonie." in hand.shown


async def test_taking_the_second_phone_half_way_asks_too() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token()
        await hand.play.press("x")
        assert "Chcesz przerwać dodawanie legitymacji?" in hand.text


async def test_a_card_already_there_stands_in_the_way() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        await hand.play.press("escape", "d")
        assert "W tym telefonie jest już legitymacja studencka." in hand.text


async def test_in_english() -> None:
    async with in_hand(language="en") as hand:
        await hand.set_up()
        await hand.play.press("d")
        assert "Document selection" in hand.text
        await hand.tap("student-card")
        await hand.tap("terms")
        await hand.tap("next")
        await hand.tap("refuse")
        await hand.fill("token-typed", "g" + "0" * 31)
        await hand.play.press("enter")
        assert "mLegitymacja does not exist" in hand.text


async def test_two_apps_started_at_once_leave_one_on_the_screen() -> None:
    async with playing("ewa.lis", Give("desk.switch")) as play:
        pane = play.app.screen.query_one(PhonePane)
        names = {"phone.mobilny_usos": "Mobilny USOS", "phone.mobywatel": "mObywatel"}
        for commands in (
            ("phone.mobywatel", "phone.mobilny_usos"),
            ("phone.home", "phone.mobywatel"),
        ):
            async with asyncio.TaskGroup() as fingers:
                for command in commands:
                    fingers.create_task(pane.start(command))
            seen = [app for app in pane.query(PhoneApp) if app.display]
            assert seen == [pane.front]
            assert pane.front.name_shown == names[commands[1]]
