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
    await terminal.until("Żółw 1/2")


async def test_one_joins_works_in_a_world_of_ones_own_and_comes_back_to_it(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server:
        async with server.terminal() as terminal:
            number = await join(terminal)
            assert "Żółw 1/2" in terminal.text
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


async def test_who_drops_the_link_comes_back_on_another_server(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server, server.terminal() as terminal:
        number = await join(terminal)
        terminal.press("l", ".")
        await terminal.until("w toku 12:")
        server.session.hang_up()
        await holds(lambda: not server.worker.context.sessions)
    async with serving(services=school) as server, server.terminal() as terminal:
        await come_back(terminal, number)
        await terminal.until("w toku 12:")


async def test_a_clock_goes_on_with_the_class_whose_owner_was_away_meanwhile(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server:
        async with server.terminal() as terminal:
            number = await join(terminal)
            terminal.press("=")
            await holds(lambda: not server.app.paused)
            await to_thread(school.classes.stop_clock, BY, CLASS, stopped=True)
            await holds(lambda: server.app.paused)
        await holds(lambda: not server.worker.context.sessions)
        await to_thread(school.classes.stop_clock, BY, CLASS, stopped=False)
        async with server.terminal() as terminal:
            await come_back(terminal, number)
            await holds(lambda: not server.app.paused)


async def test_a_second_session_takes_the_seat_and_the_first_is_told(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server, server.terminal() as first:
        number = await join(first)
        world = server.app.services
        async with server.terminal() as second:
            await come_back(second, number)
            await first.until("jest teraz inna sesja")
            await holds(lambda: world.feed._loop is None)
            first.press("f2")
            await first.until("Another session has your place")
            second.press("l")
            await second.until("oczekujący")
        await holds(lambda: len(server.worker.context.sessions) == 1)
        (one,) = await to_thread(participants, school)
        assert not one.seat


async def test_the_world_is_ones_own_and_has_an_office_of_its_own(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server, server.terminal(size=(100, 30)) as terminal:
        await join(terminal)
        terminal.press("w")
        await terminal.until("Wróć do ćwiczenia")
        await terminal.log_in("dziekanat")
        assert server.app.services is not school
        terminal.press("5")
        await terminal.until("Flora Kmi…")
        assert "wspólne dane" not in terminal.text
        assert "Zajęcia  " not in terminal.text
        assert server.app.doors.shared is None
        terminal.press("w")
        await terminal.until("Wróć do ćwiczenia")
        terminal.press("down", "enter")
        await terminal.until("Zalogowany użytkownik: Flora Kmieć")


async def test_the_trainer_speaks_hints_stops_clocks_moves_on_and_closes(
    serving: Serving, school: Services
) -> None:
    async with serving(services=school) as server, server.terminal(size=(100, 40)) as terminal:
        await join(terminal)

        async def does(act: str, *given: str, **named: bool) -> None:
            await to_thread(getattr(school.classes, act), BY, CLASS, *given, **named)

        await does("say", "Zażółć gęślą jaźń")
        await terminal.until("PROWADZĄCY  Zażółć gęślą jaźń")
        terminal.press("\x19")
        await terminal.until(lambda: "Zażółć" not in terminal.text)
        terminal.press("\x19")
        await terminal.until("Zażółć gęślą jaźń")
        await does("give_hint")
        await terminal.until("PODPOWIEDŹ  „Następne”")
        await does("stop_clock", stopped=True)
        await holds(lambda: server.app.standing and server.app.standing.stopped)
        terminal.press(".")
        await terminal.until("Zegary zatrzymała osoba prowadząca")
        terminal.press("escape")
        await does("stop_clock", stopped=False)
        await holds(lambda: server.app.standing and not server.app.standing.stopped)
        await does("move_on")
        await terminal.until("ćwiczenie 2 z 2")
        await terminal.until("Zamów, a potem spróbuj")
        await does("close")
        await terminal.until("Zajęcia się skończyły.")
        await terminal.until(lambda: "Dołącz do zajęć" not in terminal.text)
        assert server.app.services.store.sound is school.store  # type: ignore[attr-defined]
