"""Screens that others see: over the shoulder, and the trainer's on everybody's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from mleg_tui.compose import own_worlds
from mleg_tui.demo.to_all import play_unattended
from mleg_tui.domain.classroom import Participant
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.classes import LEASE
from mleg_tui.services.clock import Clock
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.off_loop import StoreSilent
from mleg_tui.services.participants import Seat
from mleg_tui.services.screen_copy import ScreenCopy
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.textual_internals.settle import settle, strips
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.classroom.look_here import LookHere
from mleg_tui.ui.classroom.publisher import ScreenPublisher
from mleg_tui.ui.classroom.screen_copy import copy_of
from mleg_tui.ui.classroom.watched import Watched
from mleg_tui.ui.office.class_board import ClassBoard
from mleg_tui.ui.office.shoulder import Shoulder
from mleg_tui.ui.options import Options
from mleg_tui.ui.widgets.bars import SeenBy
from tests.factories import House, house
from tests.ui.pilot import NOTICES, Running, program_on, text_of

BY = Administrator()
CLASS, NICKNAME, ID = "grupa-2", "Żółw", "grupa-2/żółw"
ANNA, OFFICE = "anna.nowak", "dziekanat"
SHORT, LONG = (80, 24), (100, 40)


@pytest.fixture
def school() -> House:
    home = house()
    exercises = Scenarios(home.services).for_class(("photo-waiting",))
    home.services.classes.open(BY, "Grupa 2", exercises, "Klon")
    return home


def one(home: House) -> Participant:
    return home.services.store.read(lambda view: view.get(Participant, ID))


@asynccontextmanager
async def shared_by(home: House) -> AsyncIterator[Services]:
    """Give the services of the shared store, as a process has them for all of its sessions."""
    services = home.services.guarded()
    services.feed.start()
    yield services
    services.feed.stop()


class Pupil(Running):
    """A participant's program in their own world."""

    def __init__(self, home: House, size: tuple[int, int] = SHORT, language: str = "pl") -> None:
        self.seat: Seat = home.services.participants.join(CLASS, NICKNAME, "klon")
        guarded: Any = own_worlds(home.services, Beginning()).of(self.seat).store
        world = Services(guarded.sound, home.clock)
        session = world.login.vouch(ANNA)
        super().__init__(program_on(world, Options(language=language), session), size)

    def run(self, act: Any, *given: Any) -> None:
        """Call something as the program itself would."""
        self.app.call_later(act, *given)


def trainer(home: House, size: tuple[int, int] = SHORT) -> Running:
    return Running(program_on(home.services, Options(), home.session(OFFICE)), size)


def look_over_the_shoulder(office: MlegTui) -> None:
    assert office.session
    office.call_later(office.push_screen, Shoulder(office.session, CLASS, NICKNAME))


def rows(app: MlegTui) -> list[str]:
    """Return what is seen below the first line, which a picture has its own words in."""
    return [line.text.rstrip() for line in strips(app)][1:]


def below(picture: ScreenCopy) -> list[str]:
    return ["".join(line[1::2]).rstrip() for line in picture.lines[1:]]


@pytest.mark.parametrize("size", [SHORT, LONG])
async def test_the_trainer_sees_the_screen_as_it_is_and_who_is_looked_at_is_told(
    school: House, size: tuple[int, int]
) -> None:
    async with (
        shared_by(school) as shared,
        Pupil(school, size) as pupil,
        trainer(school, size) as office,
    ):
        watched = Watched(pupil.app, shared, pupil.seat)
        await office.shows("Zalogowany użytkownik")
        look_over_the_shoulder(office.app)
        await office.shows("Czekam na ekran: Żółw")
        assert one(school).watched_until
        pupil.run(watched.take_up, one(school))
        await pupil.shows("prowadzący patrzy")
        await office.until(lambda: rows(office.app) == rows(pupil.app))
        assert text_of(office.app).startswith(f" {NOTICES['pl']}  ● Żółw  Esc wraca")
        pupil.press("l")
        await pupil.shows("Brak mLegitymacji")
        await office.shows("Brak mLegitymacji")
        await office.until(lambda: rows(office.app) == rows(pupil.app))
        office.press("z")  # does nothing to either
        office.press("escape")
        await office.until(lambda: not isinstance(office.app.screen, Shoulder))
        await office.until(lambda: one(school).watched_until is None)
        pupil.run(watched.take_up, one(school))
        await pupil.until(lambda: "prowadzący patrzy" not in text_of(pupil.app))
        assert "Brak mLegitymacji" in text_of(pupil.app)
        await pupil.until(lambda: pupil.app.on_painted is None)


async def test_who_is_sent_out_is_looked_at_no_more(school: House) -> None:
    async with Pupil(school), trainer(school) as office:
        await office.shows("Zalogowany użytkownik")
        look_over_the_shoulder(office.app)
        await office.shows("Czekam na ekran: Żółw")
        school.services.classes.remove(BY, CLASS, NICKNAME)
        shoulder = office.app.screen
        assert isinstance(shoulder, Shoulder)
        office.app.call_later(shoulder._look)
        await office.shows("Na zajęciach nie ma osoby „Żółw”.")
        assert not any(isinstance(screen, Shoulder) for screen in office.app.screen_stack)


async def test_a_look_that_nobody_renews_ends_by_itself(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        watched = Watched(pupil.app, shared, pupil.seat)
        school.services.classes.look_at(BY, CLASS, NICKNAME)
        pupil.run(watched.take_up, one(school))
        await pupil.shows("prowadzący patrzy")
        school.later(seconds=LEASE.total_seconds() + 1)
        pupil.press("l")  # paints something
        await pupil.until(lambda: pupil.app.seen_by is None and pupil.app.on_painted is None)


async def test_what_is_shown_to_all_covers_everything_and_leaves_all_as_it_was(
    school: House,
) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        await pupil.shows("Zalogowany użytkownik")
        await pupil.until(lambda: pupil.app.screen.is_mounted)
        pupil.press("ctrl+g")
        await pupil.shows("Ustawienia")
        before, focus, stack = rows(pupil.app), pupil.app.focused, [*pupil.app.screen_stack]
        look = LookHere(pupil.app, shared, CLASS)
        pupil.run(look.begin)
        async with trainer(school) as office:
            await office.shows("Zalogowany użytkownik")
            picture = copy_of(office.app)
            school.services.classes.show(BY, CLASS, picture.as_text())
            await pupil.shows("● ekran prowadzącego")
            assert rows(pupil.app) == below(picture)
            assert NOTICES["pl"] in text_of(pupil.app)
        pupil.press("escape", "down", "x", "ctrl+p")
        pupil.app.post_message(events.Paste("abc"))
        await settle(pupil.app)
        assert rows(pupil.app) != before
        school.services.classes.show(BY, CLASS, None)
        await pupil.until(lambda: pupil.app.cover is None)
        assert rows(pupil.app) == before
        assert (pupil.app.focused, pupil.app.screen_stack) == (focus, stack)
        look.end()


async def test_half_typed_text_stays(school: House) -> None:
    async with shared_by(school) as shared:
        app = program_on(school.services, Options())
        async with Running(app, SHORT) as login:
            await login.shows("Identyfikator")
            login.press("a", "n", "n")
            await login.until(lambda: "ann" in {field.value for field in app.screen.query(Input)})
            app.call_later(LookHere(app, shared, CLASS).begin)
            school.services.classes.show(BY, CLASS, copy_of(app).as_text())
            await login.shows("● ekran prowadzącego")
            login.press("a", "backspace")
            await settle(app)
            school.services.classes.show(BY, CLASS, None)
            await login.until(lambda: app.cover is None)
            login.press("a")
            await login.until(lambda: "anna" in {field.value for field in app.screen.query(Input)})


async def test_the_screens_come_back_by_themselves_where_the_trainers_session_died(
    school: House,
) -> None:
    async with shared_by(school) as shared, Pupil(school, language="en") as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        school.services.classes.show(BY, CLASS, copy_of(pupil.app).as_text())
        await pupil.shows("● trainer's screen")
        assert NOTICES["en"] in text_of(pupil.app)
        school.later(seconds=LEASE.total_seconds() + 1)
        school.services.store.transact(lambda _work: None)
        (shown,) = shared.shown_screens._shown.values()
        shown._changed.set()  # as its timer does
        await pupil.until(lambda: pupil.app.cover is None)


async def test_what_cannot_be_read_covers_nothing(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        school.services.classes.show(BY, CLASS, copy_of(pupil.app).as_text())
        await pupil.shows("● ekran prowadzącego")
        school.services.classes.show(BY, CLASS, '[80,24,[""],[[[0,"\\u001b[2J"]]]]')
        await pupil.until(lambda: pupil.app.cover is None)


async def test_one_reads_for_all_and_nobody_once_all_have_left(school: House) -> None:
    async with shared_by(school) as shared:
        seen: list[object] = []
        follow = partial(shared.shown_screens.follow, shared.feed, shared.off_loop, CLASS)
        all_saw = asyncio.Event()

        def see(copy: object) -> None:
            seen.append(copy)
            if len(seen) == 3:
                all_saw.set()

        ends = [follow(see) for _ in range(3)]
        reads = 0
        read = shared.shown_screens._participants.shown_to_all

        def counted(classroom: str) -> Any:
            nonlocal reads
            reads += 1
            return read(classroom)

        shared.shown_screens._participants.shown_to_all = counted  # type: ignore[method-assign]
        await asyncio.sleep(0)
        school.services.classes.show(BY, CLASS, '[80,24,[""],[]]')
        async with asyncio.timeout(5):
            await all_saw.wait()
        assert reads <= 2
        for end in ends:
            end()
        assert not shared.shown_screens._shown


async def test_a_window_of_another_size_shows_as_much_as_it_has_room_for(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        async with trainer(school, LONG) as office:
            await office.shows("Zalogowany użytkownik")
            picture = copy_of(office.app)
            school.services.classes.show(BY, CLASS, picture.as_text())
            await pupil.shows("● ekran prowadzącego")
            whole = below(picture)
            assert rows(pupil.app) == [row[:80].rstrip() for row in whole[:23]]
            pupil.press("end")
            await pupil.until(lambda: rows(pupil.app) == [row[20:].rstrip() for row in whole[16:]])


async def test_a_picture_that_comes_while_much_is_changed_at_once_is_drawn_after_it(
    school: House,
) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        await pupil.shows("Zalogowany użytkownik")
        picture = copy_of(pupil.app)
        look = LookHere(pupil.app, shared, CLASS)
        with pupil.app.batch_update():
            look._see(picture)
            assert not pupil.app._drawn
        await pupil.until(lambda: pupil.app._drawn)


async def test_a_copy_that_the_store_does_not_take_is_sent_again(school: House) -> None:
    app = program_on(school.services, Options(), school.session(ANNA))
    tried: list[str] = []

    async def send(text: str) -> bool:
        tried.append(text)
        if len(tried) == 1:
            raise StoreSilent
        return False

    async with Running(app, SHORT) as running:
        await running.shows("Nic się samo nie wydarzy.")  # which comes last
        app.call_later(ScreenPublisher(app, send).begin)
        await running.until(lambda: len(tried) == 2)
        assert tried[0] == tried[1]


async def test_copies_are_few_however_much_is_painted(school: House) -> None:
    app = program_on(school.services, Options(), school.session(ANNA))
    sent: list[str] = []

    async def send(text: str) -> bool:
        sent.append(text)
        return True

    async with Running(app, SHORT) as running:
        await running.shows("Zalogowany użytkownik")
        publisher = ScreenPublisher(app, send)
        app.call_later(publisher.begin)
        await running.until(lambda: sent and sent[-1] == copy_of(app).as_text())
        for _ in range(5):
            app.refresh()
            await settle(app)
        app.seen_by = SeenBy.CLASS
        await running.until(lambda: "widzi" in sent[-1])
        assert all(one != other for one, other in pairwise(sent)), "the same was sent twice"
        publisher.end()
        await running.until(lambda: app.on_painted is None)


async def test_the_trainers_own_screen_is_shown_until_they_let_go(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        async with trainer(school) as office:
            await office.shows("Zalogowany użytkownik")
            office.press(",")
            await office.shows("Nie pokazujesz teraz niczego klasie.")
            office.press("escape")
            await office.until(lambda: "Nie pokazujesz" not in text_of(office.app))
            open_board(office.app)
            await office.shows("Grupa 2")
            office.app.call_later(office.app.action_command, "board.show")
            await office.shows("● klasa widzi  [,] koniec")
            await pupil.shows("● ekran prowadzącego")
            await pupil.until(lambda: rows(pupil.app) == rows(office.app))
            office.press("escape")
            await office.shows("Zalogowany użytkownik")
            await pupil.until(lambda: rows(pupil.app) == rows(office.app))
            office.press(",")
            await pupil.until(lambda: pupil.app.cover is None)
            await office.until(lambda: "klasa widzi" not in text_of(office.app))


async def test_who_logs_out_shows_nothing_more(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        async with trainer(school) as office:
            await office.shows("Zalogowany użytkownik")
            open_board(office.app)
            await office.shows("Grupa 2")
            office.app.call_later(office.app.action_command, "board.show")
            await pupil.shows("● ekran prowadzącego")
            office.app.call_later(office.app.log_out)
            await pupil.until(lambda: pupil.app.cover is None)
            assert office.app.showing is None


async def test_who_leaves_the_program_shows_nothing_more(school: House) -> None:
    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        async with trainer(school) as office:
            await office.shows("Zalogowany użytkownik")
            open_board(office.app)
            await office.shows("Grupa 2")
            office.app.call_later(office.app.action_command, "board.show")
            await pupil.shows("● ekran prowadzącego")
            office.app.exit()
            await office.until(lambda: not office.app.is_running)
        await pupil.until(lambda: pupil.app.cover is None)


def open_board(office: MlegTui) -> None:
    assert office.session
    office.call_later(office.push_screen, ClassBoard(office.session, CLASS))


@pytest.mark.parametrize("ending", ["end", "escape", "class is closed"])
async def test_a_demo_plays_to_all_and_the_trainer_sees_it_too(school: House, ending: str) -> None:
    async def play(id: str, options: Options, began: Any) -> None:
        pace = 500.0 if ending == "end" else 1.0
        await play_unattended(stage, id, options, began, pace)

    def stage(beginning: Beginning, clock: Clock) -> Services:
        return own_worlds(school.services, beginning).stage(beginning, clock)

    async with shared_by(school) as shared, Pupil(school) as pupil:
        pupil.run(LookHere(pupil.app, shared, CLASS).begin)
        options = Options(play_demo=play)
        app = program_on(school.services, options, school.session(OFFICE))
        async with Running(app, SHORT) as office:
            await office.shows("Zalogowany użytkownik")
            open_board(app)
            await office.shows("Grupa 2")
            app.call_later(app.action_command, "board.demo")
            await office.shows("Pokaz dla wszystkich")
            office.press("enter")
            await pupil.until(lambda: pupil.app.cover is not None)
            assert NOTICES["pl"] in text_of(pupil.app)
            if ending != "end":  # which comes soon
                await office.shows("● pokaz: Esc kończy")
                await pupil.shows("▶ 1/")
            if ending == "escape":
                office.press("space")
                await pupil.shows("‖ 1/")
                office.press("escape")
            elif ending == "class is closed":
                school.services.classes.close(BY, CLASS)
            await office.until(lambda: app.cover is None and app.showing is None)
            await pupil.until(lambda: pupil.app.cover is None)
            assert not [one for one in asyncio.all_tasks() if "play_unattended" in str(one)]


async def test_a_demo_that_breaks_gives_all_screens_back(school: House) -> None:
    async def play(*_how: Any) -> None:
        raise RuntimeError

    app = program_on(school.services, Options(play_demo=play), school.session(OFFICE))
    async with Running(app, SHORT) as office:
        await office.shows("Zalogowany użytkownik")
        open_board(app)
        await office.shows("Grupa 2")
        app.call_later(app.action_command, "board.demo")
        await office.shows("Pokaz dla wszystkich")
        office.press("enter")
        await office.shows("Pokaz się przerwał.")
        assert app.showing is None


async def test_enter_on_a_row_of_the_board_looks_over_the_shoulder(school: House) -> None:
    async with Pupil(school), trainer(school) as office:
        await office.shows("Zalogowany użytkownik")
        open_board(office.app)
        await office.shows("Żółw")
        office.press("enter")
        await office.shows("Czekam na ekran: Żółw")
        office.press("escape")
        await office.until(lambda: isinstance(office.app.screen, ClassBoard))
