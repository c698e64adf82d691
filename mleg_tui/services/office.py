"""The dean's office decides about photos, and issues and extends the plastic card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import semester_card_date, warsaw_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Purpose
from mleg_tui.domain.ledger import Ledger
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import check_reason
from mleg_tui.domain.student import Els, EnrolmentStatus, Photo, PhotoStatus, Student
from mleg_tui.domain.university import University
from mleg_tui.services.campus import known_university, university_of
from mleg_tui.services.clock import Clock
from mleg_tui.services.facts import ledger_of
from mleg_tui.services.session import Session
from mleg_tui.services.store import Query, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork

_FEES = frozenset({Purpose.ELS, Purpose.DUPLICATE})


class NoPhotoWaiting(Refused):
    """There is no photo to decide about."""

    message = N_("Żadne zdjęcie tego studenta nie czeka na decyzję.")
    advice = N_("Student wysyła zdjęcie w USOSweb: Zdjęcie do legitymacji.")


class NotAppliedFor(Refused):
    """The card is issued on application, and there is none."""

    message = N_("Student nie złożył wniosku o legitymację plastikową.")
    advice = N_("Student składa go w USOSweb: Legitymacja plastikowa (ELS).")


class FeeUnsettled(Refused):
    """The card's fee is not settled, as far as the last migration knows."""

    message = N_("Opłata za ELS nie jest rozliczona: {description}.")
    advice = N_("Student musi wpłacić całą kwotę na właściwe konto; wpłatę widać po migracji.")


class TuitionUnsettled(Refused):
    """Tuition is late, and the university extends the card only once it is settled."""

    message = N_(
        "Czesne nie jest rozliczone, a uczelnia przedłuża ELS dopiero potem: {description}."
    )
    advice = N_("Student musi wpłacić całą kwotę z odsetkami; wpłatę widać po migracji.")


class PhotoNotApproved(Refused):
    """A card needs a photo."""

    message = N_("Student nie ma zatwierdzonego zdjęcia.")
    advice = N_("Najpierw zatwierdź zdjęcie albo poproś studenta o nowe.")


class NoElsToExtend(Refused):
    """There is no card."""

    message = N_("Student nie ma ELS, którą można by przedłużyć.")
    advice = N_("Najpierw wydaj ELS.")


class AlreadyExtended(Refused):
    """The card is valid for this semester."""

    message = N_("ELS jest już ważna w USOS do {date}.")
    advice = N_("W tym semestrze nie trzeba jej przedłużać.")


@dataclass(frozen=True, slots=True)
class Extension:
    """What extending all cards of a university means: to when, whose, and whose not, and why.

    Only active students with a card that ends earlier are in it.
    """

    university: University
    until: date
    extended: tuple[Student, ...]
    refused: tuple[tuple[Student, Refused], ...]


class Office:
    """What the office does with photo and card. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.OFFICE)

    def approve_photo(self, session: Session, student: str) -> Student:
        """Approve the photo that waits. Raises ``NoPhotoWaiting``."""
        return self._change(
            session, student, lambda _work, who, _now: _photo(who, PhotoStatus.APPROVED)
        )

    def reject_photo(self, session: Session, student: str, reason: str) -> Student:
        """Reject the photo that waits. Raises ``NoPhotoWaiting`` and what ``check_reason`` does."""

        def reject(_work: Work, who: Student, _now: datetime) -> Student:
            check_reason(reason)
            return _photo(who, PhotoStatus.REJECTED, reason.strip())

        return self._change(session, student, reject)

    def issue_els(self, session: Session, student: str) -> Student:
        """Issue the plastic card. Raises what ``_issued`` does."""
        return self._change(session, student, _issued)

    def extend_els(self, session: Session, student: str) -> Student:
        """Record the card as extended. Raises what ``_extended`` does."""
        return self._change(session, student, _extended)

    def preview_extension(self, session: Session, university: str) -> Extension:
        """Return what ``extend_all`` would do. Raises ``UnknownUniversity``."""
        return self._work.look(session, lambda view, now: _extension(view, university, now))

    def extend_all(self, session: Session, university: str) -> Extension:
        """Record the cards of all of a university as extended. Raises ``UnknownUniversity``."""

        def change(work: Work, now: datetime) -> Extension:
            extension = _extension(work, university, now)
            for student in extension.extended:
                work.save(student)
            return extension

        return self._work.act(session, change)

    def _change(
        self, session: Session, student: str, act: Callable[[Work, Student, datetime], Student]
    ) -> Student:
        """Write what ``act`` makes of a student. Raises ``NotFound`` for an unknown one."""

        def change(work: Work, now: datetime) -> Student:
            return work.save(act(work, work.get(Student, student), now))

        return self._work.act(session, change)


def _photo(student: Student, status: PhotoStatus, reason: str | None = None) -> Student:
    if student.photo.status is not PhotoStatus.WAITING:
        raise NoPhotoWaiting
    return replace(student, photo=Photo(status, student.photo.picture, reason))


def _issued(view: View, student: Student, now: datetime) -> Student:
    """Return the student with a new card: this semester's date, today's surname and photo.

    Raises ``NotAppliedFor``, ``FeeUnsettled`` (docs/domain.md §4: fees block indirectly) and
    ``PhotoNotApproved``.
    """
    refusal = application_missing(student, university_of(view, student.university))
    if refusal is not None:
        raise refusal
    _check_fees(view, student, now, extending=False)
    if student.photo.status is not PhotoStatus.APPROVED:
        raise PhotoNotApproved
    today = warsaw_date(now)
    until = semester_card_date(today)
    card = Els(today, until, student.last_name, student.photo.picture, until)
    return replace(student, els=card, els_applied_on=None)


def _extended(view: View, student: Student, now: datetime) -> Student:
    """Return the student with the card recorded as valid for this semester, hologram included.

    Raises ``NoElsToExtend``, ``AlreadyExtended``, ``FeeUnsettled`` and ``TuitionUnsettled``.
    """
    if student.els is None:
        raise NoElsToExtend
    until = semester_card_date(warsaw_date(now))
    if student.els.valid_until >= until:
        raise AlreadyExtended(date=student.els.valid_until.isoformat())
    _check_fees(view, student, now, extending=True)
    return replace(student, els=replace(student.els, valid_until=until, hologram_until=until))


def _extension(view: View, university: str, now: datetime) -> Extension:
    known, until = known_university(view, university), semester_card_date(warsaw_date(now))
    extended: list[Student] = []
    refused: list[tuple[Student, Refused]] = []
    for student in view.page(Query(Student, either=({"university": university},))):
        active = student.enrolment.status is EnrolmentStatus.ACTIVE
        if not active or student.els is None or student.els.valid_until >= until:
            continue
        try:
            extended.append(_extended(view, student, now))
        except Refused as refusal:
            refused.append((student, refusal))
    return Extension(known, until, tuple(extended), tuple(refused))


def application_missing(student: Student, university: University) -> Refused | None:
    """Return that a student has not applied for the first card, where that is to be done."""
    first = student.els is None and university.els_application is not None
    return NotAppliedFor() if first and student.els_applied_on is None else None


def _check_fees(view: View, student: Student, now: datetime, *, extending: bool) -> None:
    university = university_of(view, student.university)
    known = ledger_of(view, student, now)
    refusal = fee_in_the_way(known, university, warsaw_date(now), extending=extending)
    if refusal is not None:
        raise refusal


def fee_in_the_way(
    known: Ledger, university: University, today: date, *, extending: bool
) -> Refused | None:
    """Return what is to be settled before the card is issued or extended, if anything is."""
    waiting = [state.due for state in known.unsettled]
    for due in waiting:
        if due.purpose in _FEES:
            return FeeUnsettled(description=due.description)
    if extending and university.tuition_first:
        for due in waiting:
            if due.purpose is Purpose.STUDIES and due.deadline < today:
                return TuitionUnsettled(description=due.description)
    return None
