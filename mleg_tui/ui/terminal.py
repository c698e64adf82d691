"""Three cures for Textual 8.2.8 on a real terminal; drop each when upstream has its own."""

from __future__ import annotations

import asyncio
import codecs
import select
import signal
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

_GRACE = 5
"""Seconds for the program to end by itself when its terminal is gone."""


def tolerate_invalid_input(encoding: str = "utf-8") -> None:
    """Show a byte from the keyboard that makes no sense as U+FFFD instead of dying of it.

    Textual decodes UTF-8 strictly, whatever the terminal's ``encoding``, and one such byte, typed
    or pasted, ends the program with a traceback (textual issue #6456). Call it before the app
    runs; calling it again changes nothing.
    """
    linux_driver.getincrementaldecoder = lambda _utf8: _forgiving(encoding)  # type: ignore[assignment, attr-defined]


def restore_on_signals(app: App[Any]) -> None:
    """Leave the terminal as it was found when SIGTERM, SIGHUP or SIGQUIT ends the program.

    Textual handles none of them, so the alternate screen and the mouse modes would stay on. The
    app's return code becomes 128 + the signal's number. Call it in the app's `on_mount`, only for
    the program on the user's own terminal: it takes the signals of the whole process.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGQUIT):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
    loop.add_signal_handler(signal.SIGHUP, _hang_up, app)


def end_with_terminal(app: App[Any]) -> None:
    """End the program when its terminal is gone and no SIGHUP told it, as under `nohup`.

    Textual would wait for keys for ever, and keep a processor busy with it; where nobody had read
    what it wrote, its loop would stand still, too. So a thread waits for the end. Call it in the
    app's `on_mount`.
    """
    leave = partial(asyncio.get_running_loop().call_soon_threadsafe, _hang_up, app)
    Thread(target=_wait_for_the_end, args=(leave,), daemon=True).start()


def _wait_for_the_end(leave: Callable[[], object]) -> None:
    terminal = select.poll()
    terminal.register(0, 0)  # no event but the end
    if any(event & select.POLLHUP for _descriptor, event in terminal.poll()):
        signal.alarm(_GRACE)  # ends the process, unless it has ended before
        with suppress(RuntimeError):  # which it is about to
            leave()


def _hang_up(app: App[Any]) -> None:
    """Leave a terminal that is gone. Textual's threads may wait for it for ever: not longer."""
    signal.alarm(_GRACE)
    if app.return_code is None:
        app.exit(return_code=128 + signal.SIGHUP)


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
