"""The office and one student: the file, every edit, and money that is booked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mleg_tui.domain.account import Account
from mleg_tui.domain.errors import BadInput, MlegError, Refused
from mleg_tui.domain.fees import Due
from mleg_tui.domain.ledger import DueState
from mleg_tui.domain.order import NotYours
from mleg_tui.domain.pesel import MalformedPesel, RealPesel
from mleg_tui.domain.student import BadStudentNumber, EnrolmentStatus, Student
from mleg_tui.services.booking import EarlierDueFirst, NothingDue
from mleg_tui.services.office import NoElsToExtend
from mleg_tui.services.office_students import (
    BadSurname,
    NoHologram,
    OfficeStudents,
    StudentNumberTaken,
)
from mleg_tui.services.session import Session
from mleg_tui.services.store import NotFound
from tests.factories import House, house

ANNA, JAN, PIOTR, EWA = "anna.nowak", "jan.kowalski", "piotr.zielinski", "ewa.lis"
Act = Callable[[OfficeStudents, Session], object]
ACTS: list[Act] = [
    lambda office, who: office.file(who, ANNA),
    lambda office, who: office.record_hologram(who, ANNA),
    lambda office, who: office.change_surname(who, ANNA, "Kot"),
    lambda office, who: office.set_pesel(who, ANNA, "04251712488"),
    lambda office, who: office.set_student_number(who, ANNA, "1"),
    lambda office, who: office.suspend(who, ANNA),
    lambda office, who: office.strike_off(who, ANNA),
    lambda office, who: office.graduate(who, ANNA),
    lambda office, who: office.reinstate(who, ANNA),
]


@pytest.fixture
def usos() -> House:
    return house()


def student(usos: House, login: str = ANNA) -> Student:
    return usos.services.store.read(lambda view: view.get(Student, login))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("login", [ANNA, "kontroler"])
def test_only_the_office_may(usos: House, act: Act, login: str) -> None:
    with pytest.raises(NotYours):
        act(usos.services.office_students, usos.session(login))
    with pytest.raises(NotYours):
        usos.services.booking.book(usos.session(login), PIOTR)


def test_the_whole_file(usos: House) -> None:
    usos.services.ordering.place(usos.session())
    file = usos.services.office_students.file(usos.session("dziekanat"), ANNA)
    assert (file.student.id, file.university.id) == (ANNA, "agh")
    assert all(finding.met for finding in file.findings)
    assert [row.id for row in file.orders] == ["anna.nowak-001"]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda o, s: o.change_surname(s, ANNA, "  "), BadSurname),
        (lambda o, s: o.change_surname(s, ANNA, "a\x1bb"), BadSurname),
        (lambda o, s: o.change_surname(s, ANNA, "a" * 65), BadSurname),
        (lambda o, s: o.set_pesel(s, ANNA, "123"), MalformedPesel),
        (lambda o, s: o.set_pesel(s, ANNA, "44051401359"), RealPesel),
        (lambda o, s: o.set_student_number(s, ANNA, "12a"), BadStudentNumber),
        (lambda o, s: o.set_student_number(s, ANNA, "398112"), StudentNumberTaken),
        (lambda o, s: o.record_hologram(s, ANNA), NoHologram),
        (lambda o, s: o.record_hologram(s, EWA), NoElsToExtend),
        (lambda o, s: o.suspend(s, "nobody"), NotFound),
    ],
)
def test_what_cannot_be(usos: House, act: Act, refusal: type[MlegError]) -> None:
    before = usos.services.store.revision()
    with pytest.raises((BadInput, Refused)) as caught:
        act(usos.services.office_students, usos.session("dziekanat"))
    assert type(caught.value) is refusal
    assert usos.services.store.revision() == before


def test_a_new_surname_is_the_accounts_too(usos: House) -> None:
    usos.services.office_students.change_surname(usos.session("dziekanat"), ANNA, " de  Mono ")
    assert student(usos).last_name == "de Mono"
    assert usos.services.store.read(lambda view: view.get(Account, ANNA)).name == "Anna de Mono"


def test_a_hologram_is_recorded(usos: House) -> None:
    jan = student(usos, JAN)
    assert jan.els is not None
    until = date(2027, 3, 31)
    usos.keep(replace(jan, els=replace(jan.els, hologram_until=until)))
    after = usos.services.office_students.record_hologram(usos.session("dziekanat"), JAN)
    assert after.els is not None
    assert after.els.valid_until == until
    assert usos.services.ordering.card(usos.session(JAN)).why_cannot_order == ()


def test_rights_end_and_come_back(usos: House) -> None:
    office, session = usos.services.office_students, usos.session("dziekanat")
    for end, status in (
        (office.suspend, EnrolmentStatus.SUSPENDED),
        (office.strike_off, EnrolmentStatus.STRUCK_OFF),
    ):
        ended = end(session, ANNA)
        assert (ended.enrolment.status, ended.enrolment.until) == (status, date(2026, 10, 5))
        assert usos.services.ordering.card(usos.session()).why_cannot_order
        assert office.reinstate(session, ANNA).enrolment.until is None
        assert usos.services.ordering.card(usos.session()).why_cannot_order == ()


def test_money_paid_at_the_desk_counts_at_once(usos: House) -> None:
    session = usos.session("dziekanat")
    paid = usos.services.booking.book(session, PIOTR)
    assert paid.amount == 2200
    assert usos.services.office.issue_els(session, PIOTR).els is not None


def test_money_on_a_wrong_account_is_booked_on_the_right_one(usos: House) -> None:
    session = usos.session("dziekanat")
    astray = usos.services.payments.pay(usos.session(PIOTR), "22", "00111122223333444455556666")
    booked = usos.services.booking.book(session, PIOTR, payment=astray.id)
    due = usos.services.store.read(lambda view: view.get(Due, f"{PIOTR}-els"))
    assert (booked.id, booked.account_number) == (astray.id, due.account_number)
    assert usos.services.office.issue_els(session, PIOTR).els is not None


def due_state(usos: House, due: str) -> DueState:
    ledger = usos.services.office_students.file(usos.session("dziekanat"), PIOTR).ledger
    return next(state for state in ledger.dues if state.due.id == due)


def test_the_desk_takes_what_is_missing(usos: House) -> None:
    session, els = usos.session("dziekanat"), due_state(usos, f"{PIOTR}-els").due
    usos.services.payments.pay(usos.session(PIOTR), "10,00", els.account_number)
    usos.services.time.forward(timedelta(days=1))
    assert (due_state(usos, els.id).waiting, due_state(usos, els.id).missing) == (1000, 1200)
    assert usos.services.booking.book(session, PIOTR).amount == 1200
    assert due_state(usos, els.id).settled_on is not None


def test_the_instalment_that_was_named_is_settled_or_it_is_said_why_not(usos: House) -> None:
    booking, session = usos.services.booking, usos.session("dziekanat")
    before = usos.services.store.revision()
    for payment in (None, "astray"):
        with pytest.raises(EarlierDueFirst) as refused:
            booking.book(session, PIOTR, due=f"{PIOTR}-rate-3", payment=payment)
        assert refused.value.details["id"] == f"{PIOTR}-rate-2"
    assert usos.services.store.revision() == before
    for due in (f"{PIOTR}-rate-2", f"{PIOTR}-rate-3"):
        booking.book(session, PIOTR, due=due)
        assert due_state(usos, due).settled_on is not None
    with pytest.raises(NothingDue):
        booking.book(session, PIOTR, due=f"{PIOTR}-rate-3")


def test_a_payment_that_is_too_little_waits_on_the_right_account(usos: House) -> None:
    session, els = usos.session("dziekanat"), f"{PIOTR}-els"
    astray = usos.services.payments.pay(usos.session(PIOTR), "10", "00111122223333444455556666")
    usos.services.booking.book(session, PIOTR, due=els, payment=astray.id)
    assert (due_state(usos, els).missing, due_state(usos, els).settled_on) == (1200, None)


def test_what_cannot_be_booked(usos: House) -> None:
    booking, session = usos.services.booking, usos.session("dziekanat")
    with pytest.raises(NothingDue):
        booking.book(session, JAN)
    for wrong in ({"payment": "nothing"}, {"due": "nothing"}):
        with pytest.raises(NotFound):
            booking.book(session, PIOTR, **wrong)
    with pytest.raises(NotFound):
        booking.book(session, JAN, due=f"{PIOTR}-els")
