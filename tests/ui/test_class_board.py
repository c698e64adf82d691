"""Zajęcia: opening a class, its board beside those who take part, and all that the trainer does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from mleg_tui.domain.classroom import Classroom, Participant, Presence, Result
from mleg_tui.errands.play import Scenarios
from mleg_tui.errands.steps import Give, Key
from mleg_tui.gallery.stage import Stage
from mleg_tui.services.participants import Seat
from mleg_tui.services.services import Services
from mleg_tui.services.session import IDLE_LIMIT, Administrator
from mleg_tui.services.store import Work
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.settle import settle
from mleg_tui.ui.office.class_board import ClassBoard
from mleg_tui.ui.office.class_opening import OpeningForm
from mleg_tui.ui.office.class_results import ResultsDialog
from mleg_tui.ui.office.class_rows import ClassHead, ShownRow, share, since
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.dialogs import Question, Told
from mleg_tui.ui.widgets.form import Form
from tests.factories import house
from tests.ui.pilot import Play, Running, playing, program_on, text_of, told

OFFICE, BY = "dziekanat", Administrator()
PAGE = Give("office.classes")
EXERCISES = ("photo-waiting", "not-active")


def a_class(services: Services, *nicknames: str, of: tuple[str, ...] = EXERCISES) -> list[Seat]:
    """Open a class, and let some join it."""
    exercises = Scenarios(services).for_class(of)
    services.classes.open(BY, "Grupa 2", exercises, "klon")
    return [services.participants.join("grupa-2", one, "klon") for one in nicknames]


def known(services: Services) -> Classroom:
    (one,) = services.classes.opened(BY)
    return one


def participant(services: Services, nickname: str) -> Participant:
    return services.store.read(lambda view: view.get(Participant, f"grupa-2/{nickname}"))


def change(services: Services, nickname: str, **changes: Any) -> None:
    """Let it be so of a participant."""

    def make(work: Work) -> None:
        one = work.get(Participant, f"grupa-2/{nickname}")
        work.save(replace(one, **changes))

    services.store.transact(make)


def at_work(services: Services, nickname: str, minutes: int, *, solved: bool = False) -> None:
    """Let somebody have reached a stage of the first exercise so many minutes ago."""
    now = services.clock.now()
    began, moved = now - timedelta(hours=2), now - timedelta(minutes=minutes)
    result = Result(
        exercise=EXERCISES[0],
        began_at=began,
        moved_on_at=moved,
        reached=1,
        solved_at=moved if solved else None,
    )
    change(services, nickname, results=(result,))


async def open_board(play: Play) -> None:
    await play.give("office.classes")
    await play.press("enter")
    assert play.on_top(ClassBoard)


def rows(play: Play) -> list[str]:
    lines = play.text.splitlines()
    top = next(number for number, line in enumerate(lines) if line.lstrip().startswith("Pseudonim"))
    shown = (line.strip() for line in lines[top + 1 : -2])
    return [line for line in shown if line and not line.startswith("✓")]


async def test_it_says_that_it_is_no_part_of_the_real_systems_and_what_is_open() -> None:
    async with playing(OFFICE, PAGE) as play:
        assert "To nie jest część prawdziwych systemów." in play.text
        assert "Żadne zajęcia nie są otwarte." in play.text
        assert play.focused == "open"
        a_class(play.services, "Żółw", "lis")
        await play.look_again()
        line = next(line for line in play.text.splitlines() if "Grupa 2" in line)
        assert line.split()[1:6] == ["Grupa", "2", "klon", "2", "1/2"]


async def test_a_class_is_opened_with_exercises_in_the_order_of_choosing() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("o")
        await play.write("Grupa 2")
        await play.press("enter", "enter")
        await play.write("zdjęcie czeka")
        await play.press("down", "enter")
        assert "wybrane: 1" in play.text
        await play.press("shift+tab", *["backspace"] * len("zdjęcie czeka"))
        await play.write("urlop")
        await play.press("enter", "enter")
        assert "wybrane: 2" in play.text
        await play.press("tab", "enter")
        assert play.on_top(ClassBoard)
        opened = known(play.services)
        assert [one.id for one in opened.exercises] == [*EXERCISES]
        assert len(opened.word) > 4
        assert f"hasło: {opened.word}" in play.text


async def test_an_exercise_is_dropped_again_and_the_others_move_up() -> None:
    async with playing(OFFICE, PAGE) as play:
        await play.press("o", "tab", "tab", "tab", "enter", "down", "enter", "up", "enter")
        assert "wybrane: 1" in play.text
        assert [line for line in play.text.splitlines() if " 1." in line]
        assert not [line for line in play.text.splitlines() if " 2." in line]


async def test_what_is_wrong_is_said_in_the_form_and_nothing_is_lost() -> None:
    async with playing(OFFICE, PAGE) as play:
        a_class(play.services)
        await play.press("o")
        for _field in range(3):
            await play.press("enter")
        await play.press("tab", "enter")
        assert "Nazwa zajęć" in told(play.app)
        assert play.focused == "field-0"
        await play.write("grupa 2")
        await play.press("tab", "tab", "tab", "tab", "enter")
        assert "Zajęcia mają od 1 do 20 różnych ćwiczeń." in told(play.app)
        await play.press("enter", "tab", "enter")
        assert "Zajęcia „grupa-2” są już otwarte." in told(play.app)
        assert play.on_top(OpeningForm)
        assert play.app.screen.query_one("#field-0", Input).value == "grupa 2"
        await play.press("escape")
        assert len(play.services.classes.opened(BY)) == 1


async def test_who_is_stuck_longest_comes_first_and_who_is_done_last() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "jeż", "sowa")
        at_work(play.services, "lis", 3)
        at_work(play.services, "jeż", 30, solved=True)
        at_work(play.services, "sowa", 65)
        await open_board(play)
        told_of = [row.split()[:4] for row in rows(play)]
        assert told_of == [
            ["sowa", "1/2", "1/2", "1:05"],
            ["lis", "1/2", "1/2", "3"],
            ["jeż", "1/2", "1/2", "✓"],
        ]
        assert "1/3" in play.text.splitlines()[3]  # the bar of the first exercise


async def test_a_row_tells_page_last_act_how_long_ago_and_hints() -> None:
    async with playing(OFFICE, size=(120, 40)) as play:
        a_class(play.services, "lis")
        at = play.services.clock.now() - timedelta(seconds=25)
        seen = Presence("usosweb.mlegitymacja", "mlegitymacja.order", at)
        change(play.services, "lis", presence=seen, hints=1)
        await open_board(play)
        (row,) = rows(play)
        assert "mLegitymacja" in row
        assert "Zamów" in row
        assert "20 s" in row
        assert "1/" in row.split()[-2]
        change(play.services, "lis", seat="")
        await play.look_again()
        assert "– offline" in rows(play)[0]
        assert "offline: 1" in play.text


async def test_the_cursor_stays_on_somebody_while_others_move() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "jeż", "sowa")
        await open_board(play)
        await play.press("end")
        table: Table[ShownRow] = play.app.screen.query_one(Table)
        assert table.row is not None
        marked = table.row
        at_work(play.services, marked.nickname, 200)
        await play.look_again()
        assert table.row.id == marked.id
        assert table.cursor == 0


async def test_only_the_rows_that_differ_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, *(f"osoba {number}" for number in range(12)))
        await open_board(play)
        painted: list[int] = []
        monkeypatch.setattr(Table, "refresh_line", lambda _table, y: painted.append(y))
        at = play.services.clock.now()
        change(play.services, "osoba 3", presence=Presence("phone.home", "", at))
        await play.look_again()
        assert len(painted) == 1


async def test_one_of_many_is_found_by_the_nickname() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, *(f"osoba {number}" for number in range(40)))
        await open_board(play)
        await play.press("f")
        await play.write("37")
        await play.press("enter")
        table: Table[ShownRow] = play.app.screen.query_one(Table)
        assert table.row is not None
        assert table.row.nickname == "osoba 37"


async def test_a_narrow_board_leaves_out_the_last_act_alone() -> None:
    async with playing(OFFICE, size=(60, 20)) as play:
        a_class(play.services, "lis")
        await open_board(play)
        heading = next(line for line in play.text.splitlines() if "Pseudonim" in line)
        assert heading.split() == [
            "Pseudonim",
            "Ćw.",
            "Krok",
            "Stoi",
            "Strona",
            "Temu",
            "Podp.",
            "Rozw.",
        ]


async def test_words_go_to_one_and_to_all() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        await open_board(play)
        await play.press("t")
        assert "Wiadomość zobaczy tylko lis." in told(play.app)
        await play.write("Zajrzyj do zadania")
        await play.press("enter")
        message = participant(play.services, "lis").message
        assert message is not None
        assert message.text == "Zajrzyj do zadania"
        assert "✓ lis ma wiadomość." in play.text
        await play.press("o", "enter")
        assert "Wiadomość: wpisz od 1 do 200 znaków" in told(play.app)
        await play.write("Kończymy za minutę")
        await play.press("enter")
        message = known(play.services).message
        assert message is not None
        assert message.text == "Kończymy za minutę"
        assert "✓ Wszyscy mają wiadomość." in play.text


async def test_hints_are_given_until_there_are_no_more() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "jeż")
        hints = known(play.services).exercises[0].hints
        await open_board(play)
        await play.press("home", "p")
        assert participant(play.services, "jeż").hints == 1
        assert participant(play.services, "lis").hints == 0
        await play.press(*["d"] * hints)
        assert participant(play.services, "lis").hints == hints
        assert participant(play.services, "jeż").hints == hints
        await play.press("d")
        assert play.on_top(Told)
        assert "Więcej podpowiedzi do tego ćwiczenia nie ma." in play.text


async def test_one_goes_on_at_once_and_all_after_a_question() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "jeż")
        await open_board(play)
        await play.press("n")
        assert participant(play.services, "jeż").exercise == 1
        await play.press("N")
        assert play.on_top(Question)
        assert "Rozwiązało: 0 z 2." in told(play.app)
        await play.press("enter")
        assert known(play.services).exercise == 0
        await play.press("N", "right", "enter")
        assert known(play.services).exercise == 1
        assert participant(play.services, "lis").exercise == 1
        await play.press("N")
        assert "To już ostatnie ćwiczenie zajęć." in told(play.app)


async def test_everybodys_clock_is_stopped_and_goes_on() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services)
        await open_board(play)
        await play.press("c")
        assert known(play.services).stopped
        assert "zegary stoją" in play.text
        await play.press("c")
        assert not known(play.services).stopped


async def test_somebody_is_sent_out_after_a_question() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "jeż")
        await open_board(play)
        await play.press("U", "enter")
        assert len(rows(play)) == 2
        await play.press("U", "right", "enter")
        assert [row.split()[0] for row in rows(play)] == ["lis"]
        assert "✓ jeż już nie bierze udziału." in play.text


async def test_closing_asks_first_and_leaves_nothing() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        await open_board(play)
        await play.press("X", "enter")
        assert play.on_top(ClassBoard)
        await play.press("X", "right", "right", "enter")
        assert not play.services.classes.opened(BY)
        assert not play.on_top(ClassBoard)
        assert "Żadne zajęcia nie są otwarte." in play.text


async def test_the_results_are_offered_before_closing_and_saved_as_csv(tmp_path: Path) -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis", "=1+1")
        at_work(play.services, "lis", 3, solved=True)
        await open_board(play)
        await play.press("X", "right", "enter")
        assert play.on_top(ResultsDialog)
        assert "✓ 117 min 0 s" in told(play.app)
        await play.press("left", "left", "enter", *["backspace"] * len("grupa-2.csv"))
        await play.write(str(tmp_path / "wyniki.csv"))
        await play.press("enter")
        assert "zapisano: " in told(play.app)
        text = (tmp_path / "wyniki.csv").read_text(encoding="utf-8")
        assert "lis,photo-waiting,true,1:57:00,0,7020" in text
        assert "'=1+1" in text
        await play.press("right", "enter")
        assert "wysłano do schowka" in told(play.app)
        await play.press("escape")
        assert play.services.classes.opened(BY)


async def test_who_is_served_copies_the_results_and_is_told_how_the_server_saves_them() -> None:
    home = house()
    a_class(home.services, "lis")
    options = Options(frozen=True, local=False)
    async with Running(program_on(home.services, options, home.session(OFFICE))) as board:
        await board.shows("Zalogowany użytkownik")
        board.press("q")
        await board.shows("Grupa 2")
        board.press("enter")
        await board.shows("hasło: klon")
        board.press("e")
        await board.shows("Kopiuj CSV")
        await board.shows("mleg-tui class results")
        assert "Zapisz…" not in text_of(board.app)


def test_bars_are_as_full_as_the_share() -> None:
    assert [share(part, 30, 10).count("▓") for part in (0, 1, 3, 15, 29, 30)] == [0, 0, 1, 5, 9, 10]
    assert share(0, 0, 10) == "░" * 10


@pytest.mark.parametrize("number", [1, 2, 7, 20])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
async def test_the_bars_of_any_number_of_exercises_leave_room_for_the_rows(
    number: int, size: tuple[int, int]
) -> None:
    async with playing(OFFICE, size=size) as play:
        ids = [one.id for one in Scenarios(play.services).all() if one.exercise is not None]
        a_class(play.services, "lis", of=tuple(ids[:number]))
        await open_board(play)
        head = play.app.screen.query_one(ClassHead)
        assert head.size.height <= (6 if size[1] < 30 else 9)
        assert play.text.count("0/1") >= number
        assert rows(play)[0].startswith("lis")


async def test_where_the_screen_is_plain_the_bars_are_words() -> None:
    stage = Stage(MemoryStore, OFFICE, "pl", "usosweb", plain=True)
    a_class(stage.services, "lis")
    at_work(stage.services, "lis", 0, solved=True)
    async with stage.app.run_test(size=(80, 24)):
        await settle(stage.app)
        await stage.play((PAGE, Key("enter")))
        assert "Rozwiązane: 1: 1/1, 2: 0/1" in text_of(stage.app)
        assert "▓" not in text_of(stage.app)


async def test_with_nobody_there_it_says_so_and_why_nothing_can_be_done() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services)
        await open_board(play)
        assert "Nikogo jeszcze nie ma." in play.text
        await play.press("t")
        assert "Na zajęciach nikogo jeszcze nie ma." in told(play.app)


async def test_the_class_may_be_closed_elsewhere() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        await open_board(play)
        await play.press("t")
        play.services.classes.close(BY, "grupa-2")
        await play.look_again()
        assert play.on_top(Form)  # what is being typed is not taken away
        await play.press("escape")
        assert not play.on_top(ClassBoard)
        assert "Zajęcia się skończyły." in play.text


async def test_what_happens_behind_another_screen_is_there_on_the_way_back() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        await open_board(play)
        await play.give("app.settings")
        at_work(play.services, "lis", 30)
        await play.look_again()
        await play.press("escape")
        assert "30 min" in rows(play)[0]


async def test_who_watches_a_class_at_work_is_not_logged_out_for_pressing_no_key() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        await open_board(play)
        for _time in range(3):
            play.stage.clock.moment += IDLE_LIMIT - timedelta(minutes=1)
            change(play.services, "lis", hints=0)
            await play.look_again()
        assert play.on_top(ClassBoard)
        play.stage.clock.moment += IDLE_LIMIT
        await play.app.keep_time()
        assert not play.on_top(ClassBoard)


async def test_the_board_is_live_beside_those_who_take_part() -> None:
    home = house()
    (seat,) = a_class(home.services, "lis")
    program = program_on(home.services, Options(), home.session(OFFICE))
    async with Running(program, (120, 40)) as board:
        await board.shows("Zalogowany użytkownik")
        board.press("q")
        await board.shows("Grupa 2")
        board.press("enter")
        await board.shows("hasło: klon")
        at = home.services.clock.now()
        home.services.participants.note({seat: Presence("phone.home", "desk.switch", at)})
        await board.shows("Telefon")


async def test_it_speaks_both_languages() -> None:
    async with playing(OFFICE) as play:
        a_class(play.services, "lis")
        at_work(play.services, "lis", 3, solved=True)
        await open_board(play)
        await play.press("f2")
        assert "✓ done" in play.text
        assert "word: klon" in play.text
        assert "Nickname" in play.text


async def test_a_world_of_ones_own_has_no_classes() -> None:
    async with playing(OFFICE) as play:
        play.app.services.is_own_world = True
        await play.give("usosweb.staff")
        assert "Zajęcia" not in play.text
        await play.press("q")
        assert "W świecie, który jest tylko Twój, nie prowadzi się zajęć." in play.text


@pytest.mark.parametrize(
    ("time", "said", "calm"),
    [
        (timedelta(seconds=-3), "teraz", "teraz"),
        (timedelta(seconds=9), "teraz", "teraz"),
        (timedelta(seconds=59), "50 s", "teraz"),
        (timedelta(seconds=60), "1 min", "1 min"),
        (timedelta(hours=1, minutes=5), "1:05 h", "1:05 h"),
    ],
)
def test_a_time_is_told_in_steps_so_that_a_board_rests(
    time: timedelta, said: str, calm: str
) -> None:
    assert since(time) == said
    assert since(time, calm=True) == calm
