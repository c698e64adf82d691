"""``Dodaj dokument``, the last steps: the token, scanned or typed, and the activation code."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from mleg_tui.domain.codes import without_white_space
from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, advice_of, local, message_of
from mleg_tui.services.adding import (
    CodesExpired,
    DoesNotExist,
    TokenCase,
    TokenLooksAlike,
)
from mleg_tui.services.mobywatel import Found
from mleg_tui.ui.phone.mobywatel.document import DocumentPage
from mleg_tui.ui.phone.mobywatel.page import Refusal
from mleg_tui.ui.phone.mobywatel.steps import StepPage
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_STANDS_FOR_NOTHING = (DoesNotExist, CodesExpired, TokenCase, TokenLooksAlike)
"""Refusals of a token that is unknown, revoked or too old: mObywatel has one sentence for them."""


class NoCodeToSee(Refused):
    """No pane shows a QR code."""

    message = N_("Aparat nie widzi kodu QR.")
    advice = N_(
        "Otwórz w USOSweb albo Mobilnym USOS stronę mLegitymacja z kodem QR i spróbuj ponownie, "
        "albo wpisz token."
    )


class CodeField(Entry):
    """A field for a copied code: of a paste it takes all lines, where an ``Entry`` takes one."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True, max_length=200, select_on_focus=False)

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted without its white space."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(without_white_space(event.text))


class TokenPage(StepPage):
    """Scan the QR code that another pane shows, or type the text under it."""

    title = N_("Kod QR")

    def compose(self) -> ComposeResult:
        """Draw the camera's button, where it was granted, and the field."""
        yield TranslatedLabel(
            N_("Zeskanuj kod QR z USOSweb albo Mobilnego USOS."), id="with-camera"
        )
        yield TranslatedLabel(
            N_("Aplikacja nie może używać aparatu, więc przepisz tekst spod kodu QR."),
            id="without-camera",
        )
        yield TranslatedButton(N_("Zeskanuj kod QR"), "primary", id="scan")
        yield TranslatedLabel(N_("Token (tekst kodu QR):"))
        yield CodeField(id="token-typed")
        yield Refusal()
        with Horizontal(classes="line"):
            yield TranslatedButton(N_("Dalej"), "primary", id="next")
            yield TranslatedButton(N_("Wstecz"), id="previous")

    def say(self) -> None:
        """Offer the camera where the app may use it."""
        granted = bool(self.record and self.record.camera)
        self.query_one("#scan").display = self.query_one("#with-camera").display = granted
        self.query_one("#without-camera").display = not granted

    def refuse(self, error: MlegError | None) -> None:
        """Tell of a token that stands for nothing what the real app tells, which is little."""
        if not isinstance(error, _STANDS_FOR_NOTHING):
            self.phone.rail.tell()
            super().refuse(error)
            return
        self.query_one(Refusal).refused(lambda: message_of(DoesNotExist()))
        self.phone.rail.tell(lambda: f"{message_of(error)}\n→ {advice_of(error)}")

    @on(TranslatedButton.Pressed, "#scan")
    async def _scan(self) -> None:
        token = self.phone.desk.visible_token()
        if token is None:
            self.refuse(NoCodeToSee())
            return
        self.query_one("#token-typed", Input).value = token
        await self._next()

    @on(Input.Submitted, "#token-typed")
    @on(TranslatedButton.Pressed, "#next")
    async def _next(self) -> None:
        token = self.query_one("#token-typed", Input).value
        found = await self.attempt(self.services.mobywatel.check_token, token)
        if found is not None:
            await self.opened_in.open(CodePage(token, found))


class CodePage(StepPage):
    """The activation code, which completes it."""

    title = N_("Kod aktywacyjny")

    def __init__(self, token: str, found: Found) -> None:
        super().__init__()
        self._token = token
        self._found = found

    def compose(self) -> ComposeResult:
        """Draw what was found, and the field."""
        yield Static(id="found", markup=False)
        yield TranslatedLabel(N_("Wpisz kod aktywacyjny, który stoi obok kodu QR."))
        yield CodeField(id="code-typed")
        yield Refusal()
        with Horizontal(classes="line"):
            yield TranslatedButton(N_("Aktywuj"), "primary", id="activate")
            yield TranslatedButton(N_("Wstecz"), id="previous")

    def say(self) -> None:
        """Say which card the token stands for."""
        told = _("Legitymacja studencka: {university}, ważna do {day}.").format(
            university=local(self._found.university), day=self._found.expiration_date.isoformat()
        )
        self.query_one("#found", Static).update(told)

    @on(Input.Submitted, "#code-typed")
    @on(TranslatedButton.Pressed, "#activate")
    async def _activate(self) -> None:
        token, code = self._token, self.query_one("#code-typed", Input).value
        add = self.services.mobywatel.add
        added = await self.attempt(add, token, code, terms_accepted=True)
        if added is not None:
            self.leave(self.steps, then=DocumentPage(added=True))
