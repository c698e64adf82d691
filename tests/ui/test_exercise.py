"""The exercise that is going on: in the rail, in its window, with hints, solved, gone astray."""

from __future__ import annotations

import pytest

from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.steps import Give, Office
from mleg_tui.services.session import Administrator
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.exercise import ExerciseScreen
from mleg_tui.ui.widgets.dialogs import Told
from tests.ui.pilot import Play, playing

BY = Administrator()
SARA, FLORA, OFFICE = "sara.milewska", "flora.kmiec", "dziekanat"
LARGE = (120, 40)
TASK = "ĆWICZENIE  Zdjęcie czeka: zatwierdź je i zobacz, czy studentka"


async def start(play: Play, name: str) -> None:
    """Set a scenario up, as somebody does at another screen."""
    scenarios = Scenarios(play.services)
    await play.services.off_loop.ask(lambda: scenarios.set_up(BY, scenarios.named(name)))
    await play.look_again()


async def sit_down(play: Play, login: str) -> None:
    session = await play.services.off_loop.ask(lambda: play.services.login.vouch(login))
    university = await play.services.off_loop.ask(lambda: play.services.campus.seat(session, "agh"))
    play.app.log_in(session, university)
    await settle(play.app)


def rail(play: Play, lines: int = 1) -> list[str]:
    return play.text.splitlines()[-1 - lines : -1]


@pytest.mark.parametrize("size", [(80, 24), LARGE])
async def test_the_office_sees_the_task_from_its_start_on_and_that_it_is_solved(
    size: tuple[int, int],
) -> None:
    async with playing(OFFICE, size=size) as play:
        assert "ĆWICZENIE" not in play.text
        await start(play, "photo-waiting")
        assert TASK in play.text
        assert "Ctrl+N zadanie" in play.text
        await play.stage.play([Office(act="approve-photo", who=SARA)])
        assert "ĆWICZENIE  ✓ rozwiązane w 0 s, podpowiedzi: 0 z 2" in play.text


async def test_a_student_sees_it_too_and_no_other_ones() -> None:
    async with playing(size=LARGE) as play:
        await start(play, "photo-waiting")
        await sit_down(play, SARA)
        assert TASK in play.text
        assert "SYMULATOR  " in play.text
        await play.app.log_out()
        await sit_down(play, "anna.nowak")
        assert "ĆWICZENIE" not in play.text


async def test_in_a_small_window_what_comes_soon_goes_first() -> None:
    async with playing() as play:
        await start(play, "never-refreshed")
        await sit_down(play, FLORA)
        assert "przekazanie" in rail(play)[0]
        assert "Ctrl+N ⚑" in rail(play)[0]
        await play.press(".", ".")
        assert "ĆWICZENIE  ✓ rozwiązane" in rail(play)[0]


async def test_hints_are_given_one_by_one_and_counted() -> None:
    async with playing(OFFICE, size=LARGE) as play:
        await start(play, "photo-waiting")
        await play.press("ctrl+n")
        assert play.on_top(ExerciseScreen)
        assert play.focused == "no"
        assert "○ Zdjęcie: zatwierdzone (jest: czeka na zatwierdzenie)" in play.text
        assert "nierozwiązane, 0 z 2, podpowiedzi: 0 z 2" in play.text
        await play.press("left", "left", "enter")
        assert "Podpowiedź 1: Decyzje dziekanatu" in play.text
        assert "podpowiedzi: 1 z 2" in play.text
        await play.press("enter")
        assert "Podpowiedź 2: W aktach studentki wybierz" in play.text
        assert play.focused == "no"
        assert play.app.screen.query_one("#hint").disabled
        await play.press("escape")
        assert "Podpowiedź 2: W aktach" in play.text


async def test_the_window_follows_what_happens_elsewhere() -> None:
    async with playing(OFFICE) as play:
        await start(play, "photo-waiting")
        await play.press("ctrl+n")
        await play.stage.play([Office(act="strike-off", who=SARA)])
        assert "! Student jest skreślony z listy" in play.text
        await play.stage.play(
            [Office(act="reinstate", who=SARA), Office(act="approve-photo", who=SARA)]
        )
        assert "! Student" not in play.text
        assert "✓ Zdjęcie: zatwierdzone" in play.text
        assert "✓ rozwiązane w" in play.text


async def test_a_wrong_way_is_said_in_the_rail() -> None:
    async with playing(OFFICE) as play:
        await start(play, "photo-waiting")
        await play.stage.play([Office(act="strike-off", who=SARA)])
        assert "ĆWICZENIE  ! Student jest skreślony z listy" in rail(play)[0]


async def test_a_greyed_command_that_says_why_not_can_be_what_is_practised() -> None:
    async with playing() as play:
        await start(play, "no-pesel")
        await sit_down(play, "marco.bianchi")
        await play.stage.play([Give("usosweb.mlegitymacja")])
        await play.give("mlegitymacja.order")
        assert play.on_top(Told)
        await play.press("escape")
        assert "ĆWICZENIE  ✓ rozwiązane" in rail(play)[0]


async def test_one_that_is_put_away_is_gone() -> None:
    async with playing(OFFICE) as play:
        await start(play, "photo-waiting")
        await play.press("ctrl+n", "left", "enter")
        assert not play.on_top(ExerciseScreen)
        assert "ĆWICZENIE" not in play.text
        await play.press("ctrl+n")
        assert "Nie trwa żadne ćwiczenie." in play.text


async def test_it_is_told_in_english_at_once() -> None:
    async with playing(OFFICE, size=LARGE) as play:
        await start(play, "photo-waiting")
        await play.press("f2")
        assert "EXERCISE  A photo is waiting" in play.text
        await play.press("ctrl+n", "f2")
        assert "SYMULATOR: ćwiczenie" in play.text


async def test_nobody_has_one_before_the_login() -> None:
    async with playing() as play:
        await start(play, "photo-waiting")
        await play.press("ctrl+n")
        assert "Nie trwa żadne ćwiczenie." in play.text


@pytest.mark.parametrize(("language", "easy"), [("pl", "łatwe  dziekanat"), ("en", "easy ")])
async def test_the_list_has_how_hard_whose_part_and_what_was_solved(
    language: str, easy: str
) -> None:
    async with playing(OFFICE, size=LARGE, language=language) as play:
        await start(play, "not-active")
        await play.stage.play([Office(act="reinstate", who="iga.sowinska")])
        await play.stage.play([Give("office.simulation"), Give("simulation.scenario")])
        listed = [line for line in play.text.splitlines() if easy.split(maxsplit=1)[0] in line]
        assert "✓ " in listed[0]
        assert not any("✓" in line for line in listed[1:])
        assert len(listed) > 5
