"""Time at hand on every page: who may set it, and what the strip and the rail say of it."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.widgets import Input

from mleg_tui.domain.errors import NotYours
from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import Give
from mleg_tui.services.session import Anonymous
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.availability import OneClock
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.dialogs import Told
from mleg_tui.ui.widgets.rail import SimulationRail
from tests.factories import house
from tests.ui.pilot import Play, Running, playing, program_on

ANNA = "anna.nowak"
ORDERED = (Give("usosweb.mlegitymacja"), Give("mlegitymacja.order"))


def strip(play: Play) -> str:
    return play.text.splitlines()[0]


def rail(play: Play) -> str:
    return play.text.splitlines()[-2]


def stands(play: Play) -> bool:
    return play.services.time.timeline().paused


def status(play: Play) -> OrderStatus:
    card = play.services.ordering.card(play.stage.session(ANNA))
    assert card.status is not None
    return card.status


async def test_a_student_who_plays_alone_goes_on_to_what_happens_next() -> None:
    async with playing(ANNA, *ORDERED) as play:
        assert "SYMULATOR  12:02:44 przekazanie  ░░░░░░░░░░ jeszcze 2:44" in rail(play)
        await play.press(".")
        assert status(play) is OrderStatus.IN_PROGRESS
        assert "wydanie kodów" in rail(play)
        await play.press(".")
        assert status(play) is OrderStatus.READY
        assert "kody wygasają" in rail(play)
        assert "F8 bierze telefon do ręki" in rail(play)


async def test_time_stops_goes_on_and_runs_faster() -> None:
    async with playing(ANNA) as play:
        assert stands(play)  # as the gallery begins
        await play.press("=")
        assert not stands(play)
        assert "×1  2026-03-02 12:00" in strip(play)
        for pace in ("×60", "×600", "×3600", "×1 "):
            await play.press(">")
            assert pace in strip(play)
        await play.press("=")
        assert "(czas stoi)" in strip(play)
        await play.press(">")
        assert not stands(play)


@pytest.mark.parametrize(("sign", "pace"), [(" ▶ ", ""), ("▶▶", "×60")])
async def test_the_signs_can_be_clicked(sign: str, pace: str) -> None:
    async with playing(ANNA) as play:
        await play.pilot.click(offset=Offset(strip(play).index(sign) + 1, 0))
        await settle(play.app)
        assert (play.app.paused, play.app.pace) == (False, pace)


@pytest.mark.parametrize("page", ["usosweb.news", "phone.home", "office.audit", "office.students"])
async def test_time_is_at_hand_on_every_page(page: str) -> None:
    user = "dziekanat" if page.startswith("office") else ANNA
    begin = (Give("desk.phone"),) if page.startswith("phone") else ()
    async with playing(user, *begin, Give(page)) as play:
        if isinstance(play.app.focused, Input):
            await play.press("tab")
        await play.press("=")
        assert not stands(play)


async def test_where_one_types_the_keys_are_letters() -> None:
    async with playing() as play:
        await play.write("=.>")
        assert play.app.screen.query_one("#login", Input).value == "=.>"
        assert stands(play)


async def test_one_clock_is_for_all_where_the_program_is_served() -> None:
    home = house()
    session = home.session(ANNA)
    async with Running(program_on(home.services, Options(local=False), session)) as running:
        running.press("=")
        await running.until(lambda: isinstance(running.app.screen, Told))
        await running.shows(str(OneClock.message))
        assert not home.services.time.timeline().paused
        rails = running.app.screen_stack[-2].query(SimulationRail)
        assert all("następne" not in str(one.line) for one in rails)


async def test_the_office_sets_it_there_too() -> None:
    home = house()
    async with Running(
        program_on(home.services, Options(local=False), home.session("dziekanat"))
    ) as running:
        running.press("=")
        await running.until(lambda: running.app.paused)


def test_the_service_refuses_who_has_no_right() -> None:
    home = house()
    simulation = home.services.simulation
    for by in (home.session(ANNA), Anonymous()):
        for act in (simulation.stop_or_go_on, simulation.faster, simulation.step):
            with pytest.raises(NotYours):
                act(by)


async def test_a_page_on_which_nothing_is_under_way_rests() -> None:
    home = house()
    async with Running(program_on(home.services, Options(), home.session(ANNA))) as running:
        await running.shows("Nic się samo nie wydarzy.")
        (rail,) = running.app.screen.query(SimulationRail)
        rests: list[bool] = [rail.is_resting]
        home.services.ordering.place(home.session(ANNA))
        await running.shows("przekazanie")
        rests.append(rail.is_resting)
        assert rests == [True, False]
        running.press("=")
        await running.until(lambda: rail.is_resting)
