"""What a student's photo, studies and standing are called."""

from __future__ import annotations

from collections.abc import Mapping

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.student import EnrolmentStatus, PhotoStatus, StudyLevel

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
