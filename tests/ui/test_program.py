"""The program is what its screens take it for; mypy compares the two, too."""

from __future__ import annotations

from collections.abc import Callable

from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.program import Program, program_of
from tests.ui.pilot import playing

MADE: Callable[..., Program] = MlegTui
ASKED_FOR = {
    name for name in (*vars(Program), *Program.__annotations__) if not name.startswith("_")
}


async def test_a_screen_finds_everything_that_it_may_ask_for() -> None:
    async with playing() as play:
        assert program_of(play.app.screen) is play.app
        assert {name for name in ASKED_FOR if not hasattr(play.app, name)} == set()
