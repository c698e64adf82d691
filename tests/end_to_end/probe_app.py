"""A small Textual app on our own driver, for tests in a terminal."""

from __future__ import annotations

import sys

from textual import events
from textual.app import ComposeResult
from textual.driver import Driver
from textual.widgets import Input, Static

from mleg_tui.textual_internals.app import CalmApp
from mleg_tui.textual_internals.drivers import our_driver


class ProbeApp(CalmApp):
    """Shows what is typed, and its size."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]  # noqa: RUF012 - as Textual declares it

    def get_driver_class(self) -> type[Driver]:
        return our_driver(super().get_driver_class())

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static(id="size")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(f"size {event.size.width}x{event.size.height}")


if __name__ == "__main__":
    app = ProbeApp()
    app.run()
    sys.exit(app.return_code or 0)
