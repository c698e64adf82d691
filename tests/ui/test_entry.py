"""What is typed quickly takes effect in its order, and in the field that a key went on to."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from mleg_tui.errands.steps import Give
from mleg_tui.ui.office.listing import Find
from mleg_tui.ui.office.table import Table
from tests.ui.mobywatel import in_hand
from tests.ui.pilot import Play, playing


def values(play: Play) -> list[str]:
    return [field.value for field in play.app.screen.focus_chain if isinstance(field, Input)]


@pytest.mark.parametrize("onwards", ["enter", "ctrl+j", "tab"])
async def test_from_the_login_to_the_password(onwards: str) -> None:
    async with playing() as play:
        await play.type_ahead(*"anna", onwards, *"demo")
        assert values(play) == ["anna", "demo"]


async def test_and_back() -> None:
    async with playing() as play:
        await play.type_ahead(*"an", "enter", *"demo", "shift+tab", "end", *"na")
        assert values(play) == ["anna", "demo"]


@pytest.mark.parametrize("onwards", ["enter", "tab"])
async def test_from_a_new_app_password_to_its_repetition(onwards: str) -> None:
    async with in_hand(ready=False) as hand:
        await hand.play.type_ahead(*"Mocne", onwards, *"Haslo")
        assert values(hand.play) == ["Mocne", "Haslo"]


@pytest.mark.parametrize("onwards", ["enter", "tab"])
async def test_from_the_amount_to_the_account(onwards: str) -> None:
    async with playing("piotr.zielinski", Give("usosweb.payments")) as play:
        await play.press("o")
        before = values(play)
        await play.type_ahead("end", *"1", onwards, "end", *"2")
        assert values(play) == [before[0] + "1", before[1] + "2"]


async def test_from_the_pasted_list_to_the_reason() -> None:
    async with playing("dziekanat") as play:
        await play.press("5", "X")
        await play.type_ahead(*"401237", "tab", *"typo")
        assert play.app.screen.query_one(TextArea).text == "401237"
        assert values(play) == ["typo"]


async def test_keys_that_edit_are_not_overtaken() -> None:
    async with playing() as play:
        typed = ("c", "d", "backspace", "home", "x", "delete", "end", "left", "y", "enter", "z")
        await play.type_ahead("a", "b", *typed)
        assert values(play) == ["xby" + "c", "z"]


async def test_from_the_search_to_the_rows() -> None:
    async with playing("dziekanat") as play:
        await play.press("4", "s")
        play.app.screen.query_one(Find).focus()
        await play.type_ahead("a", "enter", "down")
        assert isinstance(play.app.focused, Table)
        assert values(play) == ["a"]
