"""``Studenci``: all students in one table; Enter opens one's file."""

from __future__ import annotations

from collections.abc import Mapping

from textual.widgets import Static

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.student import PHOTO_LABELS, PhotoStatus
from mleg_tui.locale import _, local
from mleg_tui.services.feed import Interest
from mleg_tui.services.pages import Found
from mleg_tui.services.student_rows import StudentFilter, StudentRow
from mleg_tui.ui.commands import Place
from mleg_tui.ui.office.listing import ListPage, number_of
from mleg_tui.ui.office.table import Shape
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.payments.table import Column

_COLUMNS = (
    Column(N_("Student"), share=1),
    Column(N_("Nr albumu"), 9),
    Column(N_("Uczelnia"), share=1),
    Column(N_("Zdjęcie"), 12),
    Column(N_("ELS do"), 10),
    Column(N_("Warunki"), 7),
)
_UNIVERSITY = 2
_PHOTOS: Mapping[PhotoStatus, MessageId] = {
    **PHOTO_LABELS,
    PhotoStatus.WAITING: N_("… czeka"),  # as the column is narrow
}


def _cells(row: StudentRow) -> tuple[str, ...]:
    unmet = sum(not finding.met for finding in row.findings)
    return (
        row.name,
        row.student_number or "–",
        local(row.university),
        _(_PHOTOS[row.photo]),
        row.els_valid_until.isoformat() if row.els_valid_until else "–",
        f"✗ {unmet}" if unmet else "✓",
    )


class StudentsPage(ListPage[StudentRow]):
    """The students whose name, album number or login has every word that is typed."""

    places = frozenset({Place.OFFICE_LIST, Place.OFFICE_STUDENTS})
    topic = Topic(
        "office.students",
        N_(
            "Studenci i to, czy spełniają warunki zamówienia. Enter otwiera akta, w których "
            "dziekanat zatwierdza zdjęcie, wydaje i przedłuża ELS, księguje wpłaty i zmienia dane. "
            "Toku studiów, ocen i podań tu nie ma."
        ),
    )
    title = N_("Studenci")

    def __init__(self) -> None:
        super().__init__(Shape(_COLUMNS, _cells, lambda row: row.id, spare=_UNIVERSITY))

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("students")

    def find(self, typed: str, start: int, number: int) -> Found[StudentRow]:
        """Return so many of the students, from a place on."""
        students, session = self.portal.program.services.office_students, self.portal.session
        wanted = StudentFilter(typed)
        return students.find(session, wanted, start, number, wanted.most_counted)

    def sorted_by(self) -> None:
        """Return nothing: the rows are in the order of the logins, which no column has."""

    def say(self) -> None:
        """Say how many there are."""
        if self.found is None:
            return
        told = _("Studenci: {shown} z {total}. ✓ znaczy, że może zamówić mLegitymację.")
        self.query_one("#found", Static).update(
            told.format(shown=number_of(self.found), total=self.found.total)
        )

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's commands."""
        return {**super().handlers(), "students.extend_els": self._extend_all}

    async def _extend_all(self) -> None:
        from mleg_tui.ui.office.extension import ExtensionOfAll

        await ExtensionOfAll(self.portal.program, self.portal.session).begin()

    def open(self, key: str) -> None:
        """Open the student's file."""
        self.portal.desk.open_file("students", key)
