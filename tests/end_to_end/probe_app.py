"""A small Textual app on our own driver, for tests in a terminal."""

from __future__ import annotations

import fcntl
import struct
import sys
import termios

from textual import events
from textual.app import ComposeResult
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Input, Static

from mleg_tui.textual_internals.app import CalmApp
from mleg_tui.textual_internals.terminal import TerminalDriver


class ProbeApp(CalmApp):
    """Shows what is typed, and its size."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]  # noqa: RUF012 - as Textual declares it

    def get_driver_class(self) -> type[Driver]:
        return TerminalDriver

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static(id="size")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(f"size {event.size.width}x{event.size.height}")


def let_the_window_grow() -> None:
    """Let the window grow to 90 columns just when its size of 70 is read."""
    read = LinuxDriver._get_terminal_size

    def read_and_grow(driver: LinuxDriver) -> tuple[int, int]:
        columns, rows = read(driver)
        if columns == 70:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 90, 0, 0))
        return columns, rows

    LinuxDriver._get_terminal_size = read_and_grow  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    if "--grows" in sys.argv:
        let_the_window_grow()
    app = ProbeApp()
    app.run()
    sys.exit(app.return_code or 0)
