"""A class over either way to be served: joining, working, coming back, the trainer's word."""

from __future__ import annotations

import re
from asyncio import to_thread

import pytest

from mleg_tui.domain.classroom import Participant
from mleg_tui.domain.order import Order
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from tests.serve.conftest import Serving
from tests.serve.conversation import Screen, holds, new_services

BY = Administrator()
EXERCISES = ("never-refreshed", "ordered-twice")
CLASS = "grupa-2"


@pytest.fixture
def school() -> Services:
    services = new_services()
    services.classes.open(BY, "Grupa 2", Scenarios(services).for_class(EXERCISES), "klon")
    return services


def participants(school: Services) -> tuple[Participant, ...]:
    return school.classes.board(BY, CLASS).participants


async def join(terminal: Screen, nickname: str = "Żółw") -> str:
    """Join the class, and return the number."""
    await terminal.until("Dołącz do zajęć…")
    terminal.press("down", "enter")
    await terminal.until("Hasło zajęć:")
    terminal.type(nickname)
    terminal.press("tab")
    terminal.type("klon")
    terminal.press("enter")
    await terminal.until("Twój numer na zajęciach")
    found = re.search(r"Numer: (\d{6})", terminal.text)
    assert found
    terminal.press("enter")
    await terminal.until("SYMULATOR: ćwiczenie")
    terminal.press("escape")
    await terminal.until(lambda: "SYMULATOR: ćwiczenie" not in terminal.text)
    return found[1]


async def come_back(terminal: Screen, number: str, nickname: str = "żółw") -> None:
    await terminal.until("Wracam na zajęcia…")
    terminal.press("down", "down", "enter")
    await terminal.until("Pseudonim:")
    terminal.type(nickname)
    terminal.press("tab")
    terminal.type(number)
    terminal.press("enter")
    await terminal.until("ćwiczenie 1 z 2")


async def test_one_joins_works_in_a_world_of_ones_own_and_comes_back_to_it(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server:
        async with server.terminal() as terminal:
            number = await join(terminal)
            assert "ZAJĘCIA  Grupa 2 · Żółw · ćwiczenie 1 z 2" in terminal.text
            assert "Flora Kmieć" in terminal.text
            terminal.press("l")
            await terminal.until("oczekujący")
            terminal.press(".")
            await terminal.until("w toku 12:")
        await holds(lambda: not server.worker.context.sessions)
        (one,) = await to_thread(participants, school)
        assert not one.seat, "nobody sits there"
        assert one.presence is not None
        assert (one.presence.page, one.presence.act) == (
            "usosweb.mlegitymacja",
            "time.next",
        )
        assert not await to_thread(school.store.read, lambda view: view.select(Order))
        async with server.terminal() as terminal:
            await come_back(terminal, number)
            await terminal.until("w toku 12:")
