"""May this student order, and if not, why and what repairs it (docs/domain.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from mleg_tui.domain.calendar import midnight_after, soonest
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.student import EnrolmentStatus, PhotoStatus, Student, StudyLevel
from mleg_tui.domain.university import Condition, Regulation

CONDITION_LABELS: Mapping[Condition, MessageId] = {
    Condition.ACTIVE_STUDENT: N_("Jesteś aktywnym studentem"),
    Condition.PESEL: N_("Masz numer PESEL"),
    Condition.STUDENT_NUMBER: N_("Masz numer albumu"),
    Condition.PHOTO: N_("Masz zdjęcie w USOS"),
    Condition.ELS: N_("Masz Elektroniczną Legitymację Studencką (plastikową)"),
    Condition.ELS_EXTENDED: N_("Twoja (plastikowa) ELS została przedłużona w USOS"),
    Condition.DATA_UNCHANGED: N_("Twoje dane osobowe nie zmieniły się od czasu wydania ELS"),
}


class Cause(Enum):
    """Why a condition fails, and what the student can do; the texts are message ids."""

    DOCTORAL = (
        N_("Doktoranci i słuchacze studiów podyplomowych nie mogą zamówić mLegitymacji."),
        N_("Przysługuje im inna legitymacja; zapytaj w dziekanacie."),
    )
    OATH_NOT_TAKEN = (
        N_("Immatrykulacja nie jest zakończona: brak ślubowania."),
        N_("Złóż ślubowanie i oświadczenia, potem zgłoś się do dziekanatu."),
    )
    ON_LEAVE = (
        N_("Jesteś na urlopie."),
        N_("Wyjaśnij swój status w dziekanacie."),
    )
    SUSPENDED = (
        N_("Twoje prawa studenta są zawieszone."),
        N_("Wyjaśnij swój status w dziekanacie."),
    )
    STRUCK_OFF = (
        N_("Skreślono Cię z listy studentów."),
        N_("Wyjaśnij swój status w dziekanacie."),
    )
    GRADUATED = (
        N_("Studia są ukończone."),
        N_("Po studiach nie zamawia się nowej mLegitymacji; pytania kieruj do dziekanatu."),
    )
    NO_PESEL = (
        N_("W USOS nie ma Twojego numeru PESEL."),
        N_("Uzyskaj PESEL i podaj go w dziekanacie; bez niego pozostaje legitymacja plastikowa."),
    )
    NO_STUDENT_NUMBER = (
        N_("Nie nadano Ci jeszcze numeru albumu."),
        N_("Dokończ immatrykulację w dziekanacie."),
    )
    NO_PHOTO = (
        N_("W USOS nie ma Twojego zdjęcia."),
        N_("Wyślij zdjęcie: Zdjęcie do legitymacji → Zgłoś do zatwierdzenia."),
    )
    PHOTO_WAITING = (
        N_("Zdjęcie czeka na zatwierdzenie."),
        N_("Poczekaj, aż dziekanat zatwierdzi zdjęcie."),
    )
    PHOTO_REJECTED = (
        N_("Zdjęcie zostało odrzucone."),
        N_("Wyślij nowe zdjęcie: Zdjęcie do legitymacji → Zgłoś do zatwierdzenia."),
    )
    NO_ELS = (
        N_("Nie wydano Ci legitymacji plastikowej."),
        N_("Opłać ELS, jeśli nie jest opłacona, poczekaj na wydruk i odbierz ją w dziekanacie."),
    )
    ELS_NOT_EXTENDED = (
        N_("Ważność Twojej ELS w USOS minęła."),
        N_("Zgłoś się do dziekanatu po przedłużenie ELS na ten semestr."),
    )
    HOLOGRAM_NOT_RECORDED = (
        N_("Hologram jest naklejony, ale przedłużenia nie zapisano w USOS."),
        N_("Poproś dziekanat o odnotowanie przedłużenia ELS w USOS."),
    )
    NO_ELS_TO_EXTEND = (
        N_("Nie ma ELS, którą można by przedłużyć."),
        N_("Najpierw odbierz legitymację plastikową."),
    )
    DATA_CHANGED = (
        N_("Dane na ELS różnią się od danych w USOS."),
        N_("Wymień ELS w dziekanacie (opłata za duplikat)."),
    )

    def __init__(self, message: MessageId, repair: MessageId) -> None:
        self.message = message
        self.repair = repair


CAUSES: Mapping[Condition, tuple[Cause, ...]] = {
    Condition.ACTIVE_STUDENT: (
        Cause.OATH_NOT_TAKEN,
        Cause.ON_LEAVE,
        Cause.SUSPENDED,
        Cause.STRUCK_OFF,
        Cause.GRADUATED,
        Cause.DOCTORAL,
    ),
    Condition.PESEL: (Cause.NO_PESEL,),
    Condition.STUDENT_NUMBER: (Cause.NO_STUDENT_NUMBER,),
    Condition.PHOTO: (Cause.NO_PHOTO, Cause.PHOTO_WAITING, Cause.PHOTO_REJECTED),
    Condition.ELS: (Cause.NO_ELS,),
    Condition.ELS_EXTENDED: (
        Cause.ELS_NOT_EXTENDED,
        Cause.HOLOGRAM_NOT_RECORDED,
        Cause.NO_ELS_TO_EXTEND,
    ),
    Condition.DATA_UNCHANGED: (Cause.DATA_CHANGED,),
}
"""For what each condition may fail."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition and why it fails; no cause means that it holds.

    ``reason`` is what the office said about it, such as why it rejected the photo.
    """

    condition: Condition
    cause: Cause | None = None
    reason: str | None = None

    @property
    def met(self) -> bool:
        """Tell whether the condition holds."""
        return self.cause is None

    @property
    def label(self) -> MessageId:
        """The condition's label as a message id."""
        return CONDITION_LABELS[self.condition]


_ENROLMENT_CAUSES: Mapping[EnrolmentStatus, Cause] = {
    EnrolmentStatus.OATH_NOT_TAKEN: Cause.OATH_NOT_TAKEN,
    EnrolmentStatus.ON_LEAVE: Cause.ON_LEAVE,
    EnrolmentStatus.SUSPENDED: Cause.SUSPENDED,
    EnrolmentStatus.STRUCK_OFF: Cause.STRUCK_OFF,
    EnrolmentStatus.GRADUATED: Cause.GRADUATED,
}
_PHOTO_CAUSES: Mapping[PhotoStatus, Cause] = {
    PhotoStatus.NONE: Cause.NO_PHOTO,
    PhotoStatus.WAITING: Cause.PHOTO_WAITING,
    PhotoStatus.REJECTED: Cause.PHOTO_REJECTED,
}
_WITHOUT_MLEGITYMACJA = frozenset({StudyLevel.DOCTORAL, StudyLevel.POSTGRADUATE})


def _active(student: Student, _today: date) -> Cause | None:
    if student.enrolment.level in _WITHOUT_MLEGITYMACJA:
        return Cause.DOCTORAL
    return _ENROLMENT_CAUSES.get(student.enrolment.status)


def _pesel(student: Student, _today: date) -> Cause | None:
    return None if student.pesel else Cause.NO_PESEL


def _student_number(student: Student, _today: date) -> Cause | None:
    return None if student.student_number else Cause.NO_STUDENT_NUMBER


def _photo(student: Student, _today: date) -> Cause | None:
    return _PHOTO_CAUSES.get(student.photo.status)


def _els(student: Student, _today: date) -> Cause | None:
    return None if student.els else Cause.NO_ELS


def _els_extended(student: Student, today: date) -> Cause | None:
    els = student.els
    if els is None:
        return Cause.NO_ELS_TO_EXTEND
    if els.valid_until >= today:
        return None
    if els.hologram_until is not None and els.hologram_until >= today:
        return Cause.HOLOGRAM_NOT_RECORDED
    return Cause.ELS_NOT_EXTENDED


def _data_unchanged(student: Student, _today: date) -> Cause | None:
    els = student.els
    if els is None:
        return None
    same_photo = student.photo.status is not PhotoStatus.APPROVED or (
        els.picture in (None, student.photo.picture)
    )
    return None if els.last_name == student.last_name and same_photo else Cause.DATA_CHANGED


_CHECKS: Mapping[Condition, Callable[[Student, date], Cause | None]] = {
    Condition.ACTIVE_STUDENT: _active,
    Condition.PESEL: _pesel,
    Condition.STUDENT_NUMBER: _student_number,
    Condition.PHOTO: _photo,
    Condition.ELS: _els,
    Condition.ELS_EXTENDED: _els_extended,
    Condition.DATA_UNCHANGED: _data_unchanged,
}


def examine(student: Student, regulation: Regulation, today: date) -> tuple[Finding, ...]:
    """Return a finding for each condition of the regulation, in its order."""
    return findings(student, regulation.conditions, today)


def findings(student: Student, conditions: Iterable[Condition], today: date) -> tuple[Finding, ...]:
    """Return a finding for each of some conditions, in their order."""
    return tuple(_finding(condition, student, today) for condition in conditions)


def _finding(condition: Condition, student: Student, today: date) -> Finding:
    cause = _CHECKS[condition](student, today)
    reason = student.photo.rejection if cause is Cause.PHOTO_REJECTED else None
    return Finding(condition, cause, reason)


def examined_until(student: Student, regulation: Regulation, today: date) -> datetime | None:
    """Return when a date changes what ``examine`` finds today; ``None``: never.

    Only the dates of the plastic card count, recorded or on its hologram.
    """
    found, els = examine(student, regulation, today), student.els
    days = (els.valid_until, els.hologram_until) if els else ()
    return soonest(
        midnight_after(day)
        for day in days
        if day is not None
        and today <= day < date.max
        and examine(student, regulation, day + timedelta(days=1)) != found
    )
