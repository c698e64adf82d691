"""To when an mLegitymacja is valid (docs/domain.md §6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mleg_tui.domain.calendar import semester_card_date, years_after
from mleg_tui.domain.student import EnrolmentStatus, Student, StudyLevel
from mleg_tui.domain.university import Regulation, ValidityRule

if TYPE_CHECKING:
    from mleg_tui.domain.phone import Document

RAIL_DISCOUNT_AGE = 26


def expiration_date(student: Student, regulation: Regulation, ordered_on: date) -> date:
    """Return ``Termin ważności`` of an order placed on a day.

    It is the plastic card's date where the regulation says so, else the semester's, and never
    later than the end of the student's rights.
    """
    if regulation.validity is ValidityRule.ELS and student.els is not None:
        natural = student.els.valid_until
    else:
        natural = semester_card_date(ordered_on)
    end = end_of_rights(student)
    return natural if end is None else min(natural, end)


def end_of_rights(student: Student) -> date | None:
    """Return the known last day of the student's rights, if there is one.

    First-cycle graduates keep them to 31 October of the year in which they graduate.
    """
    until = student.enrolment.until
    if until is None:
        return None
    graduates = student.enrolment.status in (EnrolmentStatus.ACTIVE, EnrolmentStatus.GRADUATED)
    if graduates and student.enrolment.level is StudyLevel.FIRST_CYCLE:
        return max(until, date(until.year, 10, 31))
    return until


def rail_discount_ends(holder: Student | Document) -> date:
    """Return the 26th birthday of a student, on which the 51 % rail discount ends."""
    return years_after(holder.birth_date, RAIL_DISCOUNT_AGE)
