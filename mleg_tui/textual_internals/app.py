"""The app below ours, which an error ends with one sentence.

Touches Textual's private ``_handle_exception``, ``_fatal_error`` and ``_print_error_renderables``,
which would print a traceback, ``_shutdown``, which leaves workers behind, ``_message_queue``,
``_end_batch`` and ``_batch_count``, and ``_exception``, with which it ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, runtime_checkable

from rich.console import RenderableType
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.timer import Timer
from textual.worker import Worker, WorkerFailed

from mleg_tui.locale import _
from mleg_tui.textual_internals.gone import drop_what_is_gone, is_of_what_is_gone
from mleg_tui.textual_internals.screen import lay_out_once
from mleg_tui.textual_internals.strips import spare_strips
from mleg_tui.textual_internals.stylesheet import SharedStylesheet

EXIT_STATUS = 70
BACKGROUND = "background"
"""The group of the workers that run beside the screens."""
log = logging.getLogger("mleg_tui")


def run_beside(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str = "default"
) -> Worker[None]:
    """Run work in a worker, which begins it: where that never comes to it, nothing is left."""
    given: Any = work  # mypy does not see that it fits
    worker: Worker[None] = node.run_worker(given, group=group)
    return worker


@runtime_checkable
class Insisting(Protocol):
    """A driver that sees to it that the app's end comes."""

    def insist(self) -> None:
        """End what runs the app some time from now, if it has not ended by itself."""


@runtime_checkable
class Relenting(Protocol):
    """A driver whose process may go on to something else."""

    def relent(self) -> None:
        """Let it go on without the app, which has ended by itself."""


class CalmApp(App[None]):
    """An app that nothing typed can break, and that ends with a word instead of a traceback."""

    stylesheet: Stylesheet
    keyboard_encoding: str = "utf-8"
    """The encoding of what the terminal sends."""
    last_words: str = ""
    """What is to be said when the terminal is given back."""

    def __init__(self) -> None:
        drop_what_is_gone()
        spare_strips()
        lay_out_once()
        super().__init__()
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())

    @property
    def takes_keys(self) -> bool:
        """Whether keys have somebody to go to: neither before the first screen nor at the end."""
        return bool(self.is_running and self._screen_stack and self.screen.is_mounted)

    @property
    def is_busy(self) -> bool:
        """Whether something that was typed is not answered yet."""
        return False

    @property
    def waiting_messages(self) -> int:
        """How many messages wait on the way that keys take; 0 where they have none."""
        pumps = (self, self.screen, self.screen.focused) if self._screen_stack else ()
        return sum(
            pump._message_queue.qsize()  # noqa: SLF001
            for pump in pumps
            if pump is not None
        )

    def exit(
        self,
        result: None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave, perhaps with some last words; also where something does not let go.

        What is asked for while an error ends the app changes nothing: it ended with that error.
        """
        if self._exception is None:
            super().exit(result, return_code, message)
        self._insist()

    def _end_batch(self) -> None:
        """Let the screen paint what waited for the end; Textual leaves that to the next message."""
        super()._end_batch()
        if not self._batch_count and self._screen_stack:
            self.screen.check_idle()

    def fail(self, error: BaseException) -> None:
        """End because of an error that nobody expected."""
        self._handle_exception(error if isinstance(error, Exception) else RuntimeError(error))

    def _handle_exception(self, error: Exception) -> None:
        """End because of an error, unless it is of something that was taken down."""
        if is_of_what_is_gone(error):
            log.info("dropped, for it was taken down: %s", error)
            return
        cause = error.error if isinstance(error, WorkerFailed) else error
        log.error("The program ended with an unexpected error", exc_info=cause)
        super()._handle_exception(error)
        self._return_code = EXIT_STATUS
        self._insist()

    def _insist(self) -> None:
        driver: object = self._driver
        if isinstance(driver, Insisting):
            driver.insist()

    def relent(self) -> None:
        """Let the process go on to something else, now that the app has ended."""
        driver: object = self._driver
        if isinstance(driver, Relenting):
            driver.relent()

    def panic(self, *renderables: Any) -> None:
        """End with one sentence, whatever Textual would show."""
        del renderables
        self._fatal_error()

    def _fatal_error(self) -> None:
        self._exit_renderables = [
            _("Program napotkał nieoczekiwany błąd i zakończył pracę. Zamówienia są zapisane.")
        ]
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Say the last words."""
        if self._exit_renderables:
            self.last_words = str(self._exit_renderables[0])
            self.error_console.print(self.last_words, markup=False, highlight=False)
        self._exit_renderables.clear()

    def outcome(self) -> tuple[int, str]:
        """Return the exit status, and what is to be said if nobody has said it yet."""
        said = f"{self._exit_renderables[0]}\n" if self._exit_renderables else ""
        return self._return_code or 0, said

    async def _shutdown(self) -> None:
        try:
            await super()._shutdown()
        except Exception as error:  # noqa: BLE001 - it ends here, whatever it was
            self._handle_exception(error)
            self._print_error_renderables()
        self.workers.cancel_all()  # and what began while the rest was ending
        await Timer._stop_all(self._timers)  # noqa: SLF001
