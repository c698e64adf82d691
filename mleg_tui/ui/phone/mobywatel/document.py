"""The document as it is shown: who, what, whether it is valid, and the moment of showing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.domain.phone import Validity
from mleg_tui.ui.commands import Place
from mleg_tui.ui.phone.mobywatel.confirm import ConfirmPage
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage
from mleg_tui.ui.phone.rows import card_rows, person_rows, shown_row, status_row, updated_row
from mleg_tui.ui.program import Handler
from mleg_tui.ui.widgets.dialogs import Question
from mleg_tui.ui.widgets.picture import PictureView
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_BUTTONS = {
    "confirm": "mobywatel.confirm",
    "update": "mobywatel.update",
    "remove": "mobywatel.remove",
}


class DocumentPage(MobywatelPage):
    """The mLegitymacja. It can be shown offline too."""

    title = N_("Legitymacja studencka")
    topic = "mobywatel.document"
    shows_seconds = True
    places = frozenset({Place.MOBYWATEL, Place.DOCUMENTS})

    def __init__(self) -> None:
        super().__init__()
        self._gone = False

    def compose(self) -> ComposeResult:
        """Draw the document with the notice inside it, then what can be done with it."""
        yield TranslatedLabel(NOTICE, classes="notice")
        with Horizontal(id="face"):
            yield PictureView()
            yield Static(id="person", markup=False)
        yield Static(id="status", markup=False)
        yield Static(id="moment", markup=False)
        yield TranslatedLabel(NOTICE, classes="notice")
        yield Static(id="card", markup=False)
        yield TranslatedButton(N_("Potwierdź swoje dane"), id="confirm")
        yield TranslatedButton(N_("Aktualizuj dokument"), id="update")
        yield TranslatedButton(N_("Usuń dokument"), id="remove")

    def on_mount(self) -> None:
        """Follow the simulated time."""
        self.watch(self.app, "moment", self._take_moment)

    async def load(self) -> None:
        """Read the document; where it has been removed, leave."""
        await super().load()
        removed = self.record is not None and self.record.document is None
        if removed and self.is_attached and not self._gone:
            self._gone = True
            self.leave(1)

    def focus_first(self) -> None:
        """Begin at the top: the document is to be seen first."""
        self.focus()

    def say(self) -> None:
        """Show the document as the phone has it."""
        document = self.record.document if self.record else None
        if document is None:
            return
        self.query_one(PictureView).picture_id = document.picture or ""
        self.query_one("#person", Static).update("\n".join(person_rows(document)))
        rows = [*card_rows(document), updated_row(document)]
        self.query_one("#card", Static).update("\n".join(rows))
        self._take_moment(self.program.moment)

    def _take_moment(self, moment: datetime | None) -> None:
        document = self.record.document if self.record else None
        if document is None or moment is None:
            return
        validity = document.validity_at(warsaw_date(moment))
        status = self.query_one("#status", Static)
        status.update(status_row(validity))
        status.set_class(validity is not Validity.VALID, "-over")
        self.query_one("#moment", Static).update(shown_row(moment))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about the document."""
        return {
            **super().handlers(),
            "mobywatel.confirm": self._confirm,
            "mobywatel.update": self._update,
            "mobywatel.remove": self._ask_to_remove,
        }

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        await self.phone.desk.perform(_BUTTONS[event.button.id or ""])

    async def _confirm(self) -> None:
        await self.opened_in.open(ConfirmPage())

    async def _update(self) -> None:
        app, session, number = self.services.mobywatel, self.session, self.number
        await self.program.change_store(lambda: app.update(session, number))

    def _ask_to_remove(self) -> None:
        question = Question(
            N_("Usuń dokument"),
            N_(
                "Dokument zniknie z telefonu. Tych samych kodów nie można użyć drugi raz: żeby "
                "mieć mLegitymację znowu, trzeba ją unieważnić i zamówić nową."
            ),
            N_("Usuń dokument"),
            N_("Nie, wróć"),
        )
        self.program.push_screen(question, self._remove)

    async def _remove(self, agreed: bool | None) -> None:  # noqa: FBT001 - Textual's callback
        app, session, number = self.services.mobywatel, self.session, self.number
        if agreed:
            await self.program.change_store(lambda: app.remove(session, number))
