"""The document as it is shown: who, what, whether it is valid, and the moment of showing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.document import card_number
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _, local
from mleg_tui.ui.commands import Place
from mleg_tui.ui.phone.mobywatel.confirm import ConfirmPage
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage, Refusal
from mleg_tui.ui.phone.rows import (
    card_rows,
    entitlement_rows,
    person_rows,
    shown_row,
    updated_row,
)
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.bar_code import BarCodeView
from mleg_tui.ui.widgets.chip import status_line, told_apart
from mleg_tui.ui.widgets.dialogs import ask
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
    topic = Topic(
        "mobywatel.document",
        N_(
            "Dokument z chwilą okazania, która biegnie na żywo; po niej poznaje się, że to nie "
            "zdjęcie ekranu. Kod kreskowy zawiera numer legitymacji, który nie może być prawdziwy. "
            "Po unieważnieniu w USOSweb dokument traci ważność przy aktualizacji."
        ),
    )
    shows_seconds = True
    places = frozenset({Place.DOCUMENTS})

    def __init__(self, *, added: bool = False) -> None:
        super().__init__()
        self._added = added
        self._gone = False

    def heading(self) -> str:
        """Return what the university calls the document."""
        return local(self.phone.university.document_name)

    def compose(self) -> ComposeResult:
        """Draw the document with the notice inside it, then what can be done with it."""
        with Vertical(id="document", classes="card"):
            yield TranslatedLabel(NOTICE, classes="notice")
            with Horizontal(id="face"):
                yield PictureView()
                with Vertical(id="person-and-status"):
                    yield Static(id="person", markup=False)
                    yield Static(id="status", markup=False)
            yield Static(id="moment", markup=False)
            yield TranslatedLabel(NOTICE, classes="notice")
            yield Static(id="card", markup=False)
            yield BarCodeView()
        with Vertical(id="actions"):
            yield Static(id="updated", markup=False)
            yield Refusal()
            yield TranslatedButton(N_("Potwierdź swoje dane"), "primary", id="confirm")
            with Horizontal(classes="line"):
                yield TranslatedButton(N_("Aktualizuj dokument"), id="update")
                yield TranslatedButton(N_("Usuń dokument"), "error", id="remove")

    def on_mount(self) -> None:
        """Follow the simulated time; say that the document has come, if it just has."""
        self.watch(self.app, "moment", self._take_moment)
        if self._added:
            self.query_one(Refusal).done(lambda: _("Legitymacja została dodana"))

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
        self.query_one("#person", Static).update(told_apart(person_rows(document)))
        self.query_one(BarCodeView).digits = card_number(document)
        self.query_one("#updated", Static).update(told_apart([updated_row(document)]))
        self._take_moment(self.program.moment)

    def _take_moment(self, moment: datetime | None) -> None:
        document = self.record.document if self.record else None
        if document is None or moment is None:
            return
        validity = document.validity_at(warsaw_date(moment))
        self.query_one("#status", Static).update(status_line(validity))
        rows = (*card_rows(document), *entitlement_rows(document, warsaw_date(moment)))
        self.query_one("#card", Static).update(told_apart(rows))
        self.query_one("#moment", Static).update(told_apart([shown_row(moment)]))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands about the document."""
        return {
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
        if await self.attempt(self.services.mobywatel.update) is not None:
            self.query_one(Refusal).done(lambda: _("Zaktualizowano dokument"))

    def _ask_to_remove(self) -> None:
        text = N_(
            "Dokument zniknie z telefonu. Tych samych kodów nie można użyć drugi raz: żeby "
            "mieć mLegitymację znowu, trzeba ją unieważnić i zamówić nową."
        )
        remove = partial(self.services.mobywatel.remove, self.session, self.number)
        act = partial(self.program.change_store, remove)
        ask(self.program, N_("Usuń dokument"), text, act)
