"""The office beside other sessions: what one does the others show, undisturbed; who is second."""

from __future__ import annotations

from dataclasses import replace

from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.gallery.steps import Give
from mleg_tui.services.services import Services
from mleg_tui.services.store import Work
from mleg_tui.ui.app import MlegTui, Options
from mleg_tui.ui.office.listing import Find
from mleg_tui.ui.office.student_screen import StudentScreen
from mleg_tui.ui.office.table import Table
from tests.make import House, house, order, student
from tests.ui.play import Running, playing

ANNA, OFFICE = "anna.nowak", "dziekanat"


def program(home: House, login: str) -> Running:
    """Return a program on the same store, with services of its own."""
    services = Services(home.services.store, home.clock)
    return Running(MlegTui(services, Options(), home.session(login)), (100, 40))


async def test_the_students_open_page_turns_when_the_office_approves_the_photo() -> None:
    home = house()
    home.keep(student(photo=Photo(PhotoStatus.WAITING, "owl")))
    async with program(home, ANNA) as hers, program(home, OFFICE) as theirs:
        await hers.shows("Zalogowany użytkownik")
        hers.press("l")
        await hers.shows("✗ niespełniony  Masz zdjęcie w USOS")
        await theirs.shows("Zalogowany użytkownik")
        theirs.press("s")
        await theirs.shows("Studenci: 5 z 5")
        theirs.press("enter")
        await theirs.shows("z  Zatwierdź zdjęcie")
        theirs.press("z")
        await hers.shows("✓ spełniony  Masz zdjęcie w USOS")
        await theirs.shows("✓ spełniony  Masz zdjęcie w USOS")


async def test_what_others_change_disturbs_neither_typing_nor_the_cursors_row() -> None:
    async with playing(OFFICE, size=(100, 40)) as play:

        def fill(work: Work) -> None:
            for number in range(1, 89):
                work.add(order(OrderStatus.CANCELLED, id=f"{ANNA}-{number:03}"))

        play.services.store.transact(fill)
        await play.press("4", "z")
        await play.write("now")
        await play.press("down", *["down"] * 40, "z")
        find, table = play.app.screen.query_one(Find), play.app.screen.query_one(Table)
        row, top = table.row, table.scroll_offset.y
        assert top > 0
        play.services.ordering.place(play.stage.session(ANNA))
        await play.stage.look_again()
        assert "Zamówienia: 89 z 89" in play.text
        assert table.row == row
        assert table.scroll_offset.y == top + 1, "one row more above, so the rows stay in place"
        assert find.has_focus
        assert find.value == "now"


async def test_of_two_who_act_on_one_order_the_second_is_told() -> None:
    async with playing(OFFICE) as play:
        play.services.ordering.place(play.stage.session(ANNA))
        await play.press("4", "enter", "b")
        await play.write("Drugi")
        orders = play.services.office_orders
        orders.fail(play.stage.session(OFFICE), f"{ANNA}-001", "Pierwszy")
        await play.press("enter")
        assert "Ktoś był szybszy" in play.text
        await play.press("escape")
        await play.stage.look_again()
        assert "Pierwszy" in play.text
        assert "Drugi" not in play.text


async def test_an_open_file_follows_and_its_form_stays() -> None:
    async with playing(OFFICE, Give("office.students"), size=(120, 40)) as play:
        await play.press("enter")
        assert play.on_top(StudentScreen)
        await play.press("n")
        await play.write("Lis")

        def change(work: Work) -> None:
            work.save(replace(work.get(Student, ANNA), photo=Photo(PhotoStatus.WAITING, "owl")))

        play.services.store.transact(change)
        await play.stage.look_again()
        assert "Lis" in play.text
        await play.press("escape")
        assert "… czeka" in play.text
