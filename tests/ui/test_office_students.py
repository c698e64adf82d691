"""Studenci: the list, one file, and each thing that the office does with a student."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mleg_tui.domain.fees import Payment
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import (
    Els,
    Enrolment,
    EnrolmentStatus,
    Photo,
    PhotoStatus,
    Student,
    StudyLevel,
)
from mleg_tui.errands.steps import Give
from mleg_tui.services.store import Work
from mleg_tui.ui.office.listing import Find
from mleg_tui.ui.office.student_screen import StudentScreen
from mleg_tui.ui.office.table import Table
from mleg_tui.ui.widgets.dialogs import Question, Told
from mleg_tui.ui.widgets.picture import PictureView
from tests.factories import order
from tests.ui.pilot import Play, playing

OFFICE, ANNA = "dziekanat", "anna.nowak"
PAGE = Give("office.students")


def known(play: Play, id_: str = ANNA) -> Student:
    return play.services.store.read(lambda view: view.get(Student, id_))


async def file_of(play: Play, id_: str = ANNA, **changes: object) -> None:
    """Change a student, and open the file."""

    def change(work: Work) -> None:
        work.save(replace(work.get(Student, id_), **changes))  # type: ignore[arg-type]

    play.services.store.transact(change)
    await play.press("f5", "n")
    play.app.screen.query_one(Find).value = ""
    await play.write(id_)
    await play.press("enter", "enter")
    assert play.on_top(StudentScreen)


async def test_all_cards_of_a_university_are_extended_after_a_preview() -> None:
    async with playing(OFFICE, PAGE, Give("students.extend_els")) as play:
        await play.press("enter")
        assert "✓ Jan Kowalski" in play.text
        await play.press("enter")
        assert known(play, "jan.kowalski").els == Els(
            date(2025, 1, 26), date(2025, 10, 31), "Kowalski", "cat"
        )
        await play.stage.play((Give("students.extend_els"),))
        await play.press("enter", "left", "enter")
        assert "ELS przedłużone" in play.text
        els = known(play, "jan.kowalski").els
        assert els is not None
        assert els.valid_until == date(2026, 10, 31)


async def test_the_list_tells_photo_card_and_conditions_and_is_searched() -> None:
    async with playing(OFFICE, PAGE) as play:
        assert "Studenci: 6 z 6" in play.text
        await play.press("n")
        await play.write("kowal")
        assert "Jan Kowalski" in play.text
        assert "✗ 1" in play.text
        await play.press("down", "enter")
        assert "Akta studenta" in play.text
        assert "✗ niespełniony" in play.text
        await play.press("escape")
        assert play.app.screen.query_one(Table).has_focus


async def test_the_file_has_everything_in_both_languages() -> None:
    async with playing(OFFICE, PAGE, size=(120, 60)) as play:
        await file_of(play)
        for part in ("Anna Nowak", "401237", "✓ spełniony", "Ważna w USOS do", "Należności"):
            assert part in play.text
        assert play.app.screen.query_one(PictureView).picture_id
        await play.press("f2")
        assert "✓ met" in play.text


async def test_a_waiting_photo_is_approved() -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play, photo=Photo(PhotoStatus.WAITING, "owl"))
        await play.press("t")
        assert known(play).photo == Photo(PhotoStatus.APPROVED, "owl")
        assert "✓ Zdjęcie zatwierdzone." in play.text
        assert "Żadne zdjęcie" not in play.text, "what is done is told, not why it cannot be again"
        await play.press("down")
        assert "✓ Zdjęcie zatwierdzone." not in play.text
        await play.press("t")
        assert "Żadne zdjęcie tego studenta nie czeka na decyzję." in play.text


async def test_a_waiting_photo_is_rejected_with_a_reason() -> None:
    async with playing(OFFICE, PAGE, size=(120, 40)) as play:
        await file_of(play, photo=Photo(PhotoStatus.WAITING, "owl"))
        await play.press("O", "enter")
        assert "Ta czynność wymaga podania powodu." in play.text
        await play.write("Nieostre")
        await play.press("enter", "right", "enter")
        assert known(play).photo == Photo(PhotoStatus.REJECTED, "owl", "Nieostre")
        assert "odrzucone: Nieostre" in play.text


async def test_a_card_is_issued_extended_and_its_hologram_recorded() -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play, els=None)
        await play.press("p")
        assert "Student nie ma ELS" in play.text
        await play.press("escape", "e")
        issued = known(play).els
        assert issued is not None
        old = replace(issued, issued_on=date(2025, 1, 1), valid_until=date(2025, 10, 31))
        await play.press("escape")
        await file_of(play, els=replace(old, hologram_until=issued.valid_until))
        await play.press("h")
        assert known(play).els == replace(
            old, valid_until=issued.valid_until, hologram_until=issued.valid_until
        )
        await play.press("escape")
        await file_of(play, els=Els(date(2025, 1, 1), date(2025, 10, 31), "Nowak"))
        await play.press("p")
        extended = known(play).els
        assert extended is not None
        assert extended.valid_until == issued.valid_until


async def test_a_payment_is_booked_after_a_question() -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play, "piotr.zielinski")
        before = len(play.services.store.read(lambda view: view.select(Payment)))
        await play.press("k")
        assert play.on_top(Question)
        await play.press("left", "enter")
        assert len(play.services.store.read(lambda view: view.select(Payment))) == before + 1


async def test_a_surname_is_changed_and_ends_the_order() -> None:
    async with playing(OFFICE, PAGE) as play:
        play.services.store.transact(
            lambda work: work.add(order(OrderStatus.READY, play.stage.clock.now()))
        )
        await file_of(play)
        await play.press("N")
        await play.write("Lis")
        await play.press("enter", "enter")
        assert known(play).last_name == "Nowak", "the safe answer has focus"
        await play.press("N")
        await play.write("Lis")
        await play.press("enter", "right", "enter")
        assert "✓ Nowe nazwisko zapisane." in play.text
        assert known(play).last_name == "Lis"
        (ended,) = play.services.store.read(lambda view: view.select(Order, student=ANNA))
        assert ended.status is OrderStatus.REVOKED


async def test_pesel_and_album_number_are_recorded_and_real_ones_refused() -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play, student_number=None, pesel=None)
        await play.press("M")
        await play.write("777001")
        await play.press("enter", "right", "enter", "E")
        await play.write("04251712487")
        await play.press("enter", "right", "enter")
        assert (known(play).student_number, known(play).pesel) == ("777001", "04251712487")
        await play.press("E")
        await play.write("123")
        await play.press("enter", "right", "enter")
        assert play.on_top(Told)
        assert known(play).pesel == "04251712487"


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("W", EnrolmentStatus.SUSPENDED),
        ("S", EnrolmentStatus.STRUCK_OFF),
        ("A", EnrolmentStatus.GRADUATED),
    ],
)
async def test_rights_end_after_a_question_and_can_come_back(
    key: str, status: EnrolmentStatus
) -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play)
        await play.press(key)
        assert play.on_top(Question)
        await play.press("enter")
        assert known(play).enrolment.status is EnrolmentStatus.ACTIVE, "the safe answer has focus"
        await play.press(key, "left", "enter")
        assert known(play).enrolment.status is status
        await play.press(key)
        assert "Student ma już taki status." in play.text
        await play.press("escape", "r")
        assert known(play).enrolment == Enrolment(StudyLevel.FIRST_CYCLE)


async def test_greyed_actions_say_why_when_they_are_marked() -> None:
    async with playing(OFFICE, PAGE) as play:
        await file_of(play, els=None)
        assert "(Zatwierdź zdjęcie)" in play.text
        assert "Wydaje legitymację" in play.text, "what can be done is marked first"
        await play.press("home")
        marked: list[str] = []
        for _ in range(5):
            marked.append(play.text)
            await play.press("down")
        assert "Żadne zdjęcie" in marked[0]
        assert "Wydaje legitymację" in marked[2]
        assert "Student nie ma ELS" in marked[3]
        await play.press("home", "enter")
        assert play.on_top(Told)
