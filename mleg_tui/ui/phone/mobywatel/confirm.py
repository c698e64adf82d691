"""``Potwierdź swoje dane``: the holder answers somebody who checks the document."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.services.verifications import Asked
from mleg_tui.ui.phone.mobywatel.page import MobywatelPage, Refusal
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.entry import Entry
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_TOPIC = Topic(
    "mobywatel.confirm",
    N_(
        "Kontroler pokazuje sześć cyfr. Po ich wpisaniu widać, kto prosi o dane, i można je "
        "udostępnić. Ważność podaje system mObywatel, nie telefon."
    ),
)


class ConfirmPage(MobywatelPage):
    """Asks for the six digits that the inspector shows."""

    title = N_("Potwierdź swoje dane")
    topic = _TOPIC

    def compose(self) -> ComposeResult:
        """Draw the field."""
        yield TranslatedLabel(N_("Wpisz sześć cyfr z ekranu osoby, która sprawdza dokument."))
        yield Entry(id="check", compact=True, max_length=16, select_on_focus=False)
        yield Refusal()
        yield TranslatedButton(N_("Dalej"), "primary", id="next")

    @on(Input.Submitted, "#check")
    @on(TranslatedButton.Pressed, "#next")
    async def _look(self) -> None:
        code = self.query_one("#check", Input).value
        asked = await self.attempt(self.services.verifications.pending, code)
        if asked is not None:
            await self.opened_in.open(SharePage(asked))


class SharePage(MobywatelPage):
    """Says who asks, and shares the data only when the holder wants it."""

    title = N_("Potwierdź swoje dane")
    topic = _TOPIC

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked
        self._shared = False

    def compose(self) -> ComposeResult:
        """Draw who asks, what they will see, and the two ways on."""
        yield Static(id="who", markup=False, classes="heading")
        yield Static(id="what", markup=False)
        yield Refusal()
        yield TranslatedButton(N_("Udostępnij dane"), "primary", id="share")
        yield TranslatedButton(N_("Wróć do dokumentu"), id="leave")

    def say(self) -> None:
        """Say who asks, or that they were answered."""
        who = _("Dane udostępniono: {who}") if self._shared else _("O Twoje dane prosi: {who}")
        what = (
            _("Wynik jest widoczny przez kilka minut, potem znika.")
            if self._shared
            else _("Zobaczy dane z Twojej legitymacji i czy jest ona ważna.")
        )
        self.query_one("#who", Static).update(who.format(who=_(self._asked.inspector)))
        self.query_one("#what", Static).update(what)
        self.query_one("#share").display = not self._shared

    @on(TranslatedButton.Pressed, "#share")
    async def _share(self) -> None:
        share = self.services.verifications.share
        if await self.attempt(share, self._asked.code) is not None:
            self._shared = True
            self.say()
            self.query_one("#leave").focus()

    @on(TranslatedButton.Pressed, "#leave")
    def _leave(self) -> None:
        self.leave(2)

    async def may_leave(self) -> bool:
        """Go back to the document once the data were shared, else to the field."""
        if self._shared:
            self._leave()
        return not self._shared
