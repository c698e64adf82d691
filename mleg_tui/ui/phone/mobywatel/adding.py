"""``Dodaj dokument``, the first steps: choose, read and accept, decide about the camera."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from mleg_tui.domain.messages import N_
from mleg_tui.domain.phone import TERMS, TERMS_TITLE
from mleg_tui.locale import local
from mleg_tui.services.adding import TermsNotAccepted
from mleg_tui.ui.phone.mobywatel.codes import TokenPage
from mleg_tui.ui.phone.mobywatel.page import Refusal
from mleg_tui.ui.phone.mobywatel.steps import FirstStepPage, StepPage
from mleg_tui.ui.widgets.checkbox import Checkbox
from mleg_tui.ui.widgets.translated import LocalButton, TranslatedButton, TranslatedLabel


class ChoosePage(FirstStepPage):
    """Which document; the simulator knows one."""

    title = N_("Wybór dokumentu")

    def compose(self) -> ComposeResult:
        """Draw the choice."""
        yield TranslatedLabel(N_("Który dokument chcesz dodać?"))
        yield LocalButton("primary", id="student-card")

    def say(self) -> None:
        """Name the document as the university does."""
        self.query_one("#student-card", LocalButton).show(self.phone.university.document_name)

    @on(TranslatedButton.Pressed, "#student-card")
    async def _chosen(self) -> None:
        await self.opened_in.open(InformationPage())


class InformationPage(StepPage):
    """What the document is, and the terms, which must be accepted."""

    title = N_("Legitymacja studencka")

    def heading(self) -> str:
        """Return what the university calls the document."""
        return local(self.phone.university.document_name)

    def compose(self) -> ComposeResult:
        """Draw information and terms."""
        yield TranslatedLabel(
            N_(
                "mLegitymacja studencka to legitymacja w telefonie. Do dodania potrzebne są token "
                "(kod QR) i kod aktywacyjny z USOSweb albo Mobilnego USOS."
            )
        )
        yield TranslatedLabel(TERMS_TITLE, classes="heading")
        for paragraph in TERMS:
            yield TranslatedLabel(paragraph)
        with Vertical(id="actions"):
            yield Refusal()
            yield Checkbox(N_("Akceptuję regulamin"), id="terms")
            yield TranslatedButton(N_("Dalej"), "primary", id="next")

    def on_mount(self) -> None:
        """Lead on once the terms are accepted."""
        self.watch(self.query_one("#terms"), "value", self._lead_on, init=False)

    def _lead_on(self, accepted: bool) -> None:  # noqa: FBT001 - Textual's watcher
        if accepted:
            self.query_one("#next").focus()

    @on(TranslatedButton.Pressed, "#next")
    async def _next(self) -> None:
        accepted = self.query_one("#terms", Checkbox).value
        self.refuse(None if accepted else TermsNotAccepted())
        if accepted:
            asked = self.record is not None and self.record.camera is not None
            await self.opened_in.open(TokenPage() if asked else CameraPage())


class CameraPage(StepPage):
    """May the app use the camera? It is asked once."""

    title = N_("Zgoda na aparat")

    def compose(self) -> ComposeResult:
        """Draw the question; both answers lead on."""
        yield TranslatedLabel(
            N_("Zezwolić aplikacji mObywatel na używanie aparatu?"), classes="heading"
        )
        yield TranslatedLabel(
            N_("Aparatem skanuje się kod QR. Bez niego token wpisuje się ręcznie.")
        )
        yield TranslatedButton(N_("Zezwól"), "primary", id="grant")
        yield TranslatedButton(N_("Nie zezwalaj"), id="refuse")
        yield Refusal()

    @on(TranslatedButton.Pressed, "#grant")
    async def _grant(self) -> None:
        await self._decide(granted=True)

    @on(TranslatedButton.Pressed, "#refuse")
    async def _refuse(self) -> None:
        await self._decide(granted=False)

    async def _decide(self, *, granted: bool) -> None:
        if await self.attempt(self.services.mobywatel.set_camera, granted=granted):
            await self.opened_in.open(TokenPage())
