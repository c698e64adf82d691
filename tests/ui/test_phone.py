"""The phone itself: frame, tiles, way back, push notice, and the simulator's rail beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets._toast import Toast

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Forward, Give, WaitFor
from mleg_tui.gallery.catalogue import SCENES
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.phone.app import AppBar
from mleg_tui.ui.phone.banner import Banner
from mleg_tui.ui.phone.frame import PhonePane
from mleg_tui.ui.phone.mobilny_usos import MyMlegitymacjaPage
from mleg_tui.ui.phone.rail import PhoneRail
from mleg_tui.ui.widgets.dialogs import Question
from mleg_tui.ui.widgets.translated import TranslatedButton
from tests.ui.focus import in_sight
from tests.ui.mobywatel import Hand, in_hand, quick_passwords
from tests.ui.pilot import Play, playing

EWA = "ewa.lis"
READY = "Twoja mLegitymacja jest gotowa do zainstalowania"
_MOBILE = (Give("desk.switch"), Give("phone.mobilny_usos"))
_UNTIL_READY = WaitFor(OrderStatus.READY)


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


@asynccontextmanager
async def mine(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
    """Have ewa.lis at the page of her order in Mobilny USOS."""
    async with playing(EWA, *_MOBILE, size=size) as play:
        hand = Hand(play)
        await hand.tap("to-mlegitymacja")
        await hand.tap("to-mine")
        yield hand


def rail(play: Play) -> str:
    """Return what the simulator says beside the phone."""
    region = play.app.screen.query_one(PhoneRail).region
    rows = play.text.splitlines()[region.y : region.bottom]
    return " ".join(" ".join(row[region.x : region.right].strip("│ ") for row in rows).split())


async def test_the_phone_has_a_frame_tiles_and_a_bar_to_go_home() -> None:
    async with playing(EWA, Give("desk.switch")) as play:
        for drawn in ("╭", "12:00", "telefon 1", "▂▄▆ w sieci", "mOb", "USOS", "━━━━━━━━━━", "╰"):
            assert drawn in play.text
        assert play.focused == "phone-mobilny_usos"
        await play.press("right", "enter")
        assert "Sklep z aplikacjami" in play.text


async def test_the_way_back_is_named_and_can_be_clicked() -> None:
    async with playing(EWA, *_MOBILE, size=(120, 40)) as play:
        hand = Hand(play)
        await hand.tap("to-mlegitymacja")
        bar = hand.page.opened_in.query_one(AppBar)
        assert "‹ Mobilny USOS" in play.text
        await play.press("f7")
        await play.pilot.click(bar, offset=(2, 0))
        await settle(play.app)
        assert "‹ Aplikacje" in play.text
        assert play.focused == "to-menu"


async def test_the_side_menu_slides_in_and_back_puts_it_away_first() -> None:
    async with playing(EWA, *_MOBILE) as play:
        hand = Hand(play)
        assert play.focused == "to-mlegitymacja"
        assert "UMCS (symulacja)" in play.text
        await play.press("escape")
        assert play.focused == "to-menu"
        assert not hand.page.query_one("#drawer").display
        await play.press("enter")
        assert play.focused == "to-mlegitymacja"
        await play.press("escape", "escape")
        assert play.focused == "phone-mobilny_usos"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_push_notice_comes_on_the_phone_and_leads_to_the_order(
    size: tuple[int, int],
) -> None:
    async with mine(size) as hand:
        play = hand.play
        await play.press("z", "h")
        await play.stage.play((_UNTIL_READY,))
        banner = play.app.screen.query_one(Banner)
        assert "● Mobilny USOS · 12:05" in play.text
        assert not play.app.screen.query(Toast)
        tile = play.app.screen.query_one("#phone-mobilny_usos")
        assert not banner.region.overlaps(tile.region)
        banner.focus()
        await settle(play.app)
        assert "Enter otwiera" in play.text
        await play.press("enter")
        assert isinstance(hand.page, MyMlegitymacjaPage)
        assert not banner.display
        assert play.focused == "copy-token"


async def test_while_usosweb_is_seen_its_key_tells_of_a_push_notice() -> None:
    async with mine() as hand:
        play = hand.play
        await play.press("z", "f7")
        await play.stage.play((_UNTIL_READY,))
        assert "F7 ● Telefon" in play.text.splitlines()[-1]
        assert not play.app.screen.query(Toast)
        await play.press("f7")
        assert isinstance(play.app.focused, Banner)
        await play.press("enter")
        assert play.focused == "copy-token"
        await play.press("f7")
        assert "F7 Telefon" in play.text.splitlines()[-1]


async def test_a_push_notice_goes_with_what_it_told() -> None:
    async with mine() as hand:
        play = hand.play
        await play.press("z", "h")
        await play.stage.play((_UNTIL_READY,))
        assert "Mobilny USOS · 12:05" in play.text
        play.services.ordering.revoke(hand.session)
        await play.look_again()
        assert "Mobilny USOS · 12:05" not in play.text


async def test_the_page_that_says_it_needs_no_push_notice() -> None:
    async with mine() as hand:
        await hand.play.press("z")
        await hand.play.stage.play((_UNTIL_READY,))
        assert READY in hand.shown
        assert not hand.play.app.screen.query_one(Banner).display


async def test_a_copy_is_confirmed_beside_the_code_and_covers_nothing() -> None:
    async with mine() as hand:
        play = hand.play
        await play.press("z")
        await play.stage.play((_UNTIL_READY,))
        await play.press("t")
        row = next(row for row in play.text.splitlines() if "Kopiuj kod QR" in row)
        assert "✓ skopiowano" in row
        assert "wysłano do schowka" in rail(play)
        assert not play.app.screen.query(Toast)
        await play.press("k")
        rows = play.text.splitlines()
        assert [row for row in rows if "✓ skopiowano" in row] == [
            row for row in rows if "Kopiuj kod aktywacyjny" in row
        ]


async def test_without_the_network_mobilny_usos_says_so_and_orders_nothing() -> None:
    async with mine() as hand:
        play = hand.play
        await play.press("n")
        assert "✗ Brak połączenia z internetem." in play.text
        assert "✗ brak sieci" in play.text
        await play.press("z", "escape")
        assert hand.play.services.ordering.card(hand.session).order is None
        await play.press("n", "z")
        assert hand.play.services.ordering.card(hand.session).order is not None


async def test_cancelling_and_revoking_on_the_phone_ask_with_the_safe_answer_chosen() -> None:
    async with mine() as hand:
        await hand.play.press("z")
        for key, until in (("a", None), ("U", _UNTIL_READY)):
            if until is not None:
                await hand.play.stage.play((until,))
            await hand.play.press(key)
            assert hand.play.on_top(Question)
            assert hand.play.focused == "no"
            await hand.play.press("enter")
            card = hand.play.services.ordering.card(hand.session)
            assert card.status in (OrderStatus.PENDING, OrderStatus.READY)


async def test_the_keys_of_the_rail_can_be_clicked_from_the_other_pane() -> None:
    async with playing(EWA, size=(120, 40)) as play:
        region = play.app.screen.query_one(PhoneRail).region
        rows = play.text.splitlines()
        y = next(y for y in range(region.y, region.bottom) if "wyłącz sieć" in rows[y])
        await play.pilot.click(offset=(rows[y].index("wyłącz sieć"), y))
        await settle(play.app)
        assert "✗ brak sieci" in play.text
        assert "włącz sieć" in rail(play)
        assert play.app.screen.query_one(PhonePane).is_active


async def test_the_app_is_installed_with_one_press_and_only_online() -> None:
    async with in_hand(installed=False) as hand:
        assert "Sklep z aplikacjami" in hand.text
        await hand.play.press("n", "enter")
        assert "Brak połączenia z internetem." in hand.shown
        assert not hand.phone().has_app
        await hand.play.press("n", "enter")
        assert hand.play.focused == "new"
        assert hand.phone().has_app
        await hand.play.press("escape", "o")
        assert "Ustaw hasło aplikacji" in hand.text


async def test_where_nothing_is_yet_the_document_is_another_one() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        assert "Inny dokument" in hand.text
        await hand.play.press("enter")
        assert hand.play.focused == "student-card"
        assert "mLegitymacja Studencka" in hand.text


@pytest.mark.parametrize(
    ("user", "name"),
    [("anna.nowak", "mLegitymacja Studencka"), (EWA, "Legitymacja Studencka")],
)
async def test_the_document_is_called_as_the_university_calls_it(user: str, name: str) -> None:
    scene = SCENES["mobywatel.choose" if user == "anna.nowak" else "phone.home"]
    async with playing(user, *scene.steps) as play:
        hand = Hand(play)
        if user == EWA:
            await play.stage.play((Give("desk.phone"),))
            await hand.set_up()
            await play.press("d")
        button = hand.page.query_one("#student-card", TranslatedButton)
        assert str(button.message) == name


async def test_a_token_that_is_too_old_gets_mobywatels_own_sentence() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token(camera=False)
        token = hand.codes.token
        await hand.play.stage.play((Forward(by="31d"),))
        await hand.fill("token-typed", token)
        await hand.tap("next")
        assert "✗ mLegitymacja nie istnieje" in hand.shown
        assert "Kody wygasły" not in hand.shown
        assert "Kody wygasły, bo nie zostały użyte na czas." in rail(hand.play)
        await hand.fill("token-typed", token[1:])
        await hand.tap("next")
        assert "podano 31, a ma 32" in hand.shown
        assert "Kody wygasły" not in rail(hand.play)


async def test_accepting_the_terms_leads_on_to_the_button() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.play.press("enter", "enter")
        assert hand.play.focused == "terms"
        await hand.play.press("enter")
        assert hand.play.focused == "next"


@pytest.mark.parametrize(
    "scene",
    [name for name in SCENES if name.startswith(("mobywatel.", "mobilny_usos.", "phone."))],
)
async def test_nothing_covers_a_button_or_a_field_of_the_phone(scene: str) -> None:
    played = SCENES[scene]
    async with playing(played.user, *played.steps) as play:
        screen = play.app.screen
        if not screen.query(PhonePane):
            return  # a question has come over it
        pane = screen.query_one(PhonePane)
        assert not pane.query_one("#case").region.overlaps(pane.rail.region)
        seen = [w for w in screen.focus_chain if screen.find_widget(w).visible_region]
        assert in_sight(screen) == seen
        assert not screen.query(Toast) or not pane.display
