"""``Zdjęcie do legitymacji``: the student sends a picture, the office decides about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.pictures import PICTURES
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.services.clock import Clock
from mleg_tui.services.outages import need_usosweb
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, Work
from mleg_tui.services.unit_of_work import UnitOfWork


class UnknownPicture(BadInput):
    """None of the generated pictures has this name."""

    message = N_("Nie ma obrazka „{picture}”.")
    advice = N_("Obrazki do wyboru: {known}")


class PhotoAlreadyThere(Refused):
    """The same picture was sent before, and nobody rejected it."""

    message = N_("To zdjęcie jest już w USOS.")
    advice = N_("Wybierz inne zdjęcie albo poczekaj na decyzję dziekanatu.")


class Photos:
    """What a student does about the photo. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.STUDENT, needs=need_usosweb)

    def send(self, session: Session, picture: str) -> Student:
        """Hand a generated picture in for approval and return the student after it.

        It takes the place of the photo that was there. Raises ``UnknownPicture``, and
        ``PhotoAlreadyThere`` for one that waits or is approved.
        """
        if picture not in PICTURES:
            raise UnknownPicture(picture=picture, known=", ".join(PICTURES))

        def change(work: Work, _now: datetime) -> Student:
            student = work.get(Student, session.student())
            rejected = student.photo.status is PhotoStatus.REJECTED
            if student.photo.picture == picture and not rejected:
                raise PhotoAlreadyThere
            return work.save(replace(student, photo=Photo(PhotoStatus.WAITING, picture)))

        return self._work.act(session, change)
