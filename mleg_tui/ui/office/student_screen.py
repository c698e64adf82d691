"""One student's file, and each edit that a real office makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.services.feed import Interest
from mleg_tui.services.office_students import StudentFile
from mleg_tui.ui.availability import NotHere
from mleg_tui.ui.commands import Place
from mleg_tui.ui.office import student_facts
from mleg_tui.ui.office.availability import refused_for_student
from mleg_tui.ui.office.file_screen import FileScreen
from mleg_tui.ui.office.student_actions import StudentActions
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.picture import PictureView


class StudentScreen(FileScreen[StudentFile]):
    """Person, photo, conditions, plastic card, payments and orders."""

    DEFAULT_CSS = """
    StudentScreen #file PictureView { width: auto; }
    StudentScreen #photo-and-card { layout: vertical; }
    StudentScreen.-broad #photo-and-card { layout: horizontal; }
    StudentScreen.-broad #photo-and-card > TitledCard { width: 1fr; }
    """
    place = Place.OFFICE_STUDENT
    topic = Topic(
        "office.student",
        N_(
            "Akta studenta. Po lewej to, co wie uczelnia, po prawej to, co dziekanat może zrobić; "
            "wyszarzone czynności mają podany powód. Zmiana danych i koniec praw studenta "
            "unieważniają mLegitymację."
        ),
    )
    title_text = N_("Akta studenta")
    menu_entry = "office_students"

    def file(self) -> ComposeResult:
        """Yield the parts of the file."""
        yield TitledCard(self.title_text, Static(id="person", markup=False))
        yield TitledCard(N_("Warunki, jak widzi je student"), Static(id="conditions"))
        photo, picture = Static(id="photo-state", markup=False), PictureView(id="photo")
        yield Container(
            TitledCard(N_("Zdjęcie"), photo, picture),
            TitledCard(N_("ELS (plastikowa)"), Static(id="els", markup=False)),
            id="photo-and-card",
        )
        yield TitledCard(N_("Należności i wpłaty"), Static(id="payments", markup=False))
        yield TitledCard(N_("Zamówienia"), Static(id="orders", markup=False))

    def holds_until(self, file: StudentFile) -> datetime | None:
        """Return the simulated moment at which a date changes the file."""
        return file.holds_until

    def read(self) -> StudentFile:
        """Read the file."""
        return self.program.services.office_students.file(self.session, self._key)

    def say(self) -> None:
        """Say the file in the session's present language."""
        file = self._file
        if file is None:
            return
        self.query_one("#person", Static).update(student_facts.person(file))
        self.query_one("#photo-state", Static).update(student_facts.photo(file.student))
        picture = self.query_one("#photo", PictureView)
        picture.display = file.student.photo.picture is not None
        picture.picture_id = file.student.photo.picture or ""
        self.query_one("#conditions", Static).update(student_facts.conditions(file.findings))
        self.query_one("#els", Static).update(student_facts.els(file.student))
        self.query_one("#payments", Static).update(student_facts.payments(file))
        self.query_one("#orders", Static).update(student_facts.orders(file.orders))

    def interest(self, file: StudentFile) -> Interest:
        """Return the interest in all that concerns the student."""
        return Interest.of(owner=file.student.id)

    def refused(self) -> Mapping[str, Refused]:
        """Return what the file forbids; everything until it was read."""
        now = self.program.moment
        if self._file is None or now is None:
            return dict.fromkeys(self.handlers(), NotHere())
        return refused_for_student(self._file, warsaw_date(now))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the screen's commands."""
        return StudentActions(self.program, self.session, self._key, self.done).handlers()
