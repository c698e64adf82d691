"""What the office does with a student: asked before where it ends an mLegitymacja."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.services.session import Session
from mleg_tui.ui.office.asking import ask, fill, fill_reason
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.widgets.form import Field

_ENDS = N_(
    "Zamówienie w toku albo ważna mLegitymacja zostanie unieważniona. Tego nie można cofnąć."
)
_GRADUATES = N_(
    "Absolwent studiów pierwszego stopnia zachowuje mLegitymację do 31 października; każda inna "
    "zostanie unieważniona. Tego nie można cofnąć."
)


class StudentActions:
    """Carries the commands out; the screen follows the store and shows what came of it."""

    def __init__(self, program: Program, session: Session, student: str) -> None:
        self._program = program
        self._session = session
        self._student = student

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        services = self._program.services
        office, students = services.office, services.office_students
        return {
            "student.approve_photo": partial(self._do, office.approve_photo),
            "student.reject_photo": self._reject_photo,
            "student.issue_els": partial(self._do, office.issue_els),
            "student.extend_els": partial(self._do, office.extend_els),
            "student.record_hologram": partial(self._do, students.record_hologram),
            "student.book_payment": self._book,
            "student.change_surname": self._change_surname,
            "student.set_pesel": self._set_pesel,
            "student.set_number": self._set_number,
            "student.suspend": partial(self._ask, N_("Zawieś w prawach"), students.suspend),
            "student.strike_off": partial(self._ask, N_("Skreśl z listy"), students.strike_off),
            "student.graduate": partial(
                self._ask, N_("Ukończenie studiów"), students.graduate, _GRADUATES
            ),
            "student.reinstate": partial(self._do, students.reinstate),
        }

    async def _do(self, act: Callable[..., object], *typed: str) -> None:
        await self._program.change_store(partial(act, self._session, self._student, *typed))

    def _ask(self, title: MessageId, act: Callable[..., object], text: MessageId = _ENDS) -> None:
        ask(self._program, title, text, partial(self._do, act))

    def _reject_photo(self) -> None:
        reject = partial(self._do, self._program.services.office.reject_photo)
        note = N_("Student zobaczy powód i może wysłać inne zdjęcie.")
        fill_reason(self._program, N_("Odrzuć zdjęcie"), note, reject)

    def _book(self) -> None:
        text = N_(
            "Reszta należności zostanie zaksięgowana jako wpłacona w kasie: najpierw za kartę, "
            "potem najstarsza."
        )
        self._ask(N_("Zaksięguj wpłatę"), self._program.services.booking.book, text)

    def _change_surname(self) -> None:
        act = self._program.services.office_students.change_surname
        self._fill(N_("Zmień nazwisko"), _ENDS, N_("Nowe nazwisko:"), act)

    def _set_pesel(self) -> None:
        note = N_("Tylko zmyślony numer, z błędną cyfrą kontrolną. Zmiana unieważnia mLegitymację.")
        act = self._program.services.office_students.set_pesel
        self._fill(N_("Zapisz PESEL"), note, N_("PESEL (zmyślony):"), act)

    def _set_number(self) -> None:
        note = N_("Zmiana istniejącego numeru unieważnia mLegitymację.")
        act = self._program.services.office_students.set_student_number
        self._fill(N_("Zapisz numer albumu"), note, N_("Numer albumu:"), act)

    def _fill(
        self, title: MessageId, note: MessageId, label: MessageId, act: Callable[..., object]
    ) -> None:
        fill(self._program, title, note, Field(label, "", str), partial(self._do, act))
