"""Keys that are typed in one burst: each takes effect where the one before has led."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from textual import events
from textual.widgets import Input

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.office.order_screen import OrderScreen
from mleg_tui.ui.widgets.dialogs import Question
from tests.ui.mobywatel import PASSWORD, in_hand, quick_passwords
from tests.ui.pilot import Play, playing
from tests.ui.test_office_orders import OFFICE, order_of, stock
from tests.ui.test_office_simulation import desk

ANNA, PIOTR = "anna.nowak", "piotr.zielinski"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def value(play: Play, field: str) -> str:
    return play.app.screen.query_one(f"#{field}", Input).value


@contextmanager
def waiting(play: Play) -> Iterator[None]:
    """Let the store answer nothing meanwhile."""
    free = threading.Event()
    store, read = play.stage.store, play.stage.store.sound.read

    def wait(ask: object) -> object:
        assert free.wait(30)
        return read(ask)  # type: ignore[arg-type]

    store.sound.read = wait  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        store.sound.read = read  # type: ignore[method-assign]
        free.set()


async def test_from_the_login_into_the_portal_and_on() -> None:
    async with playing() as play:
        await play.type_ahead(*ANNA, "tab", *"demo", "enter", "l", "z")
        assert "Zalogowany użytkownik: Anna Nowak" in play.text
        assert "Status:  ● oczekujący" in play.text


async def test_behind_a_refused_login_the_next_try_is_typed() -> None:
    async with playing() as play:
        await play.type_ahead(*ANNA, "tab", *"nie", "enter", *"de")
        assert "✗ Dostarczone dane" in play.text
        assert value(play, "password") == "de"
        await play.type_ahead(*"mo", "enter", "l")
        assert "Możesz zamówić mLegitymację" in play.text


async def test_a_paste_waits_like_keys() -> None:
    async with playing() as play:
        for key in (*ANNA, "tab", *"nie", "enter"):
            play.app.post_message(events.Key(key, key if len(key) == 1 else None))
        play.app.post_message(events.Paste("demo"))
        await settle(play.app)
        assert value(play, "password") == "demo"


async def test_from_the_new_app_password_to_the_document() -> None:
    async with in_hand() as hand:
        to_the_token = ("d", "enter", "enter", "enter", "tab", "enter")
        codes = (*hand.codes.token, "enter", *hand.codes.distribution_pass, "enter")
        await hand.play.type_ahead(*PASSWORD, "enter", *PASSWORD, "enter", *to_the_token, *codes)
        assert "✓ Legitymacja została dodana" in hand.shown
        await hand.play.type_ahead("enter", "escape", "escape", *PASSWORD, "enter", "enter")
        assert hand.title == "Legitymacja studencka"


async def test_from_a_wrong_app_password_to_the_next() -> None:
    async with in_hand(ready=False) as hand:
        await hand.set_up()
        await hand.play.type_ahead("escape", *"zle", "enter", *PASSWORD, "enter", "d")
        assert hand.title == "Wybór dokumentu"


async def test_a_refused_token_stays_as_it_was_sent() -> None:
    async with in_hand() as hand:
        await hand.set_up()
        await hand.to_token(camera=False)
        await hand.play.type_ahead(*"abc", "enter", *"def")
        assert "podano 3, a ma 32" in hand.shown
        assert value(hand.play, "token-typed") == "abcdef"


async def test_a_payment_is_of_the_amount_that_was_typed() -> None:
    async with playing(PIOTR, Give("usosweb.payments")) as play:
        await play.type_ahead("o", "enter", "enter", "2")
        assert "Moje dane" in play.text
        await play.type_ahead("p")
        assert "Wysłano 1 przelew, 22,00 PLN." in play.text


async def test_the_offices_reason_leads_to_the_safe_answer() -> None:
    async with playing(OFFICE) as play:
        await stock(play)
        id_ = "ola.wisniewska-001"
        await play.type_ahead("n", *"ola", "enter", "enter", "B", *"Brak zdjęcia", "enter", "enter")
        assert play.on_top(OrderScreen)
        assert order_of(play, id_).status is not OrderStatus.ERROR
        await play.type_ahead("B", *"Brak zdjęcia", "enter", "right", "enter")
        assert play.on_top(OrderScreen)
        assert order_of(play, id_).status is OrderStatus.ERROR
        assert order_of(play, id_).last_change.reason == "Brak zdjęcia"


async def test_the_simulations_forms_one_after_the_other() -> None:
    async with playing(OFFICE, Give("office.simulation")) as play:
        start = desk(play).now
        await play.type_ahead("n", "enter", "n", "backspace", "backspace", *"2h", "enter", "h")
        assert desk(play).now == start + timedelta(hours=3)
        assert not desk(play).paused


@pytest.mark.parametrize(("keys", "placed"), [(("enter",), True), (("right", "enter"), False)])
async def test_a_dialog_is_answered_by_the_button_that_was_gone_to(
    keys: tuple[str, ...], *, placed: bool
) -> None:
    async with playing(ANNA, Give("usosweb.mlegitymacja")) as play:
        await play.type_ahead("z", "a", *keys)
        assert not play.on_top(Question)
        assert ("Status:  ● oczekujący" in play.text) is placed


async def test_the_palette_is_asked_for_the_row_that_was_gone_to() -> None:
    async with playing(ANNA) as play:
        await play.type_ahead("f4", *"mój usosweb", "enter")
        assert "Moje dane" in play.text
        await play.type_ahead("f4", *"aktualności", "enter")
        assert "Moje dane" not in play.text
        await play.type_ahead("f4", "down", "enter")
        assert "Moje dane" in play.text  # the second of the recent commands


async def test_the_program_can_be_left_while_an_answer_is_awaited() -> None:
    async with playing() as play:
        with waiting(play):
            for key in (*ANNA, "tab", *"demo", "enter", "x", "ctrl+q"):
                play.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await settle(play.app, seconds=60)
        assert play.app.return_code == 0
