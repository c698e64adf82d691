"""The dean's office decides about photos, and issues and extends the plastic card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import semester_card_date, warsaw_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Purpose
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import check_reason
from mleg_tui.domain.student import Els, Photo, PhotoStatus, Student
from mleg_tui.services.clock import Clock
from mleg_tui.services.payments import ledger_of
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork

_FEES = frozenset({Purpose.ELS, Purpose.DUPLICATE})


class NoPhotoWaiting(Refused):
    """There is no photo to decide about."""

    message = N_("Żadne zdjęcie tego studenta nie czeka na decyzję.")
    advice = N_("Student wysyła zdjęcie w USOSweb: Zdjęcie do legitymacji.")


class FeeUnsettled(Refused):
    """The card's fee is not settled, as far as the last migration knows."""

    message = N_("Opłata za ELS nie jest rozliczona: {description}.")
    advice = N_("Student musi wpłacić całą kwotę na właściwe konto; wpłatę widać po migracji.")


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
        """Issue the plastic card. Raises ``FeeUnsettled`` and ``PhotoNotApproved``."""
        return self._change(session, student, _issued)

    def extend_els(self, session: Session, student: str) -> Student:
        """Record the card as extended. Raises what ``_extended`` does."""
        return self._change(session, student, _extended)

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

    Raises ``FeeUnsettled`` (docs/domain.md §4: fees block indirectly) and ``PhotoNotApproved``.
    """
    _check_fees(view, student, now)
    if student.photo.status is not PhotoStatus.APPROVED:
        raise PhotoNotApproved
    today = warsaw_date(now)
    until = semester_card_date(today)
    return replace(student, els=Els(today, until, student.last_name, student.photo.picture, until))


def _extended(view: View, student: Student, now: datetime) -> Student:
    """Return the student with the card recorded as valid for this semester, hologram included.

    Raises ``NoElsToExtend``, ``AlreadyExtended`` and ``FeeUnsettled``.
    """
    if student.els is None:
        raise NoElsToExtend
    until = semester_card_date(warsaw_date(now))
    if student.els.valid_until >= until:
        raise AlreadyExtended(date=student.els.valid_until.isoformat())
    _check_fees(view, student, now)
    return replace(student, els=replace(student.els, valid_until=until, hologram_until=until))


def _check_fees(view: View, student: Student, now: datetime) -> None:
    for state in ledger_of(view, student, now).dues:
        if state.due.purpose in _FEES and state.settled_on is None:
            raise FeeUnsettled(description=state.due.description)
