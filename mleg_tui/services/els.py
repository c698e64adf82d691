"""The plastic card as the office makes it: issued and extended once its fee is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.calendar import semester_card_date, warsaw_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Purpose
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Els, PhotoStatus, Student
from mleg_tui.services.payments import ledger_of
from mleg_tui.services.store import View

_FEES = frozenset({Purpose.ELS, Purpose.DUPLICATE})


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


def issued(view: View, student: Student, now: datetime) -> Student:
    """Return the student with a new card: this semester's date, today's surname and photo.

    Raises ``FeeUnsettled`` (docs/domain.md §4: fees block indirectly) and ``PhotoNotApproved``.
    """
    _check_fees(view, student, now)
    if student.photo.status is not PhotoStatus.APPROVED:
        raise PhotoNotApproved
    today = warsaw_date(now)
    until = semester_card_date(today)
    return replace(student, els=Els(today, until, student.last_name, student.photo.picture, until))


def extended(view: View, student: Student, now: datetime) -> Student:
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
