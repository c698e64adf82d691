"""Joining a class, and taking part in it."""

from __future__ import annotations

from asyncio import sleep, timeout, to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.widgets import Digits, Input

from mleg_tui.compose import own_worlds
from mleg_tui.domain.classroom import Participant, Presence
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.entrance import Entrance
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.participants import Seat
from mleg_tui.services.session import Administrator
from mleg_tui.services.turns import Turns
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.classroom.joining import EntranceForm
from mleg_tui.ui.classroom.number import NumberShown
from mleg_tui.ui.desk import Desk
from mleg_tui.ui.exercise import ExerciseScreen
from mleg_tui.ui.office.choice import Choice
from mleg_tui.ui.options import Options
from mleg_tui.ui.usosweb.login import LoginScreen
from mleg_tui.ui.widgets.dialogs import Question
from tests.factories import House, house
from tests.ui.pilot import Running, text_of, told

BY = Administrator()
CLASS, WORD = "grupa-2", "klon"


class School:
    """A store with a class in it, and programs on it."""

    def __init__(self) -> None:
        self.house: House = house()
        self.services = self.house.services
        self.worlds = own_worlds(self.services, Beginning())
        self.turns = Turns()
        self.noted: list[tuple[Seat, Presence]] = []

    def open(self, name: str = "Grupa 2") -> None:
        exercises = Scenarios(self.services).for_class(("never-refreshed", "ordered-twice"))
        self.services.classes.open(BY, name, exercises, WORD)

    def _note(self, seat: Seat, presence: Presence) -> None:
        self.noted.append((seat, presence))

    def note(self, one: Participant) -> None:
        self.services.store.transact(lambda work: work.save(one))

    def program(self, language: str = "pl") -> MlegTui:
        shared = self.services.guarded()
        entrance = Entrance(shared, self.worlds, "", self._note, self.turns)
        options = Options(local=False, language=language)
        first_sight = self.services.campus.first_sight(options.university)
        return MlegTui(shared, options, None, first_sight, entrance)

    def participant(self, nickname: str = "żółw") -> Participant:
        return self.services.store.read(lambda view: view.get(Participant, f"{CLASS}/{nickname}"))


@pytest.fixture
def school() -> School:
    made = School()
    made.open()
    return made


@asynccontextmanager
async def joined(
    school: School, size: tuple[int, int] = (80, 24), language: str = "pl"
) -> AsyncIterator[Running]:
    """Run a program in which somebody sits in the class, their exercise's window closed."""
    async with Running(school.program(language), size) as running:
        await fill_in(running, "Żółw", WORD)
        await running.until(lambda: isinstance(running.app.screen, NumberShown))
        running.press("enter")
        await running.until(lambda: isinstance(running.app.screen, ExerciseScreen))
        running.press("escape")
        await running.until(lambda: isinstance(running.app.screen, Desk))
        yield running


async def fill_in(running: Running, nickname: str, secret: str, *ways: str) -> None:
    await running.shows("● ")
    running.press("down", *ways, "enter")
    await running.until(lambda: isinstance(running.app.screen, EntranceForm))
    await write(running, nickname, secret)


async def write(running: Running, *texts: str) -> None:
    for number, text in enumerate(texts):
        await running.until(lambda: isinstance(running.app.focused, Input))
        running.app.screen.query_one(f"#field-{number}", Input).value = text
    running.app.screen.query_one("#field-1").focus()
    running.press("enter")


async def test_the_login_page_offers_a_class_while_one_is_open() -> None:
    school = School()
    async with Running(school.program()) as running:
        await running.shows("dziekanat i symulacja")
        assert "zajęć" not in text_of(running.app)
        await to_thread(school.open)
        await running.shows("Dołącz do zajęć…")
        await to_thread(school.services.classes.close, BY, CLASS)
        await running.until(lambda: "zajęć" not in text_of(running.app))


async def test_a_program_at_home_offers_no_class(school: School) -> None:
    options = Options()
    first_sight = school.services.campus.first_sight(options.university)
    async with Running(MlegTui(school.services.guarded(), options, None, first_sight)) as running:
        await running.shows("Obejrzyj pokaz… (")
        assert "zajęć" not in text_of(running.app)


async def test_which_class_it_is_is_asked_where_there_are_several(school: School) -> None:
    school.open("Grupa 3")
    async with Running(school.program()) as running:
        await running.shows("Dołącz do zajęć…")
        running.press("down", "enter")
        await running.until(lambda: isinstance(running.app.screen, Choice))
        running.press("down", "enter")
        await running.shows("Dołącz do zajęć: Grupa 3")


async def test_what_is_wrong_is_told_in_the_form_and_nothing_is_lost(school: School) -> None:
    async with Running(school.program()) as running:
        await fill_in(running, "Żółw", "brzoza")
        await running.shows("To nie jest hasło tych zajęć.")
        field = running.app.screen.query_one("#field-0", Input)
        assert field.value == "Żółw"
        await write(running, "", WORD)
        await running.shows("Pseudonim: wpisz od 1 do 20 znaków")
        running.press("f2")
        await running.shows("Join the class: Grupa 2")
        running.press("f2")
        await write(running, "Żółw", WORD.upper())
        await running.until(lambda: isinstance(running.app.screen, NumberShown))


async def test_the_number_is_shown_until_it_is_noted(school: School) -> None:
    async with Running(school.program()) as running:
        await fill_in(running, "Żółw", WORD)
        await running.until(lambda: isinstance(running.app.screen, NumberShown))
        number = (await to_thread(school.participant)).number
        assert running.app.screen.query_one(Digits).value == number
        assert f"Numer: {number}" in text_of(running.app)
        running.press("enter")
        await running.shows("Twój numer do powrotu na zajęcia:")
        assert number in told(running.app)
        assert "Schowaj" not in text_of(running.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_sits_in_the_exercise_and_sees_where_one_stands(
    school: School, size: tuple[int, int]
) -> None:
    async with joined(school, size) as running:
        where = "Żółw 1/2" if size[1] < 30 else "ZAJĘCIA  Grupa 2 · Żółw · ćwiczenie 1 z 2"
        await running.shows(where)
        await running.shows("Zalogowany użytkownik: Flora Kmieć")
        assert running.app.owns_world


async def test_one_goes_on_when_the_exercise_is_solved_until_the_last(school: School) -> None:
    async with joined(school, (120, 40)) as running:
        running.press("ctrl+r")
        await running.shows("To ćwiczenie nie jest jeszcze rozwiązane.")
        running.press("escape")
        running.press("l")
        await running.shows("oczekujący")
        running.press(".")
        await running.shows("w toku")
        running.press(".")
        await running.shows("Ctrl+R następne ćwiczenie")
        running.press("ctrl+r")
        await running.shows("Zamów, a potem spróbuj zamówić drugi raz")
        running.press("escape")
        await running.shows("ćwiczenie 2 z 2")
        assert (await to_thread(school.participant)).exercise == 1
        running.press("l", "z")
        await running.shows("oczekujący")
        running.press("z")
        await running.shows("Zamknij")
        running.press("escape", ".", ".")
        await running.shows("✓ wszystkie ćwiczenia za Tobą")
        running.press("ctrl+r")
        await running.shows("To było ostatnie ćwiczenie zajęć.")


@pytest.mark.parametrize("key", ["P", "ctrl+n"])
async def test_one_may_begin_the_exercise_anew(school: School, key: str) -> None:
    async with joined(school) as running:
        (before,) = (await to_thread(school.participant)).results
        running.press("l")
        await running.shows("oczekujący")
        running.press("a")
        await running.until(lambda: isinstance(running.app.screen, Question))
        running.press("right", "enter")
        await running.shows("Zamówienie anulowane.")
        running.press(key)
        if key == "ctrl+n":
            await running.until(lambda: isinstance(running.app.screen, ExerciseScreen))
            running.press("left", "enter")
        await running.shows("Zacząć ćwiczenie od nowa?")
        running.press("right", "enter")
        await running.until(lambda: isinstance(running.app.screen, ExerciseScreen))
        running.press("escape")
        await running.until(lambda: isinstance(running.app.screen, Desk))
        running.press("l")
        await running.shows("oczekujący")
        (after,) = (await to_thread(school.participant)).results
        assert (after.began_at, after.reached) == (before.began_at, before.reached)


@pytest.mark.parametrize("language", ["pl", "en"])
async def test_a_message_takes_its_lines_from_the_page_until_it_is_put_away(
    school: School, language: str
) -> None:
    async with joined(school, language=language) as running:
        text = "Kto skończy, niech pomoże sąsiadowi. " * 5
        await to_thread(school.services.classes.say, BY, CLASS, text, "żółw")
        await running.shows("PROWADZĄCY  Kto" if language == "pl" else "TRAINER  Kto")
        await running.shows("Ctrl+Y schowaj" if language == "pl" else "Ctrl+Y hide")
        assert isinstance(running.app.screen, Desk)
        running.press("ctrl+y")
        await running.until(lambda: "sąsiadowi" not in text_of(running.app))


async def test_a_message_waits_while_a_code_is_on_the_screen(school: School) -> None:
    async with joined(school) as running:
        running.press("l")
        await running.shows("oczekujący")
        running.press(".", ".", "b")
        await running.shows("Kod aktywacyjny:")
        await to_thread(school.services.classes.say, BY, CLASS, "Cześć")
        await running.shows("Żółw 1/2 ●")
        assert "Cześć" not in text_of(running.app)
        running.press("escape", "1")
        await running.shows("PROWADZĄCY  Cześć")


async def test_where_one_is_and_what_one_does_is_noted_once_each(school: School) -> None:
    async with joined(school) as running:
        running.press("l")
        await running.shows("oczekujący")
        await running.until(
            lambda: (
                ("usosweb.mlegitymacja", "usosweb.mlegitymacja")
                in [(one.page, one.act) for _seat, one in school.noted]
            )
        )
        noted = len(school.noted)
        running.press("f5")
        await running.until(lambda: len(school.noted) > noted)
        assert len(school.noted) == noted + 1


async def test_who_comes_back_is_on_the_page_where_they_were(school: School) -> None:
    async with joined(school):
        number = (await to_thread(school.participant)).number

    _seat, presence = school.noted[-1]
    back = replace(presence, page="usosweb.mlegitymacja")
    one = await to_thread(school.participant)
    await to_thread(school.note, replace(one, presence=back))
    async with Running(school.program()) as running:
        await fill_in(running, "ŻÓŁW", number, "down")
        await running.shows("oczekujący")
        assert not isinstance(running.app.screen, ExerciseScreen)


async def test_who_comes_back_with_a_wrong_number_is_told(school: School) -> None:
    async with Running(school.program()) as running:
        await fill_in(running, "Żółw", "000000", "down")
        await running.shows("Nie ma na tych zajęciach nikogo o tym pseudonimie")


async def test_who_is_sent_out_is_on_the_login_page_and_hears_why(school: School) -> None:
    async with joined(school) as running:
        await to_thread(school.services.classes.remove, BY, CLASS, "żółw")
        await running.shows("Zajęcia się skończyły.")
        assert isinstance(running.app.screen, LoginScreen)
        assert running.app.participation is None
        assert not running.app.owns_world
        await running.shows("Dołącz do zajęć…")


async def test_one_sits_down_when_it_is_ones_turn(school: School, takers: list[Turns]) -> None:
    end = await school.turns.take()
    async with Running(school.program()) as running:
        await fill_in(running, "Żółw", WORD)
        async with timeout(15):
            while len(takers) < 2:  # noqa: ASYNC110 - it is not at rest
                await sleep(0.005)
        assert isinstance(running.app.screen, EntranceForm)
        end()
        await running.until(lambda: isinstance(running.app.screen, NumberShown))
        running.press("enter")
        await running.until(lambda: isinstance(running.app.screen, ExerciseScreen))
        assert takers == [school.turns] * 3
        (await school.turns.take())()
