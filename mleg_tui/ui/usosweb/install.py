"""The three steps to the phone, with the QR code and both codes side by side (seed 001)."""

from __future__ import annotations

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local
from mleg_tui.services.ordering import Card
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.qr import QrView
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

FIRST_STEPS = (
    N_(
        "Twoja mLegitymacja jest gotowa do pobrania. Aby ją zainstalować w telefonie, należy "
        "wykonać poniższe kroki."
    ),
    N_("1. Uruchomić aplikację mObywatel i dodać nową legitymację."),
    N_("2. Zeskanować lub skopiować do mObywatela poniższy kod QR."),
)
LAST_STEP = N_("3. Potwierdzić kod QR kodem aktywacyjnym.")


class Install(Horizontal):
    """Kept in one piece, so that the code and both texts are seen without scrolling."""

    DEFAULT_CSS = """
    Install { height: auto; margin-top: 1; display: none; }
    Install QrView { margin-right: 1; }
    Install #steps { width: 1fr; height: auto; max-width: 60; }
    Install #steps Static { height: auto; }
    Install #token, Install #pass, Install #closing { text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._come = False
        self._scrolled_to: float | None = None
        self._code = QrView(whole_screen="mlegitymacja.qr")
        self._token = Static(id="token", markup=False)
        self._pass = Static(id="pass", markup=False)
        self._copied = Answer(id="token-copied"), Answer(id="pass-copied")
        self._closing_line = Static(id="closing", markup=False)

    def _draw(self) -> None:
        """Draw the code and the steps beside it, once there is a code: mostly there is none."""
        token_copied, pass_copied = self._copied
        steps = Vertical(
            *map(TranslatedLabel, FIRST_STEPS),
            self._token,
            TranslatedButton(N_("Kopiuj kod QR"), "primary", id="copy-token"),
            token_copied,
            TranslatedLabel(LAST_STEP),
            self._pass,
            TranslatedButton(N_("Kopiuj kod aktywacyjny"), "primary", id="copy-pass"),
            pass_copied,
            self._closing_line,
            id="steps",
        )
        # A screen reader is to come to the texts first.
        self.mount_all((steps, self._code) if self.app.has_class(PLAIN) else (self._code, steps))

    def show(self, card: Card, *, hidden: bool = False) -> None:
        """Show the card's codes, or nothing while there are none, or they are hidden."""
        shows = card.codes is not None and not hidden
        if shows and not self.display:
            self._come, self._scrolled_to = True, None
        self.display = shows
        if card.codes is None:
            for answer in self._copied:
                answer.clear()
            self._code.content = ""
            self._token.update("")
            self._pass.update("")
            return
        if not self.children:
            self._draw()
        self._code.content = card.codes.token
        self._token.update(card.codes.token)
        activation = _("Kod aktywacyjny: {code}").format(code=card.codes.distribution_pass)
        self._pass.update(activation)
        closing = card.university.closing_line
        self._closing_line.update(local(closing) if closing else "")

    def on_mount(self) -> None:
        """Watch for the layout in which the codes have their place."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def _laid_out(self, _screen: Screen[object]) -> None:
        """Scroll so that the code that has come is seen whole, until somebody scrolls elsewhere.

        What stands above it may still find its size.
        """
        if not (self._come and self.display and self._code.has_its_size):
            return
        page = self.query_ancestor("#page", VerticalScroll)
        if self._scrolled_to not in (None, page.scroll_y):
            self._come = False
            return
        top = page.scroll_y + self.region.y - page.region.y
        page.scroll_to(y=top, animate=False, immediate=True)
        self._scrolled_to = page.scroll_y

    @on(TranslatedButton.Pressed)
    async def _pressed(self, event: TranslatedButton.Pressed) -> None:
        event.stop()
        command = {
            "copy-token": "mlegitymacja.copy_token",
            "copy-pass": "mlegitymacja.copy_pass",
        }[event.button.id or ""]
        await self.app.run_action(f"app.command('{command}')")
