"""MÓJ USOSWEB: what the university has about the account."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from mleg_tui.domain.account import Role
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.student import LEVEL_LABELS, PHOTO_LABELS, STANDING_LABELS, Student
from mleg_tui.locale import _
from mleg_tui.services.ordering import Card
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.widgets.translated import TranslatedLabel

_ROLES: dict[Role, MessageId] = {
    Role.STUDENT: N_("student"),
    Role.OFFICE: N_("pracownik dziekanatu"),
    Role.INSPECTOR: N_("kontroler"),
}


class MyDataPage(Page):
    """The student's data, which decide about the conditions; of staff, the account."""

    topic = Topic(
        "usosweb.my_data",
        N_(
            "Dane, które uczelnia ma w USOS. To z nich wynika, czy warunki zamówienia są "
            "spełnione. Poprawia je dziekanat, nie student. Ocen, zajęć i innych danych z "
            "prawdziwej karty MÓJ USOSWEB tu nie ma."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: Card | None = None

    def compose(self) -> ComposeResult:
        """Draw the table."""
        yield TranslatedLabel(N_("Moje dane"), classes="title")
        yield Static(id="data", classes="card", markup=False)

    async def load(self) -> None:
        """Read the student's data."""
        session = self.portal.session
        if session.account.role is Role.STUDENT:
            ordering = self.portal.program.services.ordering
            self._shown = await self.portal.program.ask_store(partial(ordering.card, session))
        self.say()

    def say(self) -> None:
        """Draw the table in the session's present language."""
        account = self.portal.session.account
        rows = [(_("Identyfikator"), account.id), (_("Rola"), _(_ROLES[account.role]))]
        if self._shown is not None:
            rows += _rows(self._shown.student)
        width = max(len(label) for label, _value in rows)
        table = "\n".join(f"{label.ljust(width)}  {value}" for label, value in rows)
        self.query_one("#data", Static).update(table)


def _rows(student: Student) -> list[tuple[str, str]]:
    none = _("brak")
    return [
        (_("Imię i nazwisko"), student.full_name),
        (_("Data urodzenia"), student.birth_date.isoformat()),
        (_("PESEL (zmyślony)"), student.pesel or none),
        (_("Numer albumu"), student.student_number or none),
        (_("Studia"), _(LEVEL_LABELS[student.enrolment.level])),
        (_("Stan"), _(STANDING_LABELS[student.enrolment.status])),
        (_("Zdjęcie"), _(PHOTO_LABELS[student.photo.status])),
        (_("ELS (plastikowa)"), _els(student)),
    ]


def _els(student: Student) -> str:
    if student.els is None:
        return _("brak")
    return _("ważna w USOS do {date}").format(date=student.els.valid_until.isoformat())
