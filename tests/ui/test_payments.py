"""Płatności (model FK): the sub-pages, paying, and the way to the order (docs/domain.md §7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.widgets import Input, OptionList

from mleg_tui.domain.fees import Due
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.university import OrderPath, University
from mleg_tui.errands.steps import Forward, Give, WaitFor
from mleg_tui.services.store import Work
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.usosweb.menu import Menu
from mleg_tui.ui.usosweb.payments.details import DueDetails, PaymentDetails
from mleg_tui.ui.usosweb.payments.page import PaymentsPage
from mleg_tui.ui.usosweb.payments.subtabs import Subpage, SubTabs
from mleg_tui.ui.usosweb.payments.table import Row
from mleg_tui.ui.widgets.dialogs import Question
from mleg_tui.ui.widgets.form import Form
from tests.ui.pilot import Play, playing

PIOTR, ANNA, EWA = "piotr.zielinski", "anna.nowak", "ewa.lis"
PAGE = Give("usosweb.payments")
ELSEWHERE = "00 1090 1014 0000 0712 1981 2874"
TALL = (80, 60)


def on_top(play: Play) -> type[object]:
    return type(play.app.screen)


async def look_at(play: Play, subpage: Subpage) -> None:
    tabs = play.app.screen.query_one(SubTabs)
    tabs.focus()
    while tabs.active is not subpage:
        await play.press("right")


async def focus_row(play: Play, key: str) -> None:
    next(row for row in play.app.screen.query(Row) if row.key.endswith(key)).focus()
    await play.press("up", "down")


async def fill(play: Play, *values: str) -> None:
    assert isinstance(play.app.screen, Form)
    for field, value in zip(play.app.screen.query(Input), values, strict=False):
        field.value = value
        await play.press("enter")


async def issue_els(play: Play) -> None:
    play.services.office.issue_els(play.stage.session("dziekanat"), PIOTR)
    await play.look_again()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_whole_story_of_the_fk_profile(size: tuple[int, int]) -> None:
    async with playing(PIOTR, size=size) as play:
        await play.press("p")
        assert "Płatności (model FK)" in play.text
        assert "ostatnia migracja danych: 2026-03-02 03:00:00" in play.text
        assert "Należności dla: Biuro Obsługi Studentów" in play.text
        await play.press("o", "enter", "enter")
        assert "Wysłano 1 przelew, 22,00 PLN." in play.text
        assert "2026-03-03 03:00:00" in play.text
        assert "Biuro Obsługi Studentów" in play.text
        await play.stage.play((Forward(by="1d"),))
        assert "Biuro Obsługi Studentów" not in play.text
        assert "ostatnia migracja danych: 2026-03-03 03:00:00" in play.text
        await play.press("l")
        assert "niespełniony" in play.text
        await issue_els(play)
        await play.press("l")
        assert "niespełniony" not in play.text
        await play.press("z")
        await play.press("l")
        assert "Twoje zamówienie jest przetwarzane" in play.text
        await play.stage.play((WaitFor(OrderStatus.READY),))
        assert "DALSZE CZYNNOŚCI NALEŻY WYKONAĆ" in play.text


async def test_all_sub_pages_have_something_to_show() -> None:
    async with playing(PIOTR, PAGE, size=TALL) as play:
        assert "Wszystkie należności: 1175,24 PLN" in play.text
        assert "Razem: 22,00 PLN" in play.text
        assert "po terminie" in play.text
        await look_at(play, Subpage.SETTLED)
        assert "Opłata rekrutacyjna" in play.text
        assert "Wszystkie należności" not in play.text
        await look_at(play, Subpage.PLANS)
        assert "Razem: 1200,00 PLN, pozostało: 800,00 PLN" in play.text
        await look_at(play, Subpage.PAYMENTS)
        assert play.text.count("rozliczona") == 2
        await look_at(play, Subpage.BANK_ACCOUNTS)
        assert "00 6786 9819 8463 4648 4850 6950" in play.text


async def test_the_page_speaks_english() -> None:
    async with playing(PIOTR, PAGE, size=TALL, language="en") as play:
        assert "Payments (FK model)" in play.text
        assert "Faculty of Computer Science" in play.text
        assert "All amounts due: 1175.24 PLN" in play.text
        await play.press("f2")
        assert "Wszystkie należności: 1175,24 PLN" in play.text


async def test_nothing_due_is_a_green_box_alone() -> None:
    async with playing(PIOTR, size=TALL) as play:

        def forgive(work: Work) -> None:
            for due in work.select(Due):
                work.remove(due)

        play.services.store.transact(forgive)
        await play.press("p")
        assert "✓ Nie masz żadnych nierozliczonych należności." in play.text
        assert "Należności dla" not in play.text


async def test_details_tell_the_account_the_interest_and_what_settled_it() -> None:
    async with playing(PIOTR, PAGE) as play:
        await focus_row(play, "retake")
        await play.press("enter")
        assert on_top(play) is DueDetails
        for text in ("Odsetki: 3,24 PLN", "00 4646 8695 8969", "Nierozliczona."):
            assert text in play.text
        await play.press("escape")
        await look_at(play, Subpage.SETTLED)
        await focus_row(play, "rate-1")
        await play.press("enter")
        assert "wpłata piotr.zielinski-p002: 400,00 PLN" in play.text
        await play.press("escape")
        await look_at(play, Subpage.PAYMENTS)
        await focus_row(play, "p001")
        await play.press("enter")
        assert on_top(play) is PaymentDetails
        assert "Rozlicza: Opłata rekrutacyjna, 85,00 PLN" in play.text


async def test_the_account_number_is_copied_and_the_details_stay() -> None:
    async with playing(PIOTR, PAGE) as play:
        await focus_row(play, "-els")
        await play.press("enter", "left", "left", "enter")
        assert on_top(play) is DueDetails
        assert play.app.clipboard == "00398259791907483378876232"


async def test_a_due_is_paid_from_its_details_with_its_interest() -> None:
    async with playing(PIOTR, PAGE) as play:
        await focus_row(play, "retake")
        await play.press("enter", "left", "enter")
        fields = [field.value for field in play.app.screen.query(Input)]
        assert fields == ["353,24", "00 4646 8695 8969 3504 9258 9913"]
        await play.press("enter", "enter")
        await play.stage.play((Forward(by="1d"),))
        await look_at(play, Subpage.PAYMENTS)
        assert "353,24" in play.text
        assert "nierozliczona" not in play.text


@pytest.mark.parametrize(
    ("amount", "number", "why", "english"),
    [
        ("20", None, "nierozliczona: za mała kwota", "unsettled: amount too small"),
        ("22", ELSEWHERE, "nierozliczona: nieznane konto", "unsettled: unknown account"),
    ],
)
async def test_one_can_err_in_amount_or_account(
    amount: str, number: str | None, why: str, english: str
) -> None:
    async with playing(PIOTR, PAGE, size=TALL) as play:
        await play.press("o")
        own = play.app.screen.query(Input).last().value
        await fill(play, amount, number or own)
        await play.stage.play((Forward(by="1d"),))
        assert "Biuro Obsługi Studentów" in play.text
        await look_at(play, Subpage.PAYMENTS)
        assert why in play.text
        await play.press("f2")
        assert english in play.text


async def test_the_form_keeps_nonsense_and_says_what_is_wrong() -> None:
    async with playing(PIOTR, PAGE) as play:
        await play.press("o")
        await fill(play, "dużo", "61 1090 1014 0000 0712 1981 2874")
        assert "To nie jest kwota: „dużo”." in play.text
        play.app.screen.query(Input).first().value = "22"
        await play.press("enter", "enter")
        assert "poprawne cyfry kontrolne" in play.text
        assert play.focused == "field-1"
        await play.press("escape")
        assert "Wysłano" not in play.text


async def test_unsettled_payments_have_a_page_of_their_own() -> None:
    async with playing(PIOTR, PAGE, size=TALL) as play:
        await look_at(play, Subpage.UNSETTLED_PAYMENTS)
        assert "✓ Nie masz nierozliczonych wpłat." in play.text
        await play.press("o")
        await fill(play, "7", ELSEWHERE)
        await play.stage.play((Forward("1d"),))
        assert "Nierozliczone: 7,00 PLN" in play.text
        assert [row.key for row in play.app.screen.query(Row)] == ["piotr.zielinski-p003"]
        await focus_row(play, "p003")
        await play.press("enter")
        assert on_top(play) is PaymentDetails


async def test_the_universitys_accounts_are_those_of_the_dues_and_can_be_paid_to() -> None:
    async with playing(PIOTR, PAGE, size=TALL) as play:
        await look_at(play, Subpage.UNIVERSITY_ACCOUNTS)
        rows = [row.key for row in play.app.screen.query(Row)]
        dues = play.services.store.read(lambda view: view.select(Due, student=PIOTR))
        assert len(rows) == 4
        assert set(rows) == {due.account_number for due in dues}
        await focus_row(play, "00944117715162046610990695")
        await play.press("enter")
        fields = [field.value for field in play.app.screen.query(Input)]
        assert fields == ["400,00", "00 9441 1771 5162 0466 1099 0695"]
        await play.press("enter", "enter")
        await play.stage.play((Forward("1d"),))
        await look_at(play, Subpage.PLANS)
        assert "pozostało: 400,00 PLN" in play.text


async def test_bank_accounts_are_added_and_removed_after_a_question() -> None:
    async with playing(PIOTR, PAGE, size=TALL) as play:
        await look_at(play, Subpage.BANK_ACCOUNTS)
        play.app.screen.query_one("#add-account").focus()
        await play.press("enter")
        await fill(play, ELSEWHERE)
        assert ELSEWHERE in play.text
        assert "✓ Konto dodane." in play.text
        await focus_row(play, "k001")
        await play.press("enter")
        assert on_top(play) is Question
        await play.press("left", "enter")
        assert "00 6786 9819" not in play.text
        assert ELSEWHERE in play.text
        assert "✓ Konto usunięte." in play.text


async def test_the_focus_stays_on_its_row_when_the_store_changes() -> None:
    async with playing(PIOTR, PAGE) as play:
        await focus_row(play, "rate-3")
        play.services.payments.pay(play.stage.session(PIOTR), "1", ELSEWHERE)
        await play.look_again()
        focused: Any = play.app.focused
        assert focused.key == f"{PIOTR}-rate-3"


def entries(play: Play) -> list[str]:
    menu = play.app.screen.query_one(Menu)
    return [str(menu.get_option_at_index(i).prompt).strip() for i in range(menu.option_count)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ((OrderPath.PAYMENTS,), {"Płatności (model FK)"}),
        ((OrderPath.MENU,), {"mLegitymacja"}),
        ((OrderPath.APPLICATION, OrderPath.MOBILE), {"mLegitymacja"}),
        ((OrderPath.MENU, OrderPath.PAYMENTS), {"mLegitymacja", "Płatności (model FK)"}),
        ((OrderPath.MOBILE,), set()),
    ],
)
async def test_the_menu_follows_the_paths_of_the_profile(
    paths: tuple[OrderPath, ...], expected: set[str]
) -> None:
    async with playing() as play:

        def reform(work: Work) -> None:
            work.save(replace(work.get(University, "agh"), paths=paths))

        play.services.store.transact(reform)
        university = play.services.campus.university("agh")
        play.app.log_in(play.stage.session(ANNA), university)
        await settle(play.app)
        await play.give("usosweb.students")
        common = {"Strona główna", "MOJE STUDIA", "Zdjęcie do legitymacji"}
        assert set(entries(play)) == common | expected
        await play.press("l")
        if paths == (OrderPath.MOBILE,):
            assert "Na Twojej uczelni mLegitymacji nie zamawia się w USOSweb." in play.text
        else:
            assert "Możesz zamówić mLegitymację" in play.text
            on_payments = bool(play.app.screen.query(PaymentsPage))
            assert on_payments == (paths == (OrderPath.PAYMENTS,))


async def test_elsewhere_the_payments_key_tells_why_not() -> None:
    async with playing(ANNA) as play:
        await play.press("p")
        assert "nie korzysta z płatności w modelu FK" in play.text


async def test_the_students_page_leads_to_the_payments() -> None:
    async with playing(PIOTR, Give("usosweb.students")) as play:
        play.app.screen.query_one("#to-payments").focus()
        await play.press("enter")
        assert "Należności nierozliczone" in play.text
        assert play.app.screen.query_one(OptionList).highlighted is not None


async def test_the_2026_skin_asks_for_the_state() -> None:
    async with playing(EWA, Give("usosweb.mlegitymacja"), size=TALL) as play:
        assert "Co oznaczają statusy" in play.text
        assert "Sprawdź status zamówienia" not in play.text
        play.app.follow = False
        await play.press("z")
        assert "Sprawdź status zamówienia" in play.text
        await play.stage.play((WaitFor(OrderStatus.READY),))
        assert "Status:  ● Oczekuje" in play.text
        play.app.screen.query_one("#refresh").focus()
        await play.press("enter")
        assert "Status:  ✓ Do odbioru" in play.text
        assert "Dodaj mLegitymację do mObywatela" in play.text
        await play.press("f2")
        assert "Add mLegitymacja to mObywatel" in play.text
        assert "What the statuses mean" in play.text


async def test_the_2026_skin_hides_the_codes_until_they_are_asked_for() -> None:
    steps = (Give("usosweb.mlegitymacja"), Give("mlegitymacja.order"), WaitFor(OrderStatus.READY))
    async with playing(EWA, *steps, size=TALL) as play:
        assert "Kod aktywacyjny:" not in play.text
        for shown in (True, False):
            play.app.screen.query_one("#codes").focus()
            await play.press("enter")
            assert ("Kod aktywacyjny:" in play.text) is shown


async def test_what_a_student_ends_is_cancelled_in_the_2026_skin() -> None:
    steps = (Give("usosweb.mlegitymacja"), Give("mlegitymacja.order"), WaitFor(OrderStatus.READY))
    async with playing(EWA, *steps, size=TALL) as play:
        assert "Unieważnij mLegitymację" not in play.text
        play.app.screen.query_one("#end").focus()
        await play.press("enter", "left", "enter")
        assert "Status:  ⊘ Anulowane" in play.text
        ordering, staff = play.services.ordering, play.stage.session("dziekanat")
        ordering.place(play.stage.session(EWA), ())
        await play.stage.play((WaitFor(OrderStatus.READY),))
        order = ordering.card(play.stage.session(EWA)).orders[0]
        play.services.office_orders.revoke_one(staff, order.id, "Skreślenie")
        await play.look_again()
        assert "Status:  ⊘ Unieważnione" in play.text


async def test_the_classic_skin_has_none_of_it() -> None:
    async with playing(ANNA, Give("usosweb.mlegitymacja"), Give("mlegitymacja.order")) as play:
        assert "Sprawdź status zamówienia" not in play.text
        assert not play.app.screen.query_one("#refresh").display
