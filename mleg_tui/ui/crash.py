"""What a user sees of an error of ours: one sentence. The log has the rest.

Touches Textual's private ``_handle_exception`` and ``_fatal_error``, which would print a traceback.
"""

from __future__ import annotations

import logging

from textual.app import App

from mleg_tui.locale import _

EXIT_STATUS = 70
log = logging.getLogger("mleg_tui")


class CalmApp(App[None]):
    """An app that ends with a word instead of a traceback."""

    def _handle_exception(self, error: Exception) -> None:
        log.error("The program ended with an unexpected error", exc_info=error)
        super()._handle_exception(error)
        self._return_code = EXIT_STATUS

    def _fatal_error(self) -> None:
        self._exit_renderables.append(
            _("Program napotkał nieoczekiwany błąd i zakończył pracę. Zamówienia są zapisane.")
        )
        self._close_messages_no_wait()
