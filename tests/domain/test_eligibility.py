"""The conditions of both regulations, each cause alone and together (docs/domain.md §4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mleg_tui.domain.eligibility import CAUSES, CONDITION_LABELS, Cause, examine
from mleg_tui.domain.student import (
    Els,
    Enrolment,
    EnrolmentStatus,
    Photo,
    PhotoStatus,
    Student,
    StudyLevel,
)
from mleg_tui.domain.university import Condition, Regulation, ValidityRule
from tests.factories import TODAY, student

OLD = Regulation("2020", tuple(Condition), ValidityRule.ELS)
NEW = Regulation(
    "2025",
    (Condition.ACTIVE_STUDENT, Condition.PESEL, Condition.STUDENT_NUMBER, Condition.PHOTO),
    ValidityRule.SEMESTER,
)
ELS = Els(date(2025, 9, 1), date(2027, 3, 31), "Nowak", "robot")
YESTERDAY = TODAY - timedelta(days=1)


def enrolled(status: EnrolmentStatus) -> dict[str, Any]:
    return {"enrolment": Enrolment(StudyLevel.FIRST_CYCLE, status)}


CASES: list[tuple[Condition, Cause, dict[str, Any]]] = [
    (Condition.ACTIVE_STUDENT, Cause.DOCTORAL, {"enrolment": Enrolment(StudyLevel.DOCTORAL)}),
    (Condition.ACTIVE_STUDENT, Cause.DOCTORAL, {"enrolment": Enrolment(StudyLevel.POSTGRADUATE)}),
    (Condition.ACTIVE_STUDENT, Cause.OATH_NOT_TAKEN, enrolled(EnrolmentStatus.OATH_NOT_TAKEN)),
    (Condition.ACTIVE_STUDENT, Cause.ON_LEAVE, enrolled(EnrolmentStatus.ON_LEAVE)),
    (Condition.ACTIVE_STUDENT, Cause.SUSPENDED, enrolled(EnrolmentStatus.SUSPENDED)),
    (Condition.ACTIVE_STUDENT, Cause.STRUCK_OFF, enrolled(EnrolmentStatus.STRUCK_OFF)),
    (Condition.ACTIVE_STUDENT, Cause.GRADUATED, enrolled(EnrolmentStatus.GRADUATED)),
    (Condition.PESEL, Cause.NO_PESEL, {"pesel": None}),
    (Condition.STUDENT_NUMBER, Cause.NO_STUDENT_NUMBER, {"student_number": None}),
    (Condition.PHOTO, Cause.NO_PHOTO, {"photo": Photo()}),
    (Condition.PHOTO, Cause.PHOTO_WAITING, {"photo": Photo(PhotoStatus.WAITING, "cat")}),
    (Condition.PHOTO, Cause.PHOTO_REJECTED, {"photo": Photo(PhotoStatus.REJECTED, "cat")}),
    (Condition.ELS_EXTENDED, Cause.ELS_NOT_EXTENDED, {"els": replace(ELS, valid_until=YESTERDAY)}),
    (
        Condition.ELS_EXTENDED,
        Cause.HOLOGRAM_NOT_RECORDED,
        {"els": replace(ELS, valid_until=YESTERDAY, hologram_until=TODAY)},
    ),
    (
        Condition.ELS_EXTENDED,
        Cause.ELS_NOT_EXTENDED,
        {"els": replace(ELS, valid_until=YESTERDAY, hologram_until=YESTERDAY)},
    ),
    (Condition.DATA_UNCHANGED, Cause.DATA_CHANGED, {"last_name": "Nowak-Lis"}),
    (
        Condition.DATA_UNCHANGED,
        Cause.DATA_CHANGED,
        {"photo": Photo(PhotoStatus.APPROVED, "another")},
    ),
]


def failing(who: Student, regulation: Regulation) -> dict[Condition, Cause | None]:
    findings = examine(who, regulation, TODAY)
    return {finding.condition: finding.cause for finding in findings if not finding.met}


@pytest.mark.parametrize(("condition", "cause", "changes"), CASES)
def test_one_cause_fails_one_condition(
    condition: Condition, cause: Cause, changes: dict[str, Any]
) -> None:
    who = student(**changes)
    assert failing(who, OLD) == {condition: cause}
    assert failing(who, NEW) == ({condition: cause} if condition in NEW.conditions else {})


def test_every_cause_is_shown_by_some_student() -> None:
    without_card = failing(student(els=None), OLD)
    assert {cause for _, cause, _ in CASES} | set(without_card.values()) == set(Cause)


def test_without_a_plastic_card_there_is_none_to_extend() -> None:
    assert failing(student(els=None), OLD) == {
        Condition.ELS: Cause.NO_ELS,
        Condition.ELS_EXTENDED: Cause.NO_ELS_TO_EXTEND,
    }
    assert failing(student(els=None), NEW) == {}


def test_all_that_fails_is_told_in_the_regulations_order() -> None:
    who = student(pesel=None, student_number=None, photo=Photo(), els=None)
    assert list(failing(who, OLD)) == [
        Condition.PESEL,
        Condition.STUDENT_NUMBER,
        Condition.PHOTO,
        Condition.ELS,
        Condition.ELS_EXTENDED,
    ]


@pytest.mark.parametrize("regulation", [OLD, NEW])
def test_a_student_in_order_meets_every_condition(regulation: Regulation) -> None:
    findings = examine(student(), regulation, TODAY)
    assert [finding.condition for finding in findings] == list(regulation.conditions)
    assert all(finding.met for finding in findings)


@pytest.mark.parametrize(
    "changes",
    [
        {"els": replace(ELS, valid_until=TODAY)},
        {"els": replace(ELS, picture=None)},
        {"photo": Photo(PhotoStatus.APPROVED, "robot"), "els": replace(ELS, picture="robot")},
    ],
)
def test_what_does_not_stand_in_the_way(changes: dict[str, Any]) -> None:
    assert failing(student(**changes), OLD) == {}


def test_a_photo_that_waits_has_not_changed_the_card_yet() -> None:
    who = student(photo=Photo(PhotoStatus.WAITING, "another"))
    assert Condition.DATA_UNCHANGED not in failing(who, OLD)


def test_every_condition_has_the_label_of_the_page() -> None:
    assert [str(CONDITION_LABELS[condition]) for condition in Condition] == [
        "Jesteś aktywnym studentem",
        "Masz numer PESEL",
        "Masz numer albumu",
        "Masz zdjęcie w USOS",
        "Masz Elektroniczną Legitymację Studencką (plastikową)",
        "Twoja (plastikowa) ELS została przedłużona w USOS",
        "Twoje dane osobowe nie zmieniły się od czasu wydania ELS",
    ]


def test_every_cause_belongs_to_one_condition() -> None:
    assert CAUSES.keys() == set(Condition)
    listed = [cause for causes in CAUSES.values() for cause in causes]
    assert sorted(listed, key=str) == sorted(Cause, key=str)
