"""Students as the office sees them in a list, and which of them in which order it wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mleg_tui.domain.calendar import soonest, warsaw_date
from mleg_tui.domain.eligibility import Finding, examine, examined_until
from mleg_tui.domain.student import PhotoStatus, Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.services.campus import university_of
from mleg_tui.services.columns import searched_words
from mleg_tui.services.pages import most_counted
from mleg_tui.services.store import Query, View, Where


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A student as the office sees one in a list, and which conditions hold."""

    id: str
    name: str
    student_number: str | None
    university: LocalText
    photo: PhotoStatus
    els_valid_until: date | None
    findings: tuple[Finding, ...]


class StudentSorting(StrEnum):
    """By what students are sorted."""

    LOGIN = "login"
    NAME = "name"
    STUDENT_NUMBER = "student_number"
    UNIVERSITY = "university"


_COLUMNS: Mapping[StudentSorting, str] = {
    StudentSorting.LOGIN: "id",
    StudentSorting.NAME: "name",
    StudentSorting.STUDENT_NUMBER: "number",
    StudentSorting.UNIVERSITY: "university",
}


@dataclass(frozen=True, slots=True)
class StudentFilter:
    """Which students to show, in which order. Implements ``Wanted``.

    ``text`` is beginnings of words of name, album number or login.
    """

    text: str = ""
    university: str | None = None
    by: StudentSorting = StudentSorting.LOGIN
    descending: bool = False

    @property
    def most_counted(self) -> int | None:
        """Up to how many a count of them is worth its time on the way to a key."""
        return most_counted(words=bool(self.text.strip()), filters=self.university is not None)

    def queries(self, now: datetime) -> tuple[Query[Student], ...]:
        """Return the query that finds the students."""
        del now
        either: tuple[Where, ...] = ({"university": self.university},) if self.university else ()
        words = searched_words(self.text)
        return (Query(Student, words, either, _COLUMNS[self.by], self.descending),)

    def rows(
        self, view: View, students: Sequence[Student], now: datetime
    ) -> tuple[StudentRow, ...]:
        """Return students as rows."""
        today = warsaw_date(now)
        return tuple(
            StudentRow(
                id=student.id,
                name=student.full_name,
                student_number=student.student_number,
                university=university.name,
                photo=student.photo.status,
                els_valid_until=student.els.valid_until if student.els else None,
                findings=examine(student, university.regulation, today),
            )
            for student, university in _with_university(view, students)
        )

    def holds_until(self, view: View, shown: Sequence[Student], now: datetime) -> datetime | None:
        """Return when a date changes which conditions hold of students; ``None``: never."""
        today = warsaw_date(now)
        return soonest(
            examined_until(student, university.regulation, today)
            for student, university in _with_university(view, shown)
        )


def _with_university(
    view: View, students: Sequence[Student]
) -> tuple[tuple[Student, University], ...]:
    known = {id_: university_of(view, id_) for id_ in {one.university for one in students}}
    return tuple((student, known[student.university]) for student in students)
