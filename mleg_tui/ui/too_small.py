"""The screen that covers a window below 60×20, and goes away by itself."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mleg_tui.domain.messages import NOTICE
from mleg_tui.locale import _
from mleg_tui.preflight import LEAST_HEIGHT, LEAST_WIDTH, fits
from mleg_tui.ui.modal import Modal


class TooSmall(Modal[None]):
    """Tells which size is needed. The screens below keep all that was typed."""

    CSS = """
    TooSmall { background: $background; }
    TooSmall > Static { width: 100%; text-align: center; color: $foreground; }
    """

    def compose(self) -> ComposeResult:
        """Draw the notice and the word."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Say it."""
        self.say()

    def say(self) -> None:
        """Say it with the window's present size."""
        width, height = self.app.size
        text = _("Okno za małe: potrzeba {least}, jest {present}").format(
            least=f"{LEAST_WIDTH}×{LEAST_HEIGHT}", present=f"{width}×{height}"
        )
        self.query_one(Static).update(f"{_(NOTICE)}\n{text}")

    def on_resize(self) -> None:
        """Go away as soon as there is room."""
        if fits(*self.app.size):
            self.dismiss()
        else:
            self.say()

    on_screen_resume = on_resize
