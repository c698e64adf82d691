"""Nobody but the office reaches any of this: by key, palette, command, or a screen of its own."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.screen import Screen

from mleg_tui.domain.account import Role
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.availability import Situation, StaffOnly, offered, why_not
from mleg_tui.ui.commands import COMMANDS, OFFICE_COMMANDS, Place
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.office.file_screen import FileScreen
from mleg_tui.ui.office.listing import ListPage
from mleg_tui.ui.office.order_screen import OrderScreen
from mleg_tui.ui.office.simulation import SimulationPage
from mleg_tui.ui.office.student_screen import StudentScreen
from mleg_tui.ui.usosweb.menu import Menu
from mleg_tui.ui.widgets.dialogs import Told
from tests.ui.pilot import Play, playing

ANNA = "anna.nowak"
OTHERS = (ANNA, "kontroler")
ANYWHERE = frozenset(Place)
PORTAL = frozenset({Place.EVERYWHERE, Place.USOSWEB, Place.DESK})
TOGETHER = (
    PORTAL | {Place.OFFICE_LIST, Place.OFFICE_ORDERS},
    PORTAL | {Place.OFFICE_LIST, Place.OFFICE_STUDENTS},
    PORTAL | {Place.SIMULATION},
    frozenset({Place.EVERYWHERE, Place.OFFICE_ORDER}),
    frozenset({Place.EVERYWHERE, Place.OFFICE_STUDENT}),
)


def sees_the_office(play: Play) -> bool:
    pages = play.app.screen.query("ListPage, SimulationPage, FileScreen")
    return bool(pages) or isinstance(play.app.screen, FileScreen)


@pytest.mark.parametrize("places", TOGETHER, ids=lambda places: "+".join(sorted(places)))
def test_no_key_stands_for_two_commands_at_once(places: frozenset[Place]) -> None:
    for one, other in combinations(offered(Situation(places)), 2):
        assert not set(one.keys) & set(other.keys), (one.id, other.id)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.INSPECTOR, None])
@pytest.mark.parametrize("command", [command.id for command in OFFICE_COMMANDS])
def test_every_command_is_the_offices_alone(command: str, role: Role | None) -> None:
    assert isinstance(why_not(command, Situation(ANYWHERE, role)), StaffOnly)
    assert why_not(command, Situation(ANYWHERE, Role.OFFICE)) is None


@pytest.mark.parametrize("user", OTHERS)
async def test_no_key_leads_there(user: str) -> None:
    keys = {key for command in OFFICE_COMMANDS for key in command.keys} | {"4"}
    async with playing(user) as play:
        for key in sorted(keys - {"w", "m"}):
            await play.press(key)
            assert not sees_the_office(play), key
            await play.press("escape")


@pytest.mark.parametrize("user", OTHERS)
async def test_no_command_leads_there(user: str) -> None:
    async with playing(user) as play:
        for command in OFFICE_COMMANDS:
            await play.give(command.id)
            assert play.on_top(Told), command.id
            assert not sees_the_office(play)
            await play.press("escape")
            assert play.on_top(Desk)


@pytest.mark.parametrize("words", ["dziennik", "symulacja", "studenci", "pracownik"])
async def test_the_palette_leads_nowhere(words: str) -> None:
    async with playing(ANNA) as play:
        await play.press("f4")
        await play.write(words)
        await play.press("enter")
        assert not sees_the_office(play)


@pytest.mark.parametrize("kind", [OrderScreen, StudentScreen])
async def test_even_an_open_screen_shows_and_does_nothing(
    kind: type[OrderScreen | StudentScreen],
) -> None:
    async with playing(ANNA) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        session = play.app.session
        assert session is not None
        screen: Screen[None] = kind(session, f"{ANNA}-001" if kind is OrderScreen else ANNA)
        play.app.call_later(play.app.push_screen, screen)
        await settle(play.app)
        assert "Nie masz uprawnień do tej czynności." in play.text
        await play.press("escape")
        assert "401237" not in play.text
        for command in COMMANDS.values():
            if command.place is kind.place:
                await play.give(command.id)
                assert play.on_top(Told)
                await play.press("escape")


@pytest.mark.parametrize(
    ("command", "page"),
    [
        ("usosweb.staff", ListPage),
        ("office.students", ListPage),
        ("office.audit", ListPage),
        ("office.simulation", SimulationPage),
    ],
)
async def test_the_office_gets_there(command: str, page: type) -> None:
    async with playing("dziekanat") as play:
        await play.give(command)
        assert play.app.screen.query(page)


async def test_the_pages_stand_in_a_row_above_a_file_where_the_menu_has_no_room() -> None:
    async with playing("dziekanat", size=(80, 24)) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("5", "enter")
        row = play.text.splitlines().index(
            next(line for line in play.text.splitlines() if "Dziennik zmian" in line)
        )
        await play.pilot.click(offset=(play.text.splitlines()[row].index("Dziennik"), row))
        await play.press()
        assert play.on_top(Desk)
        assert play.app.screen.query("AuditPage")


async def test_an_open_file_stands_in_the_portals_frame_and_leads_on_from_there() -> None:
    async with playing("dziekanat", size=(120, 40)) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("5", "enter", "o")
        assert play.on_top(StudentScreen)
        assert "DLA PRACOWNIKÓW" in play.text
        menu = play.app.screen.query_one(Menu)
        menu.focus()
        menu.highlighted = menu.get_option_index("simulation")
        await play.press("enter")
        assert play.on_top(Desk)
        assert play.app.screen.query("SimulationPage")
        await play.press("5", "enter")
        assert play.on_top(OrderScreen)
        await play.give("usosweb.students")
        assert play.on_top(Told), "a tab that is for students only"
        await play.press("escape")
        assert play.on_top(OrderScreen)
        await play.give("usosweb.mine")
        assert play.on_top(Desk)
        assert play.app.screen.query("MyDataPage")
