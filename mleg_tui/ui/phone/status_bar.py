"""The phone's uppermost line: the time, which phone it is, and whether there is a network."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui.domain.calendar import WARSAW
from mleg_tui.locale import _
from mleg_tui.ui.widgets.bars import both_ends


class StatusBar(Widget):
    """Hours and minutes at the left, the phone's name, the signal and the network at the right."""

    DEFAULT_CSS = """
    StatusBar { height: 1; padding: 0 1; background: $bar-background; color: $bar-foreground; }
    """

    moment: reactive[datetime | None] = reactive(None)
    online: reactive[bool] = reactive(default=True)
    phone_number: reactive[int] = reactive(1)

    def on_mount(self) -> None:
        """Follow the simulated time."""
        self.watch(self.app, "moment", self._take_moment)

    def _take_moment(self, moment: datetime | None) -> None:
        self.moment = moment and moment.replace(second=0, microsecond=0)  # as much as is drawn

    def render(self) -> Content:
        """Draw the bar."""
        width = self.content_size.width
        clock = self.moment.astimezone(WARSAW).strftime("%H:%M") if self.moment else ""
        phone = _("telefon {number}").format(number=self.phone_number)
        network = "▂▄▆ " + _("w sieci") if self.online else "✗ " + _("brak sieci")
        gap = " " * max(2, (width - len(phone)) // 2 - len(clock))
        return both_ends(Content(f"{clock}{gap}{phone}"), Content(network), width)

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh()
