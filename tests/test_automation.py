"""Steps in the program, and where on the screen a step is going to press."""

from __future__ import annotations

import pytest

from mleg_tui.automation import Stuck, place_of
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.text import LocalText
from mleg_tui.errands.steps import (
    Cancel,
    Choose,
    Fill,
    Give,
    LogIn,
    Look,
    Order,
    Push,
    Refresh,
    Step,
    WaitFor,
)
from mleg_tui.textual_internals.settle import strips
from tests.ui.pilot import Play, playing

ANNA = "anna.nowak"


def shown_at(play: Play, step: Step) -> str | None:
    """Return the text of the place where a step is going to press."""
    place = place_of(step, play.app)
    if place is None:
        return None
    rows = strips(play.app)[place.y : place.bottom]
    return " ".join(row.crop(place.x, place.right).text.strip() for row in rows).strip()


async def test_the_place_of_a_step_shows_what_is_pressed() -> None:
    async with playing() as play:
        submit = shown_at(play, Push("submit"))
        assert submit is not None
        assert "ZALOGUJ" in submit
        field = place_of(Fill(field="login", text="x"), play.app)
        assert field is not None
        assert field == play.app.screen.query_one("#login").region
        assert place_of(Fill(text="x"), play.app) == field
        assert shown_at(play, Look()) is None
        with pytest.raises(Stuck):
            place_of(Push("nobody"), play.app)


@pytest.mark.parametrize("language", ["pl", "en"])
async def test_the_place_of_a_command_is_its_key_in_the_footer(language: str) -> None:
    page = Give("usosweb.mlegitymacja")
    async with playing(ANNA, page, language=language) as play:
        told = {"pl": "z Zamów", "en": "z Order"}[language]
        assert shown_at(play, Give("mlegitymacja.order")) == told
        with pytest.raises(Stuck):
            place_of(Give("order.revoke"), play.app)


async def test_a_step_says_whether_it_goes_as_it_is_told() -> None:
    steps = (
        LogIn(ANNA, "nie to", refused=("WRONG_CREDENTIALS",)),
        LogIn(ANNA),
        Give("usosweb.mlegitymacja"),
        Order(sees=LocalText({"pl": "Twoje zamówienie jest przetwarzane"})),
        Order(refused=("CANNOT_ORDER",)),
    )
    async with playing(None, *steps[:-1]) as play:
        with pytest.raises(Stuck):
            await play.stage.play(steps[-1:])
        await play.stage.play([WaitFor(OrderStatus.READY), Refresh(status=OrderStatus.READY)])
        for wrong in (
            Refresh(status=OrderStatus.PENDING),
            Cancel(),
            LogIn(ANNA, refused=("THROTTLED",)),
            Look(sees=LocalText({"pl": "nie ma tego"})),
            Choose(option="nobody"),
        ):
            with pytest.raises(Stuck):
                await play.stage.play([wrong])
