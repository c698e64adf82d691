"""The page mLegitymacja: ordering, and asking before something is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mleg_tui.domain.eligibility import CONDITION_LABELS
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import Photo, Student
from mleg_tui.domain.university import Condition
from mleg_tui.errands.steps import Give, WaitFor
from mleg_tui.services.store import Work
from mleg_tui.ui.office.student_screen import StudentScreen
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.usosweb.qr_screen import QrScreen
from mleg_tui.ui.widgets.dialogs import Question, Told
from mleg_tui.ui.widgets.qr import QrView
from tests.ui.pilot import Play, playing

ANNA = "anna.nowak"
PAGE = Give("usosweb.mlegitymacja")
PENDING = (PAGE, Give("mlegitymacja.order"))
READY = (*PENDING, WaitFor(OrderStatus.READY))


def status(play: Play) -> OrderStatus | None:
    return play.services.ordering.card(play.stage.session(ANNA)).status


async def test_ordering_needs_no_question_and_shows_the_order() -> None:
    async with playing(ANNA, PAGE) as play:
        await play.press("z")
        assert status(play) is OrderStatus.PENDING
        assert "✓ Zamówienie złożone." in play.text
        assert "Twoje zamówienie jest przetwarzane" in play.text
        assert "Data zamówienia: 2026-03-02 12:00:00" in play.text
        assert "Status:  ● oczekujący" in play.text


@pytest.mark.parametrize("how", ["enter", "escape", "left escape"])
@pytest.mark.parametrize(
    ("steps", "key", "state"),
    [(PENDING, "a", OrderStatus.PENDING), (READY, "U", OrderStatus.READY)],
)
async def test_the_question_has_its_focus_on_the_safe_answer(
    steps: tuple[Give | WaitFor, ...], key: str, state: OrderStatus, how: str
) -> None:
    async with playing(ANNA, *steps) as play:
        await play.press(key)
        assert play.on_top(Question)
        assert play.focused == "no"
        await play.press(*how.split())
        assert not play.on_top(Question)
        assert status(play) is state


@pytest.mark.parametrize(
    ("steps", "key", "state", "told", "done"),
    [
        (PENDING, "a", OrderStatus.CANCELLED, "Status:  – anulowany", "✓ Zamówienie anulowane."),
        (
            READY,
            "U",
            OrderStatus.REVOKED,
            "Status:  ⊘ unieważniony",
            "✓ mLegitymacja unieważniona.",
        ),
    ],
)
async def test_a_yes_cancels_or_revokes(
    steps: tuple[Give | WaitFor, ...], key: str, state: OrderStatus, told: str, done: str
) -> None:
    async with playing(ANNA, *steps, size=(80, 40)) as play:
        await play.press(key, "left", "enter")
        assert status(play) is state
        assert told in play.text
        assert done in play.text


async def test_what_was_done_is_said_until_the_order_goes_on_by_itself() -> None:
    async with playing(ANNA, *PENDING) as play:
        await play.press("f2")
        assert "✓ The order is placed." in play.text
        await play.press(".")
        assert status(play) is OrderStatus.IN_PROGRESS
        assert "The order is placed." not in play.text


async def test_after_revoking_one_may_order_again_and_the_old_codes_are_gone() -> None:
    async with playing(ANNA, *READY, size=(80, 40)) as play:
        card = play.services.ordering.card(play.stage.session(ANNA))
        assert card.codes
        assert card.codes.token in play.text
        await play.press("U", "left", "enter")
        assert card.codes.token not in play.text
        await play.press("z")
        assert status(play) is OrderStatus.PENDING


async def test_a_refusal_lists_every_failing_condition_with_its_repair() -> None:
    async with playing("jan.kowalski", PAGE, size=(80, 50)) as play:

        def take_away(work: Work) -> None:
            student = work.get(Student, "jan.kowalski")
            work.save(replace(student, pesel=None, photo=Photo()))

        play.stage.store.transact(take_away)
        await play.press("f5", "z")
        assert play.on_top(Told)
        for condition in (Condition.PESEL, Condition.PHOTO, Condition.ELS_EXTENDED):
            assert f"✗ {CONDITION_LABELS[condition]}" in play.text
        assert "Uzyskaj PESEL" in play.text
        assert "Wyślij zdjęcie" in play.text
        assert "Zgłoś się do dziekanatu" in play.text


async def test_a_refusal_leads_to_the_office_and_back() -> None:
    async with playing("jan.kowalski", PAGE, size=(80, 40)) as play:
        await play.press("z")
        assert "Bądź dziekanatem" in play.text
        await play.press("left", "enter")
        assert play.on_top(StudentScreen)
        assert "Jan Kowalski" in play.text
        assert "Esc wraca do studenta." in play.text
        assert (play.app.session and play.app.session.login) == "dziekanat"
        await play.press("p")
        assert "✓ ELS przedłużona." in play.text
        await play.press("escape")
        assert (play.app.session and play.app.session.login) == "jan.kowalski"
        await play.press("z")
        card = play.services.ordering.card(play.stage.session("jan.kowalski"))
        assert card.status is OrderStatus.PENDING


async def test_one_logs_out_of_the_office_that_one_plays_by_the_palette() -> None:
    async with playing("jan.kowalski", PAGE, size=(80, 40)) as play:
        await play.press("z", "left", "enter")
        assert play.on_top(StudentScreen)
        await play.press("f4")
        await play.write("wyloguj")
        await play.press("enter")
        assert play.on_top(LoginScreen)
        assert play.app.session is None


async def test_nobody_who_is_served_is_led_to_the_office() -> None:
    async with playing("jan.kowalski", PAGE) as play:
        play.app.options = play.app.options._replace(local=False)
        await play.press("z")
        assert play.on_top(Told)
        assert "Bądź dziekanatem" not in play.text


async def test_consents_are_all_needed_and_turning_back_orders_nothing() -> None:
    async with playing("ola.wisniewska", *PENDING, size=(80, 40)) as play:
        session = play.stage.session("ola.wisniewska")
        await play.press("tab", "space", "tab", "tab", "tab", "enter")
        assert "✗ Bez wszystkich zgód nie można zamówić mLegitymacji." in play.text
        await play.press("escape")
        assert play.services.ordering.card(session).order is None
        await play.press("z", "tab", "space", "tab", "space", "tab", "space", "tab", "enter")
        order = play.services.ordering.card(session).order
        assert order is not None
        assert [consent.id for consent in order.consents] == ["dane", "regulamin", "oswiadczenie"]
        assert "✓ Zgody zapisane, zamówienie złożone." in play.text


async def test_the_whole_screen_code_leaves_when_its_codes_die() -> None:
    async with playing(ANNA, *READY, Give("mlegitymacja.qr")) as play:
        assert play.on_top(QrScreen)
        play.services.ordering.revoke(play.stage.session(ANNA))
        await play.look_again()
        assert not play.on_top(QrScreen)
        assert status(play) is OrderStatus.REVOKED


async def test_the_whole_screen_code_can_be_large_in_a_window_that_holds_it() -> None:
    async with playing(ANNA, *READY, Give("mlegitymacja.qr"), size=(120, 40)) as play:
        view = play.app.screen.query_one(QrView)
        await play.press("d")
        assert view.size == (66, 33)  # with the narrow quiet zone
        assert "Kod aktywacyjny:" in play.text
        await play.resize(90, 40)
        assert view.is_large
        assert "Kod aktywacyjny:" not in play.text  # it would be cut off
        await play.resize(80, 24)
        assert view.size == (37, 19)
        assert "Kod aktywacyjny:" in play.text
        assert "(Duży kod)" in play.text
        await play.press("d")
        assert "Duży kod QR potrzebuje okna 80×36." in play.text


async def test_copying_tells_that_it_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    async with playing(ANNA, *READY) as play:
        monkeypatch.setattr(play.app, "copy_to_clipboard", sent.append)
        monkeypatch.setattr("mleg_tui.ui.clipboard.ways", lambda *_: ())
        await play.press("t", "k")
        codes = play.services.ordering.card(play.stage.session(ANNA)).codes
        assert codes
        assert sent == [codes.token, codes.distribution_pass]
        assert "✓ skopiowano" in play.text
