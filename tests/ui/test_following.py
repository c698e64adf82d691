"""Pages that follow the store, or wait for F5 as the real USOSweb does; sessions side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from mleg_tui.services.clock import StandingClock
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card, Ordering
from mleg_tui.services.session import Administrator, Session
from mleg_tui.simulation.switches import Machine
from mleg_tui.ui.options import Options
from tests.factories import House, house
from tests.ui.pilot import Running, playing, program_on, text_of

ANNA = "anna.nowak"
STEPS_NEED = timedelta(minutes=20)


def program(home: House, *, follow: bool = True) -> Running:
    """Return a program of its own process, as it were: on the same store, with its own services."""
    options = Options(follow=follow, screen="usosweb")
    return Running(program_on(home.services, options, home.session()))


async def open_page(running: Running) -> None:
    await running.shows("Zalogowany użytkownik")
    running.press("l")
    await running.shows("Możesz zamówić mLegitymację")


async def test_a_live_page_follows_what_another_session_does() -> None:
    home = house()
    async with program(home) as running:
        await open_page(running)
        home.services.ordering.place(home.session())
        await running.shows("Status:  ● oczekujący")
        home.services.time.forward(STEPS_NEED)
        await running.shows("Kod aktywacyjny: ")


async def test_the_programs_own_machines_move_the_order_when_its_time_comes() -> None:
    home = house()
    async with program(home) as running:
        await open_page(running)
        running.press("z")
        await running.shows("Status:  ● oczekujący")
        home.clock.moment += STEPS_NEED
        await running.shows("Kod aktywacyjny: ")


async def test_as_in_usosweb_the_page_changes_after_a_refresh_only() -> None:
    home = house()
    async with program(home, follow=False) as running:
        await open_page(running)
        told: list[str] = []
        running.app.services.feed.subscribe(Interest.of("orders"), partial(told.append, "orders"))
        home.services.ordering.place(home.session())
        await running.until(lambda: bool(told))
        assert "Brak mLegitymacji" in text_of(running.app)
        running.press("f5")
        await running.shows("Status:  ● oczekujący")


async def test_following_can_be_switched_on() -> None:
    home = house()
    async with program(home, follow=False) as running:
        await open_page(running)
        running.press("f6")
        await running.shows("na żywo")
        home.services.ordering.place(home.session())
        await running.shows("Status:  ● oczekujący")


async def test_two_programs_on_one_store_show_the_same_order() -> None:
    home = house()
    async with program(home) as first, program(home) as second:
        await open_page(first)
        await open_page(second)
        first.press("z")
        await second.shows("Status:  ● oczekujący")
        second.press("a")
        await second.shows("Zamówienie zostanie anulowane.")
        second.press("left", "enter")
        await first.shows("Status:  – anulowany")


async def test_each_of_two_programs_speaks_its_own_language() -> None:
    home = house()
    async with program(home) as first, program(home) as second:
        await open_page(first)
        await open_page(second)
        second.press("f2")
        await second.shows("SIMULATION — NOT A DOCUMENT")
        home.services.ordering.place(home.session())
        await first.shows("Status:  ● oczekujący")
        await second.shows("Status:  ● pending")
        assert "SYMULACJA — NIE JEST DOKUMENTEM" in text_of(first.app)


async def test_an_idle_session_is_logged_out_and_told_why() -> None:
    async with playing(ANNA) as play:
        assert play.app.session is not None
        clock = play.stage.clock
        assert isinstance(clock, StandingClock)
        clock.moment = play.app.session.ends_at - timedelta(seconds=1)
        await play.press("l")
        clock.moment += timedelta(seconds=2)
        await play.look_again()
        assert "Możesz zamówić" in play.text, "a key keeps the session alive"
        clock.moment = play.app.session.ends_at
        await play.look_again()
        assert "✗ Sesja wygasła z powodu bezczynności. Wylogowano." in play.text
        assert play.app.session is None


async def test_a_key_that_comes_too_late_does_not_act() -> None:
    async with playing(ANNA) as play:
        assert play.app.session is not None
        session = play.app.session
        play.stage.clock.moment = session.ends_at
        await play.press("l")
        assert "Sesja wygasła" in play.text
        assert play.focused == "login"


async def test_logging_out_leaves_nothing_of_the_session() -> None:
    async with playing(ANNA) as play:
        await play.press("w")
        assert play.app.session is None
        assert "Anna" not in play.text.replace("anna.nowak", "")
        assert len(play.app.screen_stack) == 1, "the login page"


async def test_an_outage_takes_the_pages_place_until_it_is_over() -> None:
    home = house()
    async with program(home) as running:
        await open_page(running)
        desk = home.services.simulation
        desk.switch(Administrator(), Machine.USOSWEB, down=True)
        await running.shows("USOSweb tymczasowo niedostępny")
        running.press("z")
        await running.shows("Poczekaj i spróbuj później")
        running.press("escape")
        desk.switch(Administrator(), Machine.USOSWEB, down=False)
        await running.shows("Możesz zamówić mLegitymację")


def almost_expired(home: House) -> str:
    """Let an order become READY, and go on to a minute before its codes die; return the code."""
    home.services.ordering.place(home.session())
    home.services.time.forward(STEPS_NEED)
    card = home.services.ordering.card(home.session())
    assert card.order is not None
    assert card.order.codes is not None
    assert card.order.codes_expiration is not None
    home.services.time.forward(card.order.codes_expiration - card.now - timedelta(minutes=1))
    return card.order.codes.distribution_pass


async def test_codes_leave_an_open_page_when_their_time_is_over() -> None:
    home = house()
    code = almost_expired(home)
    async with program(home) as running:
        await running.shows("Zalogowany użytkownik")
        running.press("l")
        await running.shows(code)
        home.clock.moment += timedelta(minutes=2)
        await running.shows("Kody nie zostały użyte na czas i wygasły.")
        assert code not in text_of(running.app)


async def test_the_offices_rows_turn_with_the_date() -> None:
    home = house()
    almost_expired(home)
    office = program_on(home.services, Options(), home.session("dziekanat"))
    async with Running(office, (120, 40)) as running:
        await running.shows("Zalogowany użytkownik")
        running.press("4")
        await running.shows("gotowy do pobrania")
        home.clock.moment += timedelta(minutes=2)
        await running.shows("kody wygasły")


async def test_nothing_is_read_for_who_is_not_concerned() -> None:
    home = house()
    async with program(home) as anna:
        await open_page(anna)
        reads: list[object] = []
        ask = anna.app.ask_store

        async def noted(what: Callable[[], object]) -> object:
            reads.append(what)
            return await ask(what)

        anna.app.ask_store = noted  # type: ignore[method-assign, assignment]
        told: list[str] = []
        anna.app.services.feed.subscribe(Interest.of("orders"), partial(told.append, "orders"))
        home.services.ordering.place(home.session("ewa.lis"))
        await anna.until(lambda: bool(told))
        assert reads == []
        home.services.ordering.place(home.session())
        await anna.shows("Status:  ● oczekujący")
        assert reads


async def test_a_change_lets_the_card_be_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Session] = []
    read = Ordering.card

    def card(ordering: Ordering, session: Session) -> Card:
        looks.append(session)
        return read(ordering, session)

    async with playing("ewa.lis", size=(80, 40)) as play:
        await play.press("l")
        monkeypatch.setattr(Ordering, "card", card)
        play.services.ordering.place(play.stage.session("ewa.lis"))
        await play.look_again()
        assert "Brak mLegitymacji" not in play.text
        assert len(looks) == 1
