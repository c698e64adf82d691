"""What makes no sense for an order or a student as it is now. The services decide again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mleg_tui.domain.calendar import semester_card_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import TRANSITIONS, Command, OrderStatus, TransitionRefused
from mleg_tui.domain.student import Els, EnrolmentStatus, PhotoStatus
from mleg_tui.services.booking import NothingDue
from mleg_tui.services.office import (
    AlreadyExtended,
    NoElsToExtend,
    NoPhotoWaiting,
    PhotoNotApproved,
    application_missing,
    fee_in_the_way,
)
from mleg_tui.services.office_orders import NotFailed, OrderFile
from mleg_tui.services.office_students import NoHologram, StudentFile


class AlreadySo(Refused):
    """The student stands with the university just so."""

    message = N_("Student ma już taki status.")
    advice = N_("Nie ma czego zmieniać.")


_STANDINGS: Mapping[str, EnrolmentStatus] = {
    "student.suspend": EnrolmentStatus.SUSPENDED,
    "student.strike_off": EnrolmentStatus.STRUCK_OFF,
    "student.graduate": EnrolmentStatus.GRADUATED,
    "student.reinstate": EnrolmentStatus.ACTIVE,
}


def refused_for_order(file: OrderFile) -> dict[str, Refused]:
    """Return the commands that the order's state forbids."""
    status, refused = file.row.status, dict[str, Refused]()
    for id_, command in (("order.fail", Command.REJECT), ("order.revoke", Command.INVALIDATE)):
        if status not in TRANSITIONS[command].sources:
            refused[id_] = TransitionRefused(status=file.row.status_label)
    if status is not OrderStatus.ERROR:
        refused["order.retry"] = NotFailed()
    return refused


def refused_for_student(file: StudentFile, today: date) -> dict[str, Refused]:
    """Return the commands that the student's file forbids."""
    told = {
        "student.approve_photo": _no_photo(file),
        "student.reject_photo": _no_photo(file),
        "student.issue_els": _no_issue(file, today),
        "student.extend_els": _no_extension(file, today),
        "student.record_hologram": _no_hologram(file.student.els),
        "student.book_payment": None if _unsettled(file) else NothingDue(),
    }
    standing = file.student.enrolment.status
    told |= {id_: AlreadySo() for id_, status in _STANDINGS.items() if standing is status}
    return {id_: refusal for id_, refusal in told.items() if refusal is not None}


def _no_photo(file: StudentFile) -> Refused | None:
    return None if file.student.photo.status is PhotoStatus.WAITING else NoPhotoWaiting()


def _unsettled(file: StudentFile) -> bool:
    return bool(file.ledger.unsettled)


def _no_issue(file: StudentFile, today: date) -> Refused | None:
    approved = file.student.photo.status is PhotoStatus.APPROVED
    missing = application_missing(file.student, file.university)
    fee = fee_in_the_way(file.ledger, file.university, today, extending=False)
    return missing or fee or (None if approved else PhotoNotApproved())


def _no_extension(file: StudentFile, today: date) -> Refused | None:
    els = file.student.els
    if els is None:
        return NoElsToExtend()
    if els.valid_until >= semester_card_date(today):
        return AlreadyExtended(date=els.valid_until.isoformat())
    return fee_in_the_way(file.ledger, file.university, today, extending=True)


def _no_hologram(els: Els | None) -> Refused | None:
    if els is None:
        return NoElsToExtend()
    until = els.hologram_until
    return None if until is not None and until > els.valid_until else NoHologram()
