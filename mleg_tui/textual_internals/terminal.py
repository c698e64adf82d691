"""The user's own terminal: reading it, and giving it back however the program ends."""

from __future__ import annotations

import asyncio
import os
import select
import signal
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from mleg_tui.textual_internals.feed import LOOK_AGAIN, Handover

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from mleg_tui.textual_internals.app import CalmApp

_AT_ONCE = 4096
"""So many bytes are read at a time."""
_GRACE = 5
"""Seconds for the program to end by itself when its terminal is gone."""


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal, with our way of reading it."""

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        app = cast("CalmApp", self._app)
        self._handover = Handover(app, self.process_message, self.exit_event)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def send_message(self, message: Message) -> None:
        """Hand a message to the app, on whose loop it was made."""
        self._app.post_message(message)

    def disable_input(self) -> None:
        """Hear nothing more."""
        self._handover.close()
        super().disable_input()

    def run_input_thread(self) -> None:
        """Bring what is typed, until the driver is stopped or the terminal is gone."""
        terminal = select.poll()
        terminal.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            if terminal.poll(LOOK_AGAIN * 1000):
                data = self._read()
                if not data:
                    return  # ``end_with_terminal`` sees to what follows
                self._handover.bring(data)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:  # how Linux says that nobody holds the other end any more
            return b""

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes among the keys: the system tells them."""


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
