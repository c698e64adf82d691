"""The photo and the plastic card: what the student sends, and what the office decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mleg_tui.cli.order.page import condition_lines, conditions_document
from mleg_tui.domain.audit import Event
from mleg_tui.domain.eligibility import Cause
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Due
from mleg_tui.domain.order import NotYours, ReasonMissing
from mleg_tui.domain.pictures import PICTURES
from mleg_tui.domain.student import Els, EnrolmentStatus, Photo, PhotoStatus, Student
from mleg_tui.domain.university import University
from mleg_tui.locale import cause_of, message_of
from mleg_tui.services.campus import UnknownUniversity
from mleg_tui.services.office import (
    AlreadyExtended,
    FeeUnsettled,
    NoElsToExtend,
    NoPhotoWaiting,
    Office,
    PhotoNotApproved,
    TuitionUnsettled,
)
from mleg_tui.services.photos import PhotoAlreadyThere, UnknownPicture
from mleg_tui.services.session import IDLE_LIMIT, Session, SessionExpired
from mleg_tui.services.store import NotFound
from mleg_tui.services.student_rows import StudentFilter
from tests.factories import TODAY, House, demo_data, house

ANNA, JAN, PIOTR = "anna.nowak", "jan.kowalski", "piotr.zielinski"
SEMESTER_END = date(2027, 3, 31)
ACTS: list[Callable[[Office, Session], object]] = [
    lambda office, who: office.approve_photo(who, ANNA),
    lambda office, who: office.reject_photo(who, ANNA, "powód"),
    lambda office, who: office.reject_photo(who, ANNA, ""),
    lambda office, who: office.issue_els(who, ANNA),
    lambda office, who: office.extend_els(who, JAN),
    lambda office, who: office.preview_extension(who, "agh"),
    lambda office, who: office.extend_all(who, "agh"),
]


@pytest.fixture
def usos() -> House:
    return house()


def student(usos: House, login: str = ANNA) -> Student:
    return usos.services.store.read(lambda view: view.get(Student, login))


def causes(usos: House, login: str = ANNA) -> list[Cause]:
    findings = usos.services.ordering.card(usos.session(login)).findings
    return [finding.cause for finding in findings if finding.cause]


def settle_els_fee(usos: House) -> None:
    number = usos.services.store.read(lambda v: v.get(Due, f"{PIOTR}-els")).account_number
    usos.services.payments.pay(usos.session(PIOTR), "22", number)
    usos.services.time.forward(timedelta(days=1))


def test_a_photo_is_sent_rejected_sent_again_and_approved(usos: House) -> None:
    usos.keep(replace(student(usos), photo=Photo(), els=None))
    photos, office = usos.services.photos, usos.services.office
    anna, staff = usos.session(), usos.session("dziekanat")
    assert causes(usos)[0] is Cause.NO_PHOTO
    assert photos.send(anna, "owl").photo == Photo(PhotoStatus.WAITING, "owl")
    assert causes(usos)[0] is Cause.PHOTO_WAITING
    assert office.reject_photo(staff, ANNA, " nieostre ").photo.rejection == "nieostre"
    assert causes(usos)[0] is Cause.PHOTO_REJECTED
    card = usos.services.ordering.card(anna)
    told = "Zdjęcie zostało odrzucone. Powód: nieostre"
    assert next(cause_of(finding) for finding in card.findings if finding.cause) == told
    assert message_of(card.why_cannot_order[0]) == f"Masz zdjęcie w USOS — niespełniony: {told}"
    assert told in " ".join(line.strip() for line in condition_lines(card))
    documents = conditions_document(card)["conditions"]
    assert isinstance(documents, list)
    assert [each["cause"] for each in documents if each["id"] == "PHOTO"] == [told]
    photos.send(anna, "owl")
    approved = office.approve_photo(staff, ANNA)
    assert approved.photo == Photo(PhotoStatus.APPROVED, "owl")
    assert causes(usos)[0] is Cause.NO_ELS
    actors = [event.actor for event in usos.services.store.read(lambda v: v.select(Event))]
    assert sorted(actors) == [ANNA, ANNA, "dziekanat", "dziekanat"]


def test_another_photo_than_on_the_card_means_a_new_card(usos: House) -> None:
    usos.services.photos.send(usos.session(), "bear")
    staff = usos.session("dziekanat")
    usos.services.office.approve_photo(staff, ANNA)
    assert causes(usos) == [Cause.DATA_CHANGED]
    usos.services.office.issue_els(staff, ANNA)
    assert causes(usos) == []


@pytest.mark.parametrize(
    ("picture", "error"), [("robot", PhotoAlreadyThere), ("selfie", UnknownPicture)]
)
def test_what_cannot_be_sent(usos: House, picture: str, error: type[Exception]) -> None:
    before = student(usos)
    with pytest.raises(error):
        usos.services.photos.send(usos.session(), picture)
    assert student(usos) == before


def test_only_a_student_sends_a_photo(usos: House) -> None:
    with pytest.raises(NotYours):
        usos.services.photos.send(usos.session("dziekanat"), "owl")


def test_only_a_waiting_photo_is_decided_about(usos: House) -> None:
    staff, office = usos.session("dziekanat"), usos.services.office
    with pytest.raises(NoPhotoWaiting):
        office.approve_photo(staff, ANNA)
    with pytest.raises(NoPhotoWaiting):
        office.reject_photo(staff, ANNA, "powód")
    usos.services.photos.send(usos.session(), "owl")
    with pytest.raises(ReasonMissing):
        office.reject_photo(staff, ANNA, "  ")
    assert student(usos).photo.status is PhotoStatus.WAITING


def test_the_card_waits_for_its_fee_and_for_the_migration(usos: House) -> None:
    office, staff = usos.services.office, usos.session("dziekanat")
    with pytest.raises(FeeUnsettled) as caught:
        office.issue_els(staff, PIOTR)
    assert "ELS" in str(caught.value.details["description"])
    number = usos.services.store.read(lambda v: v.get(Due, f"{PIOTR}-els")).account_number
    usos.services.payments.pay(usos.session(PIOTR), "22", number)
    with pytest.raises(FeeUnsettled):
        office.issue_els(staff, PIOTR)
    usos.services.time.forward(timedelta(days=1))
    els = office.issue_els(staff, PIOTR).els
    assert els == Els(TODAY + timedelta(days=1), SEMESTER_END, "Zieliński", "fox", SEMESTER_END)
    assert causes(usos, PIOTR) == []
    assert usos.services.ordering.place(usos.session(PIOTR)).order is not None


def test_no_card_without_an_approved_photo(usos: House) -> None:
    settle_els_fee(usos)
    usos.services.photos.send(usos.session(PIOTR), "owl")
    with pytest.raises(PhotoNotApproved):
        usos.services.office.issue_els(usos.session("dziekanat"), PIOTR)


def test_a_card_is_extended_to_the_end_of_the_semester(usos: House) -> None:
    office, staff = usos.services.office, usos.session("dziekanat")
    els = office.extend_els(staff, JAN).els
    assert els is not None
    assert (els.valid_until, els.hologram_until) == (SEMESTER_END, SEMESTER_END)
    assert causes(usos, JAN) == []
    refusals: list[tuple[str, type[Refused]]] = [(JAN, AlreadyExtended), (PIOTR, NoElsToExtend)]
    for login, refusal in refusals:
        with pytest.raises(refusal):
            office.extend_els(staff, login)


def test_an_unsettled_fee_stands_in_the_way_of_an_extension(usos: House) -> None:
    old = Els(date(2025, 10, 5), date(2026, 3, 31), "Zieliński", "fox")
    usos.keep(replace(student(usos, PIOTR), els=old))
    with pytest.raises(FeeUnsettled):
        usos.services.office.extend_els(usos.session("dziekanat"), PIOTR)


def test_late_tuition_holds_the_extension_up_only_where_the_profile_says_so(usos: House) -> None:
    old = Els(date(2025, 10, 5), date(2026, 3, 31), "Zieliński", "fox")
    settle_els_fee(usos)
    usos.keep(replace(student(usos, PIOTR), els=old))
    office, staff = usos.services.office, usos.session("dziekanat")
    with pytest.raises(TuitionUnsettled) as caught:
        office.extend_els(staff, PIOTR)
    assert "analiza matematyczna" in caught.value.details["description"]["pl"]  # type: ignore[index]  # a text of the data
    (held,) = office.preview_extension(staff, "fk").refused
    assert held == (student(usos, PIOTR), caught.value)
    lenient = usos.services.store.read(lambda view: view.get(University, "fk"))
    usos.services.store.transact(lambda w: w.save(replace(lenient, tuition_first=False)))
    assert [one.id for one in office.preview_extension(staff, "fk").extended] == [PIOTR]


def test_all_cards_of_a_university_are_extended_at_once(usos: House) -> None:
    office, staff = usos.services.office, usos.session("dziekanat")
    gone = replace(student(usos, JAN), id="jan.byly", student_number="1")
    usos.keep(replace(gone, enrolment=replace(gone.enrolment, status=EnrolmentStatus.STRUCK_OFF)))
    before = student(usos, JAN)
    planned = office.preview_extension(staff, "agh")
    assert student(usos, JAN) == before
    done = office.extend_all(staff, "agh")
    assert [one.id for one in done.extended] == [one.id for one in planned.extended] == [JAN]
    assert causes(usos, JAN) == []
    assert office.extend_all(staff, "agh").extended == ()
    with pytest.raises(UnknownUniversity):
        office.extend_all(staff, "nowhere")


def test_the_office_sees_students_with_what_they_lack(usos: House) -> None:
    stream = usos.services.office_students.stream
    rows = {row.id: row for row in stream(usos.session("dziekanat"), StudentFilter())}
    assert rows.keys() == {s.id for s in demo_data().students}
    lacking = {id: [f.cause for f in row.findings if f.cause] for id, row in rows.items()}
    assert lacking[ANNA] == []
    assert lacking[JAN] == [Cause.ELS_NOT_EXTENDED]
    assert rows[PIOTR].els_valid_until is None


@pytest.mark.parametrize("login", [ANNA, PIOTR, "kontroler"])
@pytest.mark.parametrize("act", ACTS)
def test_only_the_office_may(
    usos: House, login: str, act: Callable[[Office, Session], object]
) -> None:
    with pytest.raises(NotYours):
        act(usos.services.office, usos.session(login))


@pytest.mark.parametrize("act", ACTS)
def test_an_idle_office_is_logged_out(
    usos: House, act: Callable[[Office, Session], object]
) -> None:
    idle = Session(usos.session("dziekanat").account, usos.clock.now())
    usos.later(seconds=IDLE_LIMIT.total_seconds())
    with pytest.raises(SessionExpired):
        act(usos.services.office, idle)


def test_an_unknown_student_is_told(usos: House) -> None:
    with pytest.raises(NotFound):
        usos.services.office.issue_els(usos.session("dziekanat"), "nobody")


def test_every_picture_of_the_demo_students_exists() -> None:
    used = {s.photo.picture for s in demo_data().students if s.photo.picture}
    used |= {s.els.picture for s in demo_data().students if s.els and s.els.picture}
    assert used <= PICTURES.keys()
