"""The documents on the phone, and the ways to another one."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local
from mleg_tui.ui.commands import Place
from mleg_tui.ui.phone.mobywatel.adding import ChoosePage
from mleg_tui.ui.phone.mobywatel.document import DocumentPage
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.chip import told_apart, validity_chip
from mleg_tui.ui.widgets.translated import LocalButton, TranslatedButton, TranslatedLabel

_ADD, _ADD_FIRST = N_("Dodaj dokument"), N_("Inny dokument")
"""The way to another document; where there is none yet, mObywatel of 2025 calls it the latter."""


class DocumentsPage(MobywatelPage):
    """What the phone carries. Going back from here locks the app."""

    title = N_("Dokumenty")
    topic = Topic(
        "mobywatel.documents",
        N_(
            "Dokumenty w telefonie. Okazywać można je bez sieci, dodawać, aktualizować i "
            "potwierdzać tylko z siecią (klawisz {key[mobywatel.network]}). Z prawdziwych "
            "dokumentów są tu tylko legitymacje."
        ),
    )
    places = frozenset({Place.DOCUMENTS})

    def __init__(self) -> None:
        super().__init__()
        self._held_by: int | None = None
        """The phone in hand, while it carried a document when it was last looked at."""

    def compose(self) -> ComposeResult:
        """Draw the documents; which of them are seen depends on the phone."""
        yield Answer()
        yield TranslatedLabel(N_("Nie masz jeszcze dokumentów."), id="none")
        with Vertical(id="held", classes="card"):
            yield LocalButton("primary", id="student-card")
            yield Static(id="about", markup=False)
        yield TranslatedLabel(N_("Legitymacja szkolna"), id="school-card", classes="card")
        yield TranslatedButton(_ADD, id="add")

    def say(self) -> None:
        """Show what the phone carries."""
        record = self.record
        document = record.document if record else None
        if document is not None:
            self.query_one(Answer).clear()
        elif self._held_by == self.number:
            self.query_one(Answer).tell_done(N_("Dokument usunięty z telefonu."))
        self._held_by = None if document is None else self.number
        school = record is not None and record.school_card
        self.query_one("#held").display = document is not None
        self.query_one("#school-card").display = school
        self.query_one("#none").display = not (document or school)
        self.query_one("#student-card", LocalButton).show(self.phone.university.document_name)
        add = self.query_one("#add", TranslatedButton)
        add.message = _ADD if document or school else _ADD_FIRST
        add.variant = "default" if document or school else "primary"
        add.say()
        now = self.program.moment
        if document is not None and now is not None:
            about = [_("Uczelnia: {university}").format(university=local(document.university))]
            told = told_apart(about), validity_chip(document.validity_at(warsaw_date(now)))
            self.query_one("#about", Static).update(Content("\n").join(told))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about documents."""

        def on_document(command: str) -> Handler:
            async def carry_out() -> None:
                await self._show()
                await self.phone.desk.perform(command)

            return carry_out

        commands = ("mobywatel.confirm", "mobywatel.update", "mobywatel.remove")
        opened = {command: on_document(command) for command in commands}
        return {**opened, "mobywatel.add": self._add}

    @on(TranslatedButton.Pressed, "#student-card")
    async def _show(self) -> None:
        await self.opened_in.open(DocumentPage())

    @on(TranslatedButton.Pressed, "#add")
    async def _add_pressed(self) -> None:
        await self.phone.desk.perform("mobywatel.add")

    async def _add(self) -> None:
        await self.opened_in.open(ChoosePage())
