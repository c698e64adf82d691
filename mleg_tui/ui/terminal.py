"""Two cures for Textual 8.2.8 on a real terminal; drop each when upstream has its own."""

from __future__ import annotations

import asyncio
import codecs
import signal
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App


def tolerate_invalid_input() -> None:
    """Show a byte from the keyboard that is not UTF-8 as U+FFFD instead of dying of it.

    Textual decodes strictly, and one such byte, typed or pasted, ends the program with a traceback
    (textual issue #6456). Call it before the app runs; calling it again changes nothing.
    """
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[assignment, attr-defined]


def restore_on_signals(app: App[Any]) -> None:
    """Leave the terminal as it was found when SIGTERM, SIGHUP or SIGQUIT ends the program.

    Textual handles none of them, so the alternate screen and the mouse modes would stay on. The
    app's return code becomes 128 + the signal's number. Call it in the app's `on_mount`, only for
    the program on the user's own terminal: it takes the signals of the whole process.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
