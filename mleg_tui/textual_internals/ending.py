"""How a process ends that is an app's own: errors from anywhere end it, and nothing keeps it.

Something that waits for a store which does not answer, or for itself, would else keep a process for
ever, deaf, with the terminal perhaps still taken.
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mleg_tui.textual_internals.app import CalmApp

GRACE = 5.0
"""Seconds for the app to end by itself."""
_LAST = 2
"""Seconds for the last words: a terminal that is gone takes none."""
log = logging.getLogger("mleg_tui")


class LastResort:
    """Ends this process some seconds after it was armed.

    ``outcome`` tells the exit status and what is to be said, ``give_back`` restores the terminal.
    """

    def __init__(
        self, outcome: Callable[[], tuple[int, str]], give_back: Callable[[], None]
    ) -> None:
        self._outcome = outcome
        self._give_back = give_back
        self._is_armed = False
        self._is_over = threading.Event()

    def arm(self) -> None:
        """Begin to wait, once."""
        if not self._is_armed:
            self._is_armed = True
            threading.Thread(target=self._wait, name="last-resort", daemon=True).start()

    def disarm(self) -> None:
        """Let the process go on: what was to end has ended."""
        self._is_over.set()

    def _wait(self) -> None:
        if self._is_over.wait(GRACE):
            return
        signal.alarm(_LAST)
        frame = sys._current_frames().get(threading.main_thread().ident or 0)  # noqa: SLF001
        log.error("The program did not end by itself:\n%s", "".join(traceback.format_stack(frame)))
        status, said = self._outcome()
        with suppress(OSError):  # nobody looks any more
            self._give_back()
            os.write(2, said.encode(errors="replace"))
        os._exit(status)


def own_process(app: CalmApp) -> None:
    """Let an app see to the end of its process; call it on the app's loop, before it takes over.

    SIGTERM, SIGHUP and SIGQUIT, of which Textual handles none, end it in order, and its return code
    becomes 128 + the signal's number. So does the end of its terminal,
    and an error in a callback of the loop or in a thread.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGQUIT):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
    loop.add_signal_handler(signal.SIGHUP, _hang_up, app)
    leave = partial(loop.call_soon_threadsafe, _hang_up, app)
    threading.Thread(target=_wait_for_the_end, args=(leave,), daemon=True).start()
    _hear_of_errors(loop, app.fail)


def _hang_up(app: CalmApp) -> None:
    """Leave a terminal that is gone. Textual's threads may wait for it for ever: not longer."""
    signal.alarm(ceil(GRACE))
    if app.return_code is None:
        app.exit(return_code=128 + signal.SIGHUP)


def _wait_for_the_end(leave: Callable[[], object]) -> None:
    """Wait for the end of a terminal of which no SIGHUP tells, as under ``nohup``.

    Textual would wait for keys for ever; where nobody had read what it wrote, its loop would stand
    still, too.
    """
    terminal = select.poll()
    terminal.register(0, 0)  # no event but the end
    if any(event & select.POLLHUP for _descriptor, event in terminal.poll()):
        signal.alarm(ceil(GRACE))  # ends the process, unless it has ended before
        with suppress(RuntimeError):  # which it is about to
            leave()


def _hear_of_errors(loop: asyncio.AbstractEventLoop, tell: Callable[[BaseException], None]) -> None:
    """Be told of errors where Python would write a traceback to the terminal, and go on."""

    def in_loop(_loop: object, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if error is None:
            log.warning("%s", context["message"])
        else:
            tell(error)

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            loop.call_soon_threadsafe(tell, failed.exc_value)

    loop.set_exception_handler(in_loop)
    threading.excepthook = in_thread
    sys.unraisablehook = lambda failed: log.warning("%s", failed.err_msg, exc_info=failed.exc_value)
