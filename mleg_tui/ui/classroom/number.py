"""The number by which somebody comes back to their place in a class."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Digits

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel


class NumberShown(Dialog):
    """Stays until it is closed by a key, which had better be after it was written down."""

    DEFAULT_CSS = """
    NumberShown #frame #title {
        background: $simulator-background; color: $simulator-foreground; padding: 0 1;
    }
    NumberShown Digits { width: 1fr; text-align: center; margin: 1 0; }
    """
    AUTO_FOCUS = "#yes"

    def __init__(self, number: str) -> None:
        super().__init__(N_("SYMULATOR: Twój numer na zajęciach"))
        self._number = number

    def body(self) -> ComposeResult:
        """Yield the number, as large as can be."""
        yield TranslatedLabel(N_("Zapisz go. Z nim i z pseudonimem wrócisz na swoje miejsce."))
        if not self.app.has_class(PLAIN):
            yield Digits(self._number)
        yield ComposedLabel(lambda: _("Numer: {number}").format(number=self._number))

    def buttons(self) -> ComposeResult:
        """Yield the way on."""
        yield TranslatedButton(N_("Dalej"), "primary", id="yes")
