"""The plastic card on application, where the university issues it so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mleg_tui.domain.fees import Due, Purpose
from mleg_tui.domain.money import checksum_holds, invented_account
from mleg_tui.domain.order import NotYours
from mleg_tui.domain.student import Enrolment, EnrolmentStatus, Photo, PhotoStatus, Student
from mleg_tui.domain.university import ElsWithoutApplication, University
from mleg_tui.services.els_applications import (
    AlreadyApplied,
    CannotApply,
    ElsThere,
    PlasticCard,
)
from mleg_tui.services.office import FeeUnsettled, NotAppliedFor
from tests.factories import TODAY, House, house

ANNA, MAJA, STAFF = "anna.nowak", "maja.krol", "dziekanat"


@pytest.fixture
def usos() -> House:
    return house()


def apply(usos: House, login: str = MAJA) -> PlasticCard:
    return usos.services.els_applications.apply(usos.session(login))


def issue(usos: House, login: str = MAJA) -> Student:
    return usos.services.office.issue_els(usos.session(STAFF), login)


def dues(usos: House) -> tuple[Due, ...]:
    return usos.services.store.read(lambda view: view.select(Due, student=MAJA))


def change(usos: House, **changes: Any) -> None:
    known = usos.services.store.read(lambda view: view.get(Student, MAJA))
    usos.keep(replace(known, **changes))


def test_the_office_issues_no_card_that_nobody_applied_for(usos: House) -> None:
    with pytest.raises(NotAppliedFor):
        issue(usos)


def test_the_fee_appears_after_the_application_and_the_card_once_it_is_settled(
    usos: House,
) -> None:
    assert usos.services.els_applications.show(usos.session(MAJA)).fee is None
    assert not dues(usos)
    applied = apply(usos)
    assert applied.student.els_applied_on == TODAY
    assert applied.fee is not None
    (due,) = dues(usos)
    assert applied.fee.due == due
    assert (due.purpose, due.amount) == (Purpose.ELS, 2200)
    assert due.deadline == TODAY + timedelta(days=14)
    with pytest.raises(FeeUnsettled):
        issue(usos)
    usos.services.payments.pay(usos.session(MAJA), "22", due.account_number)
    usos.later(days=1)
    card = usos.services.els_applications.show(usos.session(MAJA))
    assert card.fee is not None
    assert card.fee.settled_on == TODAY
    student = issue(usos)
    assert student.els is not None
    assert student.els_applied_on is None


def test_one_applies_once_and_not_for_a_second_card(usos: House) -> None:
    apply(usos)
    with pytest.raises(AlreadyApplied):
        apply(usos)
    assert len(dues(usos)) == 1
    usos.services.booking.book(usos.session(STAFF), MAJA)
    issue(usos)
    with pytest.raises(ElsThere):
        apply(usos)
    issue(usos)  # a second one is an exchange, which needs no application


def test_an_open_fee_is_not_charged_again(usos: House) -> None:
    apply(usos)
    change(usos, els_applied_on=None)
    assert apply(usos).student.els_applied_on == TODAY
    assert len(dues(usos)) == 1


def test_a_card_that_costs_nothing_has_no_due(usos: House) -> None:
    def reform(work: Any) -> None:
        known = work.get(University, "agh2025")
        work.save(replace(known, fees=replace(known.fees, els=0)))

    usos.services.store.transact(reform)
    assert apply(usos).fee is None
    assert issue(usos).els is not None


def test_every_condition_that_fails_is_named(usos: House) -> None:
    change(
        usos,
        enrolment=Enrolment(
            usos.services.ordering.card(usos.session(MAJA)).student.enrolment.level,
            EnrolmentStatus.ON_LEAVE,
        ),
        photo=Photo(PhotoStatus.REJECTED, "bear", "Nie widać twarzy."),
    )
    with pytest.raises(CannotApply) as refused:
        apply(usos)
    assert refused.value.codes == ("ON_LEAVE", "PHOTO_REJECTED")
    assert not dues(usos)


def test_elsewhere_the_card_needs_no_application(usos: House) -> None:
    with pytest.raises(ElsWithoutApplication):
        apply(usos, ANNA)
    with pytest.raises(NotYours):
        usos.services.els_applications.show(usos.session(STAFF))


def test_the_office_sees_the_application_in_the_file(usos: House) -> None:
    apply(usos)
    file = usos.services.office_students.file(usos.session(STAFF), MAJA)
    assert file.student.els_applied_on == TODAY
    assert [state.due.purpose for state in file.ledger.dues] == [Purpose.ELS]


def test_an_invented_account_is_no_real_one() -> None:
    numbers = {invented_account(f"student-{number}/ELS") for number in range(500)}
    assert len(numbers) == 500
    assert not any(map(checksum_holds, numbers))
    assert {len(number) for number in numbers} == {26}
    assert invented_account("anna") == invented_account("anna")
