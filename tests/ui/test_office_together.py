"""The office beside other sessions: what one does the others show, undisturbed; who is second."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.widgets import Input

from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.errands.steps import Give
from mleg_tui.services.store import Work
from mleg_tui.ui.office.file_screen import FileScreen
from mleg_tui.ui.office.listing import Find
from mleg_tui.ui.office.order_screen import OrderScreen
from mleg_tui.ui.office.student_screen import StudentScreen
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.options import Options
from tests.factories import House, house, order, student
from tests.ui.pilot import Running, playing, program_on, text_of, told

ANNA, OFFICE = "anna.nowak", "dziekanat"
AT_ONCE = 3.0
"""Seconds. The promise is 0.3, which tests/benchmarks/live.py measures; a busy machine is slower by
far, but not by so much that a pane which waits for the next tick or key would pass."""


def program(home: House, login: str) -> Running:
    """Return a program on the same store, with services of its own."""
    return Running(program_on(home.services, Options(), home.session(login)), (100, 40))


async def test_the_students_open_page_turns_when_the_office_approves_the_photo() -> None:
    home = house()
    home.keep(student(photo=Photo(PhotoStatus.WAITING, "owl")))
    async with program(home, ANNA) as hers, program(home, OFFICE) as theirs:
        await hers.shows("Zalogowany użytkownik")
        hers.press("l")
        await hers.shows("✗ niespełniony  Masz zdjęcie w USOS")
        await theirs.shows("Zalogowany użytkownik")
        theirs.press("s")
        await theirs.shows("Studenci: 6 z 6")
        theirs.press("enter")
        await theirs.shows("t  Zatwierdź zdjęcie")
        theirs.press("t")
        await hers.shows("✓ spełniony  Masz zdjęcie w USOS")
        await theirs.shows("✓ spełniony  Masz zdjęcie w USOS")


async def test_what_others_change_disturbs_neither_typing_nor_the_cursors_row() -> None:
    async with playing(OFFICE, size=(99, 40)) as play:  # where the rail has one line

        def fill(work: Work) -> None:
            for number in range(1, 89):
                work.add(order(OrderStatus.CANCELLED, id=f"{ANNA}-{number:03}"))

        play.services.store.transact(fill)
        await play.press("4", "n")
        await play.write("now")
        await play.press("down", *["down"] * 40, "n")
        find, table = play.app.screen.query_one(Find), play.app.screen.query_one(Table)
        row, top = table.row, table.scroll_offset.y
        assert top > 0
        play.services.ordering.place(play.stage.session(ANNA))
        await play.look_again()
        assert "Zamówienia: 89 z 89" in play.text
        assert table.row == row
        assert table.scroll_offset.y == top + 1, "one row more above, so the rows stay in place"
        assert find.has_focus
        assert find.value == "now"


async def test_of_two_who_act_on_one_order_the_second_is_told() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "enter", "B")
        await play.write("Drugi")
        orders = play.services.office_orders
        orders.fail(play.stage.session(OFFICE), f"{ANNA}-001", "Pierwszy")
        await play.press("enter", "right", "enter")
        assert "Ktoś był szybszy" in play.text
        await play.press("escape")
        await play.look_again()
        assert "Pierwszy" in play.text
        assert "Drugi" not in play.text


async def test_an_open_file_follows_and_its_form_stays() -> None:
    async with playing(OFFICE, Give("office.students"), size=(120, 40)) as play:
        await play.press("enter")
        assert play.on_top(StudentScreen)
        await play.press("N")
        await play.write("Lis")

        def change(work: Work) -> None:
            work.save(replace(work.get(Student, ANNA), photo=Photo(PhotoStatus.WAITING, "owl")))

        play.services.store.transact(change)
        await play.look_again()
        assert "Lis" in play.text
        await play.press("escape")
        assert "czeka na zatwierdzenie" in play.text


async def test_of_two_clerks_who_revoke_one_order_the_second_is_told_who_and_when() -> None:
    home = house()
    home.services.ordering.place(home.session(ANNA))
    async with program(home, OFFICE) as first, program(home, OFFICE) as second:
        for one, reason in ((first, "Pierwszy"), (second, "Drugi")):
            await one.shows("Zalogowany użytkownik")
            one.press("4")
            await one.shows("Zamówienia: 1 z 1")
            one.press("enter")
            await one.shows("Student: Anna Nowak")
            one.press("U")
            await one.shows("Powód:")
            one.press(*reason)
            await one.shows(reason)
        first.press("enter", "right", "enter")
        await first.shows("dziekanat (dziekanat): Pierwszy")
        second.press("enter", "right", "enter")
        await second.shows("Ktoś był szybszy")

        def tells_who_and_when() -> bool:
            told = " ".join(text_of(second.app).split())
            return "unieważniony" in told and "(dziekanat, 2026-" in told

        await second.until(tells_who_and_when)
    (ended,) = home.orders()
    assert ended.last_change.reason == "Pierwszy"


async def test_who_revokes_what_its_student_has_cancelled_is_told() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "enter", "U")
        await play.write("Pomyłka")
        play.services.ordering.cancel(play.stage.session(ANNA))
        await play.press("enter", "right", "enter")
        assert "Ktoś był szybszy" in play.text
        assert ANNA in play.text
        held = play.services.store.read(lambda view: view.get(Order, f"{ANNA}-001"))
        assert held.status is OrderStatus.CANCELLED


async def test_who_revokes_a_list_is_told_what_went_before_it_was_confirmed() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "X")
        await play.write(f"{ANNA}-001")
        await play.press("tab")
        await play.write("Porządki")
        await play.press("enter")
        assert "Zostanie unieważnione 1 zamówienie" in play.text
        play.services.ordering.cancel(play.stage.session(ANNA))
        await play.press("left", "enter")
        assert "Ktoś był szybszy przy części zamówień" in play.text
        assert "Unieważniono: 0. Pominięto: 1." in play.text
        assert f"✗ {ANNA}-001" in told(play.app)
        assert f"ma teraz status „anulowany” ({ANNA}, 2026-03-02" in told(play.app)


async def test_what_one_session_does_the_other_shows_at_once() -> None:
    home = house()
    async with program(home, OFFICE) as theirs:
        await theirs.shows("Zalogowany użytkownik")
        theirs.press("4")
        await theirs.shows("Zamówienia: 0 z 0")
        home.services.ordering.place(home.session(ANNA))
        async with asyncio.timeout(AT_ONCE):
            await theirs.shows("Zamówienia: 1 z 1")


async def test_a_half_typed_reason_keeps_its_letters_its_focus_and_its_cursor() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "enter", "B")
        await play.write("Zła data")
        await play.press("left", "left")
        field = play.app.screen.query_one(Input)
        play.services.ordering.cancel(play.stage.session(ANNA))
        await play.look_again()
        assert (field.value, field.cursor_position, field.has_focus) == ("Zła data", 6, True)
        await play.write("x")
        assert field.value == "Zła daxta"


async def test_a_list_that_is_being_pasted_stays_as_it_is() -> None:
    async with playing(OFFICE) as play:
        await play.press("4", "X")
        await play.write("anna.nowak ola")
        await play.press("left", "left", "left")
        field = play.app.focused
        play.services.ordering.place(play.stage.session(ANNA))
        await play.look_again()
        assert play.app.focused is field
        await play.write("x")
        assert "anna.nowak xola" in play.text


async def test_a_file_stays_where_it_was_scrolled_and_its_mark_where_it_stood() -> None:
    async with playing(OFFICE, Give("office.students"), size=(80, 24)) as play:
        await play.press("enter", "home", "down", "down", "tab", "pagedown")
        file = play.app.screen.query_one("#file")
        actions = play.app.screen.query_one("ActionList OptionList")
        top, marked = file.scroll_offset.y, getattr(actions, "highlighted", None)
        assert top > 0
        assert marked == 2
        play.services.ordering.place(play.stage.session(ANNA))
        await play.look_again()
        assert isinstance(play.app.screen, FileScreen)
        assert file.scroll_offset.y == top
        assert file.has_focus
        assert getattr(actions, "highlighted", None) == marked


async def test_the_logs_row_under_the_cursor_stays_while_new_ones_come() -> None:
    async with playing(OFFICE) as play:
        play.services.photos.send(play.stage.session(ANNA), "owl")
        await play.press("d")
        table = play.app.screen.query_one(Table)
        row = table.row
        assert row is not None
        play.services.photos.send(play.stage.session(ANNA), "fox")
        await play.look_again()
        assert table.row == row
        assert table.cursor == 1


async def test_an_open_order_shows_what_became_of_it() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "enter")
        assert play.on_top(OrderScreen)
        play.services.ordering.cancel(play.stage.session(ANNA))
        await play.look_again()
        assert "Status:  – anulowany" in play.text
