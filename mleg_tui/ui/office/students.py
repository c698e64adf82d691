"""``Studenci``: all students in one table; Enter opens one's file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual.widgets import Static

from mleg_tui.domain.folding import folded
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.student import PhotoStatus
from mleg_tui.domain.student_labels import PHOTO_LABELS
from mleg_tui.locale import _, local
from mleg_tui.services.feed import Interest
from mleg_tui.services.student_rows import StudentRow
from mleg_tui.ui.office.listing import ListPage
from mleg_tui.ui.office.table import Shape
from mleg_tui.ui.standing import stands
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

    topic = "office.students"
    title = N_("Studenci")

    def __init__(self) -> None:
        super().__init__(Shape(_COLUMNS, _cells, lambda row: row.id, spare=_UNIVERSITY))
        self._all: tuple[tuple[str, StudentRow], ...] = ()
        self._shown: tuple[StudentRow, ...] = ()

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("students")

    async def load(self) -> None:
        """Read the students; the cursor stays on its row."""
        program, session = self.portal.program, self.portal.session
        rows = await program.ask_store(partial(program.services.office.students, session))
        if rows is not None and stands(self):
            self._all = tuple((row.search, row) for row in rows)
            self._show()

    async def search(self) -> None:
        """Show what the field asks for, from the top."""
        self._show(anew=True)

    def _show(self, *, anew: bool = False) -> None:
        found = list(self._all)
        for word in folded(self.typed).split():  # one by one: several times faster than at once
            found = [pair for pair in found if word in pair[0]]
        self._shown = tuple([row for _text, row in found])
        self.table.show(self._shown, anew=anew)
        self.say()

    def say(self) -> None:
        """Say how many there are."""
        told = _("Studenci: {shown} z {total}. ✓ znaczy, że może zamówić mLegitymację.")
        self.query_one("#found", Static).update(
            told.format(shown=len(self._shown), total=len(self._all))
        )

    def open(self, key: str) -> None:
        """Open the student's file."""
        from mleg_tui.ui.office.student_screen import StudentScreen  # noqa: PLC0415

        self.app.push_screen(StudentScreen(self.portal.session, key))
