"""The app below ours: its drivers are our own, and an error is told in one sentence.

Touches Textual's private ``_handle_exception`` and ``_fatal_error``, which would print a traceback,
and ``_message_queue``.
"""

from __future__ import annotations

import logging

from textual.app import App
from textual.driver import Driver

from mleg_tui.locale import _

EXIT_STATUS = 70
log = logging.getLogger("mleg_tui")


class CalmApp(App[None]):
    """An app that nothing typed can break, and that ends with a word instead of a traceback."""

    keyboard_encoding: str = "utf-8"
    """The encoding of what the terminal sends."""

    def get_driver_class(self) -> type[Driver]:
        """Return our driver in the place of Textual's."""
        driver = super().get_driver_class()
        if driver.__module__ == "textual.drivers.linux_driver":
            from mleg_tui.textual_internals.terminal import TerminalDriver  # noqa: PLC0415 - see ui

            return TerminalDriver
        if driver.__module__ == "textual.drivers.web_driver":
            from mleg_tui.textual_internals.page import PageDriver  # noqa: PLC0415 - seldom wanted

            return PageDriver
        return driver

    @property
    def takes_keys(self) -> bool:
        """Whether keys have somebody to go to: neither before the first screen nor at the end."""
        return bool(self.is_running and self._screen_stack and self.screen.is_mounted)

    @property
    def waiting_messages(self) -> int:
        """How many messages wait on the way that keys take; 0 where they have none."""
        pumps = (self, self.screen, self.screen.focused) if self._screen_stack else ()
        return sum(
            pump._message_queue.qsize()  # noqa: SLF001
            for pump in pumps
            if pump is not None
        )

    def _handle_exception(self, error: Exception) -> None:
        log.error("The program ended with an unexpected error", exc_info=error)
        super()._handle_exception(error)
        self._return_code = EXIT_STATUS

    def _fatal_error(self) -> None:
        self._exit_renderables.append(
            _("Program napotkał nieoczekiwany błąd i zakończył pracę. Zamówienia są zapisane.")
        )
        self._close_messages_no_wait()
