"""``Termin ważności`` (docs/domain.md §6)."""

from __future__ import annotations

from datetime import date

import pytest

from mleg_tui.domain.student import Els, Enrolment, EnrolmentStatus, Student, StudyLevel
from mleg_tui.domain.university import Regulation, ValidityRule
from mleg_tui.domain.validity import end_of_rights, expiration_date, rail_discount_ends
from tests.factories import student

BY_ELS = Regulation("2020", (), ValidityRule.ELS)
BY_SEMESTER = Regulation("2025", (), ValidityRule.SEMESTER)


def with_els(until: date) -> Student:
    return student(els=Els(date(2019, 10, 1), until, "Nowak"))


def studying(level: StudyLevel, status: EnrolmentStatus, until: date) -> Student:
    return student(enrolment=Enrolment(level, status, until), els=None)


@pytest.mark.parametrize(
    ("ordered_on", "els_until", "expected"),
    [
        (date(2020, 9, 3), date(2021, 3, 31), date(2021, 3, 31)),  # seed 000
        (date(2021, 7, 1), date(2021, 11, 29), date(2021, 11, 29)),  # seed 001
    ],
)
def test_the_orders_of_the_seeds(ordered_on: date, els_until: date, expected: date) -> None:
    assert expiration_date(with_els(els_until), BY_ELS, ordered_on) == expected


@pytest.mark.parametrize(
    ("ordered_on", "expected"),
    [
        (date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 3, 1), date(2026, 10, 31)),
        (date(2026, 11, 2), date(2027, 3, 31)),
    ],
)
def test_without_the_cards_date_it_is_the_semesters(ordered_on: date, expected: date) -> None:
    assert expiration_date(with_els(date(2030, 1, 1)), BY_SEMESTER, ordered_on) == expected
    assert expiration_date(student(els=None), BY_ELS, ordered_on) == expected


F, S = StudyLevel.FIRST_CYCLE, StudyLevel.SECOND_CYCLE
E = EnrolmentStatus


@pytest.mark.parametrize(
    ("level", "status", "until", "end"),
    [
        (S, E.ACTIVE, date(2026, 7, 1), date(2026, 7, 1)),
        (S, E.GRADUATED, date(2026, 7, 1), date(2026, 7, 1)),
        (F, E.GRADUATED, date(2026, 7, 1), date(2026, 10, 31)),
        (F, E.ACTIVE, date(2026, 7, 1), date(2026, 10, 31)),
        (F, E.ACTIVE, date(2026, 11, 15), date(2026, 11, 15)),
        (F, E.STRUCK_OFF, date(2026, 7, 1), date(2026, 7, 1)),
        (F, E.SUSPENDED, date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_the_end_of_a_students_rights(
    level: StudyLevel, status: EnrolmentStatus, until: date, end: date
) -> None:
    assert end_of_rights(studying(level, status, until)) == end


def test_the_end_of_the_rights_caps_the_card() -> None:
    leaving = studying(S, E.ACTIVE, date(2026, 12, 1))
    assert expiration_date(leaving, BY_SEMESTER, date(2026, 11, 1)) == date(2026, 12, 1)


def test_whose_end_is_unknown_keeps_the_cards_date() -> None:
    assert end_of_rights(student()) is None


@pytest.mark.parametrize(
    ("born", "ends"),
    [(date(2004, 5, 17), date(2030, 5, 17)), (date(2004, 2, 29), date(2030, 3, 1))],
)
def test_the_rail_discount_ends_on_the_26th_birthday(born: date, ends: date) -> None:
    assert rail_discount_ends(student(birth_date=born)) == ends
