"""What would do something in somebody else's terminal is refused by the forms, in words."""

from __future__ import annotations

from textual import events

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give, Key, Order, WaitFor
from mleg_tui.gallery.catalogue import ANNA, OFFICE
from mleg_tui.textual_internals.settle import settle
from tests.active import CLIPBOARD
from tests.ui.pilot import Play, playing, told

_ORDER_READY = (Order(who=ANNA), WaitFor(OrderStatus.READY, who=ANNA))


async def paste(play: Play, text: str) -> None:
    play.app.post_message(events.Paste(text))
    await settle(play.app)


async def test_a_form_does_not_take_what_would_act_elsewhere() -> None:
    async with playing(OFFICE, *_ORDER_READY, Give("usosweb.staff"), Key("enter")) as play:
        await play.give("order.revoke")
        await paste(play, f"zguba{CLIPBOARD}")
        await play.press("enter")
        assert "✗ Powód: niedozwolony znak sterujący (U+001B) na pozycji 6" in play.text


async def test_a_pasted_list_names_the_line() -> None:
    async with playing(OFFICE, *_ORDER_READY, Give("usosweb.staff")) as play:
        await play.give("orders.revoke_list")
        await paste(play, "401237\r\nola\u200b.wisniewska\t305778")
        await play.press("tab")
        await play.write("zguba")
        await play.press("enter")
        assert "✗ wiersz 2: niedozwolony niewidoczny znak (U+200B) na pozycji 4" in told(play.app)


async def test_a_login_with_an_active_character_is_told() -> None:
    async with playing() as play:
        await paste(play, "anna\u202e.nowak")
        await play.press("enter")
        await play.write("demo")
        await play.press("enter")
        assert "✗ Identyfikator: niedozwolony znak zmieniający kierunek pisma" in told(play.app)
