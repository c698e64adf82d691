"""Our drivers in the place of Textual's."""

from __future__ import annotations

from textual.driver import Driver


def our_driver(driver: type[Driver]) -> type[Driver]:
    """Return our driver for what Textual's is for; one that is not Textual's stays."""
    if driver.__module__ == "textual.drivers.linux_driver":
        from mleg_tui.textual_internals.terminal import TerminalDriver  # noqa: PLC0415 - seldom both

        return TerminalDriver
    if driver.__module__ == "textual.drivers.web_driver":
        from mleg_tui.textual_internals.page import PageDriver  # noqa: PLC0415

        return PageDriver
    return driver
