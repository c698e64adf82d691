"""A card: a titled frame around what belongs together."""

from __future__ import annotations

from textual.containers import Vertical
from textual.widget import Widget

from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _
from mleg_tui.ui.widgets.translated import TranslatedLabel


class TitledCard(Vertical):
    """The frame, with its title on the upper edge; on a line of its own where no frame is drawn.

    ``simulator`` marks in amber what the real systems do not have.
    """

    def __init__(
        self, title: MessageId, *children: Widget, id: str | None = None, simulator: bool = False
    ) -> None:
        heading = TranslatedLabel(title, classes="card-title")
        classes = "card -simulator" if simulator else "card"
        super().__init__(heading, *children, id=id, classes=classes)
        self._title = title
        self.say()

    def say(self) -> None:
        """Show the title in the session's present language."""
        self.border_title = _(self._title)
