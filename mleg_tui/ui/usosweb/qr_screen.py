"""The QR code and both codes on the whole screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _, local
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.program import Handler
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.answer import Answer, Copied, confirm_copy
from mleg_tui.ui.widgets.qr import QrView
from mleg_tui.ui.widgets.translated import TranslatedLabel

_BESIDE = 33
"""Columns of the texts and of the gap before them."""


class TooSmallForLarge(Refused):
    """The window does not hold the large code."""

    message = N_("Duży kod QR potrzebuje okna {width}×{height}.")
    advice = N_("Powiększ okno albo zmniejsz w terminalu litery.")


class QrScreen(MlegScreen):
    """For holding a phone's camera to. It closes by itself when the codes die.

    ``handlers`` gives what carries out the commands about the card.
    """

    places = frozenset({Place.MLEGITYMACJA, Place.QR})
    topic = Topic(
        "usosweb.qr",
        N_(
            "Kod QR do zeskanowania w mObywatelu i kod aktywacyjny do wpisania. Jeśli skaner nie "
            "widzi kodu, przeszkadzają mu zwykle odstępy między wierszami terminala: w dużym oknie "
            "pomaga duży kod (klawisz {key[qr.large]}), inaczej przepisz tekst. Klawisz "
            "{key[qr.invert]} odwraca kolory terminala bez barw."
        ),
    )
    DEFAULT_CSS = """
    QrScreen #whole { height: 1fr; align: center middle; }
    QrScreen QrView { margin-right: 1; }
    QrScreen #beside { width: 32; height: auto; }
    QrScreen.-alone #beside { display: none; }
    QrScreen #beside Static { height: auto; margin-bottom: 1; }
    QrScreen #token, QrScreen #pass, QrScreen #closing { text-style: bold; }
    QrScreen.-tiny #beside { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "leave", show=False)]

    def __init__(self, card: Card, handlers: Callable[[Copied], Mapping[str, Handler]]) -> None:
        super().__init__()
        self._card = card
        self._handlers = handlers(partial(confirm_copy, self))

    @property
    def shows_code(self) -> bool:
        """Whether a code is on the screen: it always is."""
        return True

    def content(self) -> ComposeResult:
        """Yield the code and the texts beside it."""
        codes = self._card.codes
        with Horizontal(id="whole"):
            yield QrView(codes.token if codes else "")
            with Vertical(id="beside"):
                yield TranslatedLabel(N_("Zeskanuj kod QR w aplikacji mObywatel."))
                yield Static(codes.token if codes else "", id="token", markup=False)
                yield Answer(id="token-copied")
                yield Static(id="pass", markup=False)
                yield Answer(id="pass-copied")
                yield Static(id="closing", markup=False)
                yield TranslatedLabel(N_("Esc wraca do strony."))

    def on_mount(self) -> None:
        """Follow the order, so that dead codes do not stay on the screen."""
        if self.app.has_class(PLAIN):
            self.query_one("#whole").move_child(0, after=1)  # the texts before the code
        self.say()
        self.refresh_keys()
        self.follow(Interest.of(owner=self._card.student.id), self._dies_at)

    @property
    def _dies_at(self) -> datetime | None:
        return self._card.order.codes_expiration if self._card.order else None

    def say(self) -> None:
        """Say the activation code in the session's present language."""
        code = self._card.codes.distribution_pass if self._card.codes else ""
        self.query_one("#pass", Static).update(_("Kod aktywacyjny: {code}").format(code=code))
        closing = self._card.university.closing_line
        below = self.query_one("#closing", Static)
        below.display = closing is not None
        below.update(local(closing) if closing else "")

    def say_all(self) -> None:
        """Say everything again in the session's present language."""
        super().say_all()
        self.say()

    def on_resize(self, event: events.Resize) -> None:
        """See anew whether the code can be large."""
        super().on_resize(event)
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        """Leave the window to a large code that needs it, and say whether the code can be large."""
        view = self._view
        narrow = self.app.has_class(PLAIN) or view.size.width + _BESIDE > self.size.width
        self.set_class(view.is_large and narrow, "-alone")
        self.refresh_keys()

    @property
    def _view(self) -> QrView:
        return self.query_one(QrView)

    def here(self) -> Situation:
        """Return the card, whose codes can be copied here, and whether the code can be large."""
        refused: dict[str, Refused] = {}
        needed = self._view.window_for_large
        if needed is not None:
            refused["qr.large"] = TooSmallForLarge(width=needed.width, height=needed.height)
        return Situation(self.places, self.program.role, self._card, refused=refused)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the card's commands; the code's own key leaves."""
        return {
            **self._handlers,
            "mlegitymacja.qr": self.action_leave,
            "qr.large": self._enlarge,
            "qr.invert": self._invert,
        }

    async def take_up(self) -> None:
        """Leave once the codes are not those any more."""
        session = self.program.session
        if session is None:
            return
        ordering = self.program.services.ordering
        card = await self.program.ask_store(lambda: ordering.card(session))
        if card is not None and card.codes != self._card.codes:
            self.action_leave()

    def action_leave(self) -> None:
        """Go back to the page."""
        if self.is_current:
            self.dismiss()

    def _enlarge(self) -> None:
        """Draw the code large, for terminals with space between the lines, or small again."""
        self._view.large = not self._view.large
        self.call_after_refresh(self._laid_out)

    def _invert(self) -> None:
        """Swap dark and light, for colourless terminals that show the code as a negative."""
        self._view.inverted = not self._view.inverted
