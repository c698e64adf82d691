"""The office's orders at a glance."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give, Order, WaitFor
from mleg_tui.ui.office.dashboard import Dashboard, sparkline
from tests.ui.pilot import playing

TWO = (
    Order(who="anna.nowak"),
    WaitFor(OrderStatus.READY, who="anna.nowak"),
    Order(who="ola.wisniewska"),
)
OFFICE = (*TWO, Give("usosweb.staff"))


@pytest.mark.parametrize(
    ("counts", "line"),
    [([0, 0, 0], "▁▁▁"), ([0, 7, 1], "▁█▂"), ([4, 8], "▄█"), ([], "")],
)
def test_a_sparkline_has_a_bar_for_each_count(counts: list[int], line: str) -> None:
    assert sparkline(counts) == line


async def test_a_counter_shows_its_rows() -> None:
    async with playing("dziekanat", *OFFICE) as play:
        assert "● 1" in play.text
        await play.pilot.click("#READY")
        await play.press()
        assert "status: gotowy do pobrania" in play.text
        assert "Anna Nowak" in play.text
        assert "Ola Wiśniewska" not in play.text
        await play.pilot.click("#week")
        await play.press()
        assert "wiek: ostatnie 7 dni" in play.text
        assert "Ola Wiśniewska" in play.text


async def test_the_week_is_the_last_seven_days() -> None:
    async with playing("dziekanat", *OFFICE) as play:
        play.services.time.forward(timedelta(days=7))
        await play.look_again()
        await play.pilot.click("#week")
        await play.press()
        assert "Ola Wiśniewska" not in play.text


async def test_counts_follow_the_store() -> None:
    async with playing("dziekanat", Give("usosweb.staff")) as play:
        assert "● 0" in play.text
        ordering = play.services.ordering
        ordering.place(play.stage.session("anna.nowak"), ())
        await play.look_again()
        assert "● 1" in play.text


@pytest.mark.parametrize("language", ["pl", "en"])
async def test_in_a_tall_window_each_counter_says_all_that_it_has_to_say(language: str) -> None:
    async with playing("dziekanat", *OFFICE, language=language, size=(120, 40)) as play:
        cards = play.app.screen.query_one(Dashboard)
        rows = play.text.splitlines()[cards.region.y : cards.region.bottom]
        assert not [row for row in rows if "…" in row]
        since = "od" if language == "pl" else "since"
        assert [row for row in rows if re.search(rf"│ {since} \d\d-\d\d \d\d:\d\d", row)]
