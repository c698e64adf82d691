"""The application: consents to be read and given before the order is placed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import Consent
from mleg_tui.locale import _, local
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.checkbox import Checkbox
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel


class Consents(Modal[tuple[str, ...] | None]):
    """Answers with the ids of the consents given, or with nothing where one turned back."""

    CSS_PATH = "consents.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "#texts"

    def __init__(self, consents: tuple[Consent, ...]) -> None:
        super().__init__()
        self._consents = consents

    def compose(self) -> ComposeResult:
        """Draw the texts, each with its tick, and the two ways out."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(N_("Wniosek o wydanie mLegitymacji"), id="title")
            with VerticalScroll(id="texts"):
                for consent in self._consents:
                    yield Static(local(consent.text), id=f"text-{consent.id}", markup=False)
                    yield Checkbox(consent.title, id=f"consent-{consent.id}")
            yield Static(id="missing", markup=False)
            with Horizontal(id="buttons"):
                yield TranslatedButton(N_("Złóż wniosek i zamów"), "primary", id="place")
                yield TranslatedButton(N_("Nie, wróć"), id="back")

    def say(self) -> None:
        """Say the texts in the session's present language."""
        for consent in self._consents:
            self.query_one(f"#text-{consent.id}", Static).update(local(consent.text))
        self.query_one("#missing", Static).update("")

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#place")
    def _place(self) -> None:
        given = tuple(
            consent.id
            for consent in self._consents
            if self.query_one(f"#consent-{consent.id}", Checkbox).value
        )
        if len(given) == len(self._consents):
            self.dismiss(given)
        else:
            told = _("Bez wszystkich zgód nie można zamówić mLegitymacji.")
            self.query_one("#missing", Static).update(f"✗ {told}")
