"""The student as the university's USOS knows one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.pesel import check_invented

LONGEST_NUMBER = 64


class BadStudentNumber(BadInput):
    """Not an album number."""

    message = N_("Numer albumu składa się z samych cyfr.")
    advice = N_("Wpisz numer albumu, na przykład 401237.")


def is_student_number(text: str) -> bool:
    """Tell whether a text can be an album number: some digits, 64 at most."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


class StudyLevel(StrEnum):
    """The kind of studies; doctoral and postgraduate students get no mLegitymacja."""

    FIRST_CYCLE = "FIRST_CYCLE"
    SECOND_CYCLE = "SECOND_CYCLE"
    LONG_CYCLE = "LONG_CYCLE"
    DOCTORAL = "DOCTORAL"
    POSTGRADUATE = "POSTGRADUATE"


class EnrolmentStatus(StrEnum):
    """Where the student stands with the university."""

    ACTIVE = "ACTIVE"
    OATH_NOT_TAKEN = "OATH_NOT_TAKEN"
    ON_LEAVE = "ON_LEAVE"
    SUSPENDED = "SUSPENDED"
    STRUCK_OFF = "STRUCK_OFF"
    GRADUATED = "GRADUATED"


class PhotoStatus(StrEnum):
    """What became of the photo sent for the student card."""

    NONE = "NONE"
    WAITING = "WAITING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


PHOTO_LABELS: Mapping[PhotoStatus, MessageId] = {
    PhotoStatus.NONE: N_("brak"),
    PhotoStatus.WAITING: N_("czeka na zatwierdzenie"),
    PhotoStatus.APPROVED: N_("zatwierdzone"),
    PhotoStatus.REJECTED: N_("odrzucone"),
}
LEVEL_LABELS: Mapping[StudyLevel, MessageId] = {
    StudyLevel.FIRST_CYCLE: N_("studia pierwszego stopnia"),
    StudyLevel.SECOND_CYCLE: N_("studia drugiego stopnia"),
    StudyLevel.LONG_CYCLE: N_("jednolite studia magisterskie"),
    StudyLevel.DOCTORAL: N_("szkoła doktorska"),
    StudyLevel.POSTGRADUATE: N_("studia podyplomowe"),
}
STANDING_LABELS: Mapping[EnrolmentStatus, MessageId] = {
    EnrolmentStatus.ACTIVE: N_("aktywny student"),
    EnrolmentStatus.OATH_NOT_TAKEN: N_("przed ślubowaniem"),
    EnrolmentStatus.ON_LEAVE: N_("na urlopie"),
    EnrolmentStatus.SUSPENDED: N_("zawieszony"),
    EnrolmentStatus.STRUCK_OFF: N_("skreślony"),
    EnrolmentStatus.GRADUATED: N_("absolwent"),
}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Studies: their level, the student's standing, and since and until when.

    ``until`` is the known end of the rights (graduation, suspension, strike-off), if any.
    """

    level: StudyLevel
    status: EnrolmentStatus = EnrolmentStatus.ACTIVE
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """The photo in USOS: ``picture`` names one of the generated pictures."""

    status: PhotoStatus = PhotoStatus.NONE
    picture: str | None = None
    rejection: str | None = None

    def __post_init__(self) -> None:
        if (self.status is PhotoStatus.NONE) != (self.picture is None):
            message = "a photo has a picture, and no photo has none"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Els:
    """The plastic card (Elektroniczna Legitymacja Studencka) as USOS has it.

    ``valid_until`` is the recorded date; ``hologram_until`` is what the sticker on the plastic
    says, which the office may have forgotten to record. ``last_name`` and ``picture`` are those
    printed on the card.
    """

    issued_on: date
    valid_until: date
    last_name: str
    picture: str | None = None
    hologram_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_until < self.issued_on:
            message = "a card cannot end before it was issued"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """A student of one university. Every PESEL here fails its checksum (docs/domain.md §13).

    ``els_applied_on`` is the day of an application for the plastic card that waits for the office.
    """

    id: str
    university: str
    first_name: str
    last_name: str
    birth_date: date
    enrolment: Enrolment
    second_name: str | None = None
    pesel: str | None = None
    student_number: str | None = None
    photo: Photo = Photo()
    els: Els | None = None
    els_applied_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not (self.id and self.first_name.strip() and self.last_name.strip()):
            message = "a student has an id and a name"
            raise ValueError(message)
        if self.student_number is not None and not is_student_number(self.student_number):
            message = "an album number is digits"
            raise ValueError(message)
        if self.pesel is not None:
            check_invented(self.pesel)

    @property
    def full_name(self) -> str:
        """First name and surname, as the CAS bar shows them."""
        return f"{self.first_name} {self.last_name}"
