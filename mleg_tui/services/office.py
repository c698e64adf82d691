"""The dean's office: what its staff may see and do. Tokens and codes are never among it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import check_reason
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.services import els
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, Work
from mleg_tui.services.unit_of_work import UnitOfWork


class NoPhotoWaiting(Refused):
    """There is no photo to decide about."""

    message = N_("Żadne zdjęcie tego studenta nie czeka na decyzję.")
    advice = N_("Student wysyła zdjęcie w USOSweb: Zdjęcie do legitymacji.")


class Office:
    """What the office may see and do. Raises ``NotYours`` for everybody else."""

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
        return self._change(session, student, els.issued)

    def extend_els(self, session: Session, student: str) -> Student:
        """Record the card as extended. Raises ``FeeUnsettled`` and what ``els`` refuses."""
        return self._change(session, student, els.extended)

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
