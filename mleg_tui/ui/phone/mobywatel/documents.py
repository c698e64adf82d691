"""The documents on the phone, and the ways to another one."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult

from mleg_tui.domain.messages import N_
from mleg_tui.ui.commands import Place
from mleg_tui.ui.phone.mobywatel.adding import ChoosePage
from mleg_tui.ui.phone.mobywatel.document import DocumentPage
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage
from mleg_tui.ui.program import Handler
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


class DocumentsPage(MobywatelPage):
    """What the phone carries. Going back from here locks the app."""

    title = N_("Dokumenty")
    topic = "mobywatel.documents"
    places = frozenset({Place.MOBYWATEL, Place.DOCUMENTS})

    def compose(self) -> ComposeResult:
        """Draw the documents; which of them are seen depends on the phone."""
        yield TranslatedLabel(N_("Nie masz jeszcze dokumentów."), id="none")
        yield TranslatedButton(N_("Legitymacja studencka"), id="student-card")
        yield TranslatedLabel(N_("Legitymacja szkolna"), id="school-card")
        yield TranslatedButton(N_("Dodaj dokument"), id="add")

    def say(self) -> None:
        """Show what the phone carries."""
        record = self.record
        student = record is not None and record.document is not None
        school = record is not None and record.school_card
        self.query_one("#student-card").display = student
        self.query_one("#school-card").display = school
        self.query_one("#none").display = not (student or school)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about documents."""

        def on_document(command: str) -> Handler:
            async def carry_out() -> None:
                await self._show()
                await self.phone.desk.perform(command)

            return carry_out

        commands = ("mobywatel.confirm", "mobywatel.update", "mobywatel.remove")
        opened = {command: on_document(command) for command in commands}
        return {**super().handlers(), **opened, "mobywatel.add": self._add}

    @on(TranslatedButton.Pressed, "#student-card")
    async def _show(self) -> None:
        await self.opened_in.open(DocumentPage())

    @on(TranslatedButton.Pressed, "#add")
    async def _add_pressed(self) -> None:
        await self.phone.desk.perform("mobywatel.add")

    async def _add(self) -> None:
        await self.opened_in.open(ChoosePage())
