"""The page of the plastic card, the payments it brings along, and where the photo's page stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mleg_tui.domain.university import MenuTab, University
from mleg_tui.errands.steps import ApplyEls, Forward, Give, Office, Pay
from mleg_tui.services.store import Work
from mleg_tui.ui.usosweb.els import ElsPage
from mleg_tui.ui.usosweb.frame import Tabs
from mleg_tui.ui.usosweb.menu import EVERYBODY, Menu
from mleg_tui.ui.usosweb.payments.page import PaymentsPage
from mleg_tui.ui.usosweb.photo import PhotoPage
from mleg_tui.ui.widgets.dialogs import Question
from tests.ui.pilot import Play, playing

ANNA, EWA, MAJA = "anna.nowak", "ewa.lis", "maja.krol"
PAGE = Give("usosweb.els")
TALL = (100, 40)


async def test_one_applies_after_a_question_and_pays_what_appears() -> None:
    async with playing(MAJA, PAGE, size=TALL) as play:
        assert "Nie masz legitymacji plastikowej." in play.text
        await play.press("n")
        assert play.on_top(Question)
        assert "22,00 PLN" in play.text
        await play.press("enter")
        assert "Nie masz legitymacji plastikowej." in play.text, "the safe answer does nothing"
        await play.press("n", "left", "enter")
        assert "czeka na wydanie karty" in play.text
        assert "Do zapłaty: 22,00 PLN" in play.text
        await play.press("n")
        assert "już złożono" in play.text
        await play.press("escape", "p")
        assert "Dział Spraw Studenckich" in play.text
        assert not play.app.screen.query(PaymentsPage), "one orders on the page mLegitymacja"


async def test_the_page_follows_the_payment_and_the_card() -> None:
    paid = (ApplyEls(), Pay("22", due=f"{MAJA}-els001"), Forward("1d"))
    async with playing(MAJA, *paid, PAGE, size=TALL) as play:
        assert "✓ Rozliczona" in play.text
        await play.stage.play((Office("issue-els"),))
        await play.look_again()
        assert "✓ Masz legitymację plastikową" in play.text
        await play.press("f2")
        assert "You have a plastic card" in play.text


async def test_the_menu_has_the_page_only_where_one_applies() -> None:
    async with playing(MAJA, Give("usosweb.students"), size=TALL) as play:
        assert "Legitymacja plastikowa" in entries(play)
        assert "Płatności (model FK)" in entries(play)
    async with playing(ANNA, Give("usosweb.students"), size=TALL) as play:
        assert "Legitymacja plastikowa" not in entries(play)
        await play.press("j")
        assert "bez wniosku" in play.text
        assert not play.app.screen.query(ElsPage)


async def test_the_office_sees_the_application() -> None:
    async with playing("dziekanat", ApplyEls(who=MAJA), size=TALL) as play:
        await play.give("office.students")
        await play.press("n")
        await play.write("maja")
        await play.press("enter", "enter")
        assert "brak, wniosek z" in play.text


async def test_the_photo_stands_where_the_university_has_it() -> None:
    async with playing(EWA, Give("usosweb.students"), size=TALL) as play:
        assert "Zdjęcie do legitymacji" not in entries(play)
        await play.press("0")
        assert play.app.screen.query(PhotoPage)
        assert entries(play) == ["Zdjęcie do legitymacji"]
        assert "DLA WSZYSTKICH" in play.text
        tabs = play.app.screen.query_one(Tabs)
        assert tabs.active == EVERYBODY
        tabs.focus()
        await play.press("right")
        assert tabs.active == "usosweb.news"


@pytest.mark.parametrize("user", [ANNA, "dziekanat"])
async def test_a_tab_with_nothing_on_it_is_not_there(user: str) -> None:
    async with playing(user, size=TALL) as play:
        assert "DLA WSZYSTKICH" not in play.text
        await play.press("0")
        assert not play.app.screen.query(PhotoPage)


async def test_where_the_photo_stands_is_data() -> None:
    async with playing(ANNA, Give("usosweb.photo"), size=TALL) as play:
        assert "mLegitymacja" in entries(play)

        def move(work: Work) -> None:
            work.save(replace(work.get(University, "agh"), photo_tab=MenuTab.EVERYBODY))

        play.services.store.transact(move)
        play.app.log_in(play.stage.session(ANNA), play.services.campus.university("agh"))
        await play.look_again()
        await play.press("f")
        assert entries(play) == ["Zdjęcie do legitymacji"]


def entries(play: Play) -> list[str]:
    menu = play.app.screen.query_one(Menu)
    return [str(menu.get_option_at_index(i).prompt).strip() for i in range(menu.option_count)]
