"""When the store fails, and when the window is too small."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from mleg_tui.errands.steps import BreakStore, Give
from mleg_tui.ui.too_small import TooSmall
from mleg_tui.ui.widgets.dialogs import Failure
from tests.ui.pilot import playing

ANNA = "anna.nowak"
BROKEN = (Give("usosweb.mlegitymacja"), BreakStore(), Give("usosweb.refresh"))


async def test_a_failing_store_is_told_once_and_can_be_tried_again() -> None:
    async with playing(ANNA, *BROKEN) as play:
        assert play.on_top(Failure)
        assert "Magazyn danych jest zajęty przez inny proces: store.json" in play.text
        assert sum(isinstance(screen, Failure) for screen in play.app.screen_stack) == 1
        play.stage.store.broken = False
        await play.press("enter")
        assert not play.on_top(Failure)
        await play.press("z")
        assert "Status:  ● oczekujący" in play.text


async def test_trying_again_in_vain_tells_again() -> None:
    async with playing(ANNA, *BROKEN) as play:
        await play.press("enter")
        assert play.on_top(Failure)


async def test_giving_up_leaves_the_program_with_its_own_status() -> None:
    async with playing(ANNA, *BROKEN) as play:
        await play.press("right", "enter")
        assert play.app.return_code == 3


async def test_the_store_may_fail_while_somebody_logs_in() -> None:
    async with playing() as play:
        await play.write(ANNA)
        await play.press("enter")
        await play.write("demo")
        play.stage.store.broken = True
        await play.press("enter")
        assert play.on_top(Failure)


@pytest.mark.parametrize("size", [(59, 20), (60, 19), (20, 5)])
async def test_a_window_that_is_too_small_says_so_and_keeps_what_was_typed(
    size: tuple[int, int],
) -> None:
    async with playing() as play:
        await play.write("anna")
        await play.resize(*size)
        assert play.on_top(TooSmall)
        await play.resize(60, 20)
        assert not play.on_top(TooSmall)
        assert play.focused == "login"
        assert play.app.screen.query_one("#login", Input).value == "anna"


async def test_too_small_tells_the_size_that_is_needed_and_the_present_one() -> None:
    async with playing() as play:
        for width, height in [(50, 15), (45, 10)]:
            await play.resize(width, height)
            assert f"potrzeba 60×20, jest {width}×{height}" in play.text
            assert "SYMULACJA — NIE JEST DOKUMENTEM" in play.text


async def test_a_dialog_survives_a_window_that_is_too_small_for_a_while() -> None:
    async with playing(ANNA, *BROKEN) as play:
        await play.resize(40, 10)
        await play.resize(80, 24)
        assert play.on_top(Failure)
