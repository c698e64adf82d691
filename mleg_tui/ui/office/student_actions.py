"""What the office does with a student: asked before where it ends an mLegitymacja."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.services.session import Session
from mleg_tui.ui.office.asking import fill, fill_reason
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.widgets.dialogs import Act, ask
from mleg_tui.ui.widgets.form import Field

_ENDS = N_(
    "Zamówienie w toku albo ważna mLegitymacja zostanie unieważniona. Tego nie można cofnąć."
)
_GRADUATES = N_(
    "Absolwent studiów pierwszego stopnia zachowuje mLegitymację do 31 października; każda inna "
    "zostanie unieważniona. Tego nie można cofnąć."
)


class StudentActions:
    """Carries the commands out, and tells ``done`` what was done.

    The screen follows the store and shows what came of it.
    """

    def __init__(
        self,
        program: Program,
        session: Session,
        student: str,
        done: Callable[[MessageId], None],
    ) -> None:
        self._program = program
        self._session = session
        self._student = student
        self._done = done

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        services = self._program.services
        office, students = services.office, services.office_students
        return {
            "student.approve_photo": self._act(office.approve_photo, N_("Zdjęcie zatwierdzone.")),
            "student.reject_photo": self._reject_photo,
            "student.issue_els": self._act(office.issue_els, N_("ELS wydana.")),
            "student.extend_els": self._act(office.extend_els, N_("ELS przedłużona.")),
            "student.record_hologram": self._act(
                students.record_hologram, N_("Data z hologramu zapisana w USOS.")
            ),
            "student.book_payment": self._book,
            "student.change_surname": self._change_surname,
            "student.set_pesel": self._set_pesel,
            "student.set_number": self._set_number,
            "student.suspend": partial(
                self._ask,
                N_("Zawieś w prawach"),
                _ENDS,
                self._act(students.suspend, N_("Student zawieszony w prawach.")),
            ),
            "student.strike_off": partial(
                self._ask,
                N_("Skreśl z listy"),
                _ENDS,
                self._act(students.strike_off, N_("Student skreślony z listy.")),
            ),
            "student.graduate": partial(
                self._ask,
                N_("Ukończenie studiów"),
                _GRADUATES,
                self._act(students.graduate, N_("Ukończenie studiów zapisane.")),
            ),
            "student.reinstate": self._act(
                students.reinstate, N_("Student przywrócony w prawach.")
            ),
        }

    def _act(
        self, act: Callable[..., object], done: MessageId
    ) -> Callable[..., Coroutine[Any, Any, None]]:
        """Return what does something with the student, and says that it was done."""

        async def acting(*typed: str) -> None:
            acted = partial(act, self._session, self._student, *typed)
            if await self._program.change_store(acted) is not None:
                self._done(done)

        return acting

    def _ask(self, title: MessageId, text: MessageId, act: Act) -> None:
        ask(self._program, title, text, act)

    def _reject_photo(self) -> None:
        reject = self._act(self._program.services.office.reject_photo, N_("Zdjęcie odrzucone."))
        note = N_("Student zobaczy powód i może wysłać inne zdjęcie.")
        fill_reason(self._program, N_("Odrzuć zdjęcie"), note, reject)

    def _book(self) -> None:
        text = N_(
            "Reszta należności zostanie zaksięgowana jako wpłacona w kasie: najpierw za kartę, "
            "potem najstarsza."
        )
        book = self._act(self._program.services.booking.book, N_("Wpłata zaksięgowana."))
        self._ask(N_("Zaksięguj wpłatę"), text, book)

    def _change_surname(self) -> None:
        students = self._program.services.office_students
        change = self._act(students.change_surname, N_("Nowe nazwisko zapisane."))
        self._fill(N_("Zmień nazwisko"), _ENDS, N_("Nowe nazwisko:"), change)

    def _set_pesel(self) -> None:
        note = N_("Tylko zmyślony numer, z błędną cyfrą kontrolną. Zmiana unieważnia mLegitymację.")
        students = self._program.services.office_students
        record = self._act(students.set_pesel, N_("Numer PESEL zapisany."))
        self._fill(N_("Zapisz PESEL"), note, N_("PESEL (zmyślony):"), record)

    def _set_number(self) -> None:
        note = N_("Zmiana istniejącego numeru unieważnia mLegitymację.")
        students = self._program.services.office_students
        record = self._act(students.set_student_number, N_("Numer albumu zapisany."))
        self._fill(N_("Zapisz numer albumu"), note, N_("Numer albumu:"), record)

    def _fill(
        self,
        title: MessageId,
        note: MessageId,
        label: MessageId,
        act: Callable[[str], Awaitable[object]],
    ) -> None:
        fill(self._program, title, note, Field(label, "", str), act, is_final=True)
