"""The office and one student: the whole file, and each edit that a real office makes.

What ends the student's rights or changes what is on the card also ends a live order (T9), in the
same transaction and with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mleg_tui.domain.account import Account
from mleg_tui.domain.calendar import soonest, warsaw_date
from mleg_tui.domain.eligibility import Finding, examine, examined_until
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.inert import fault_of
from mleg_tui.domain.ledger import Ledger
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order
from mleg_tui.domain.pesel import check_invented
from mleg_tui.domain.student import (
    BadStudentNumber,
    EnrolmentStatus,
    Student,
    StudyLevel,
    is_student_number,
)
from mleg_tui.domain.university import University
from mleg_tui.domain.validity import end_of_rights
from mleg_tui.services.campus import university_of
from mleg_tui.services.columns import number_column
from mleg_tui.services.facts import ledger_of
from mleg_tui.services.office import NoElsToExtend
from mleg_tui.services.office_orders import invalidate, live_order
from mleg_tui.services.order_rows import OrderRow, order_row
from mleg_tui.services.pages import OfficeList
from mleg_tui.services.session import Session
from mleg_tui.services.store import Query, View, Work
from mleg_tui.services.student_rows import StudentRow

SURNAME_CHANGED: str = N_("Zmiana nazwiska.")
DATA_CHANGED: str = N_("Zmiana danych osobowych.")
SUSPENDED: str = N_("Zawieszenie w prawach studenta.")
STRUCK_OFF: str = N_("Skreślenie z listy studentów.")
GRADUATED: str = N_("Ukończenie studiów.")
_LONGEST_NAME = 64


class BadSurname(BadInput):
    """Not a surname."""

    message = N_("To nie jest nazwisko.")
    advice = N_("Wpisz nowe nazwisko, najwyżej 64 znaki.")


class StudentNumberTaken(Refused):
    """Another student of the university has the album number."""

    message = N_("Numer albumu {number} ma już inny student tej uczelni.")
    advice = N_("Wpisz inny numer albumu.")


class NoHologram(Refused):
    """No sticker on the card promises more than is recorded."""

    message = N_("Na ELS nie ma hologramu, którego nie odnotowano.")
    advice = N_("Jeśli karta ma być ważna dalej, przedłuż ELS.")


@dataclass(frozen=True, slots=True)
class StudentFile:
    """All that the office knows of a student, at one moment. Orders are the newest first.

    It ``holds_until`` the simulated moment at which something of it changes by itself.
    """

    student: Student
    university: University
    findings: tuple[Finding, ...]
    ledger: Ledger
    orders: tuple[OrderRow, ...]
    holds_until: datetime | None


class OfficeStudents(OfficeList[Student, StudentRow]):
    """Every method raises ``NotYours`` for who is not the office, and ``NotFound``."""

    def file(self, session: Session, student: str) -> StudentFile:
        """Return a student's whole file."""
        return self._office.look(session, lambda view, now: _file(view, student, now))

    def record_hologram(self, session: Session, student: str) -> Student:
        """Record what the sticker on the plastic card says. Raises ``NoHologram``."""

        def act(_work: Work, known: Student, _now: datetime) -> Student:
            if known.els is None:
                raise NoElsToExtend
            until = known.els.hologram_until
            if until is None or until <= known.els.valid_until:
                raise NoHologram
            return replace(known, els=replace(known.els, valid_until=until))

        return self._edit(session, student, act)

    def change_surname(self, session: Session, student: str, surname: str) -> Student:
        """Record a new surname; the plastic card keeps the old one. Raises ``BadSurname``."""
        name = " ".join(surname.split())
        if not name or len(name) > _LONGEST_NAME or not name.isprintable() or fault_of(name):
            raise BadSurname

        def act(work: Work, known: Student, now: datetime) -> Student:
            if known.last_name == name:
                return known
            invalidate(work, student, SURNAME_CHANGED, session, now)
            changed = replace(known, last_name=name)
            account = work.find(Account, student)
            if account is not None:
                work.save(replace(account, name=changed.full_name))
            return changed

        return self._edit(session, student, act)

    def set_pesel(self, session: Session, student: str, pesel: str) -> Student:
        """Record a PESEL. Raises ``MalformedPesel`` and ``RealPesel``."""
        number = "".join(pesel.split())
        check_invented(number)

        def act(work: Work, known: Student, now: datetime) -> Student:
            if known.pesel not in (None, number):
                invalidate(work, student, DATA_CHANGED, session, now)
            return replace(known, pesel=number)

        return self._edit(session, student, act)

    def set_student_number(self, session: Session, student: str, number: str) -> Student:
        """Record an album number. Raises ``BadStudentNumber`` and ``StudentNumberTaken``."""
        digits = number.strip()
        if not is_student_number(digits):
            raise BadStudentNumber

        def act(work: Work, known: Student, now: datetime) -> Student:
            same = {"university": known.university, "number": number_column(digits)}
            for other in work.page(Query(Student, either=(same,))):
                if other.id != student and other.student_number == digits:
                    raise StudentNumberTaken(number=digits)
            if known.student_number not in (None, digits):
                invalidate(work, student, DATA_CHANGED, session, now)
            return replace(known, student_number=digits)

        return self._edit(session, student, act)

    def suspend(self, session: Session, student: str) -> Student:
        """Suspend the student's rights from today on."""
        return self._end(session, student, EnrolmentStatus.SUSPENDED, SUSPENDED)

    def strike_off(self, session: Session, student: str) -> Student:
        """Strike the student off the list today."""
        return self._end(session, student, EnrolmentStatus.STRUCK_OFF, STRUCK_OFF)

    def graduate(self, session: Session, student: str) -> Student:
        """Let the student graduate today.

        Graduates of the first cycle keep their mLegitymacja to 31 October, and no longer
        (docs/domain.md §6).
        """
        return self._end(session, student, EnrolmentStatus.GRADUATED, GRADUATED)

    def reinstate(self, session: Session, student: str) -> Student:
        """Make the student an active one again: back from leave, or the oath taken."""

        def act(_work: Work, known: Student, _now: datetime) -> Student:
            enrolment = replace(known.enrolment, status=EnrolmentStatus.ACTIVE, until=None)
            return replace(known, enrolment=enrolment)

        return self._edit(session, student, act)

    def _end(self, session: Session, student: str, status: EnrolmentStatus, reason: str) -> Student:
        def act(work: Work, known: Student, now: datetime) -> Student:
            enrolment = replace(known.enrolment, status=status, until=warsaw_date(now))
            ended = replace(known, enrolment=enrolment)
            keeps = status is EnrolmentStatus.GRADUATED and (
                enrolment.level is StudyLevel.FIRST_CYCLE
            )
            if keeps:
                _shorten(work, ended, now)
            else:
                invalidate(work, student, reason, session, now)
            return ended

        return self._edit(session, student, act)

    def _edit(
        self, session: Session, student: str, act: Callable[[Work, Student, datetime], Student]
    ) -> Student:
        def change(work: Work, now: datetime) -> Student:
            known = work.get(Student, student)
            edited = act(work, known, now)
            return known if edited == known else work.save(edited)

        return self._office.act(session, change)


def _shorten(work: Work, student: Student, now: datetime) -> None:
    """Let the live order end with the student's rights."""
    order, end = live_order(work, student.id, now), end_of_rights(student)
    if order is not None and end is not None and order.expiration_date > end:
        work.save(replace(order, expiration_date=end))


def _file(view: View, id: str, now: datetime) -> StudentFile:
    student, today = view.get(Student, id), warsaw_date(now)
    university, known = university_of(view, student.university), ledger_of(view, student, now)
    orders = view.select(Order, student=id)
    rows = (order_row(order, student, university, now) for order in orders)
    ends = (
        known.holds_until(now),
        examined_until(student, university.regulation, today),
        *(order.status_until(now) for order in orders),
    )
    return StudentFile(
        student=student,
        university=university,
        findings=examine(student, university.regulation, today),
        ledger=known,
        orders=tuple(sorted(rows, key=lambda row: (row.order_date, row.id), reverse=True)),
        holds_until=soonest(ends),
    )
