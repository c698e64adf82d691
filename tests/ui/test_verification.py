"""A check, from the inspector's pane and from the holder's phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mleg_tui.domain.verification import Verification
from mleg_tui.ui.options import Options
from mleg_tui.ui.phone.inspector import InspectorPane
from tests.factories import house
from tests.ui.mobywatel import Hand, in_hand, quick_passwords
from tests.ui.pilot import Play, Running, playing, program_on, text_of

NOTICE = "SYMULACJA — NIE JEST DOKUMENTEM"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def ask(hand: Hand) -> Verification:
    return hand.play.services.verifications.ask(hand.play.stage.session("kontroler"))


def result(hand: Hand, code: str) -> Verification:
    return hand.play.services.verifications.result(hand.play.stage.session("kontroler"), code)


async def test_the_holder_sees_who_asks_and_decides() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        check = ask(hand)
        await hand.play.press("p")
        assert hand.title == "Potwierdź swoje dane"
        await hand.fill("check", "000000")
        await hand.tap("next")
        assert "Nie ma sprawdzenia o tym kodzie." in hand.shown
        await hand.fill("check", f"{check.id[:3]} {check.id[3:]}")
        await hand.tap("next")
        assert "O Twoje dane prosi: " in hand.shown
        assert result(hand, check.id).validity is None
        await hand.tap("share")
        assert "Dane udostępniono: " in hand.shown
        assert hand.play.focused == "leave"
        assert result(hand, check.id).validity == "VALID"
        await hand.play.press("escape")
        assert hand.title == "Legitymacja studencka"


async def test_a_check_that_ended_meanwhile_shares_nothing() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.install()
        check = ask(hand)
        await hand.play.press("p")
        await hand.fill("check", check.id)
        await hand.tap("next")
        hand.play.services.time.forward(timedelta(minutes=3))
        await hand.tap("share")
        assert "Czas tego sprawdzenia minął" in hand.shown
        await hand.play.press("escape")
        assert hand.title == "Potwierdź swoje dane"


def installed(play: Play) -> None:
    """Have the document on anna.nowak's phone, all behind the screen."""
    services, anna = play.services, play.stage.session("anna.nowak")
    services.ordering.place(anna)
    services.time.forward(timedelta(minutes=15))
    codes = services.ordering.card(anna).codes
    assert codes is not None
    services.mobywatel.add(anna, 1, codes.token, codes.distribution_pass, terms_accepted=True)


def check_of(play: Play) -> Verification:
    found = play.stage.store.read(lambda view: view.select(Verification))
    return found[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_inspector_sees_the_result_until_it_is_gone(size: tuple[int, int]) -> None:
    async with playing("kontroler", size=size) as play:
        installed(play)
        assert play.focused == "ask"
        await play.press("enter")
        check = check_of(play)
        assert f"Kod sprawdzenia: {check.id[:3]} {check.id[3:]}" in play.text
        assert play.focused == "finish"
        anna = play.stage.session("anna.nowak")
        play.services.verifications.share(anna, 1, check.id)
        await play.look_again()
        assert "Status: ✓ ważna" in play.text
        assert "Nowak" in play.text
        assert play.text.count(NOTICE) == 2
        play.services.time.forward(timedelta(minutes=3))
        await play.look_again()
        assert "Nowak" not in play.text
        assert "Czas tego sprawdzenia minął" in play.text
        assert play.focused == "ask"


@pytest.mark.parametrize(
    ("ending", "told"),
    [("revoke", "Status: ✗ unieważniona"), ("expire", "Status: ✗ termin ważności minął")],
)
async def test_a_document_that_is_over_is_told_by_sign_and_word(ending: str, told: str) -> None:
    async with playing("kontroler") as play:
        installed(play)
        anna = play.stage.session("anna.nowak")
        if ending == "revoke":
            play.services.ordering.revoke(anna)
        else:
            play.services.time.forward(timedelta(days=300))
        await play.look_again()
        await play.press("p")
        play.services.verifications.share(anna, 1, check_of(play).id)
        await play.look_again()
        assert told in play.text


async def test_time_alone_takes_the_result_away_from_the_page_and_the_store() -> None:
    home = house()
    services, anna = home.services, home.session()

    def kept() -> tuple[Verification, ...]:
        return services.store.read(lambda view: view.select(Verification))

    services.ordering.place(anna)
    services.time.forward(timedelta(minutes=15))
    codes = services.ordering.card(anna).codes
    assert codes is not None
    services.mobywatel.add(anna, 1, codes.token, codes.distribution_pass, terms_accepted=True)
    app = program_on(services, Options(), home.session("kontroler"))
    async with Running(app) as running:
        await running.shows("Rozpocznij sprawdzenie")
        running.press("p")
        await running.until(kept)
        services.verifications.share(anna, 1, kept()[0].id)
        await running.shows("Nowak")
        home.clock.moment += timedelta(minutes=3)
        await running.until(lambda: kept()[0].document is None)
        await running.shows("Czas tego sprawdzenia minął")
        assert "Nowak" not in text_of(app)
    assert kept()[0].validity is None


async def test_finishing_takes_the_result_away() -> None:
    async with playing("kontroler", language="en") as play:
        installed(play)
        await play.press("p")
        play.services.verifications.share(play.stage.session("anna.nowak"), 1, check_of(play).id)
        await play.look_again()
        await play.press("k")
        assert "Nowak" not in play.text
        assert play.stage.store.read(lambda view: view.select(Verification)) == ()
        await play.press("k")
        assert "No check is under way." in play.text


async def test_a_student_has_no_inspectors_pane_and_an_inspector_no_phone() -> None:
    async with in_hand() as hand:
        assert not hand.play.app.screen.query(InspectorPane)
    async with playing("kontroler") as play:
        await play.press("f7")
        assert "Centralny System Uwierzytelniania" in play.text
