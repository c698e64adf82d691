"""The user's own terminal: reading it, and giving it back however the program ends."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from mleg_tui.textual_internals.ending import LastResort, own_process
from mleg_tui.textual_internals.feed import Handover

if TYPE_CHECKING:
    from mleg_tui.textual_internals.app import CalmApp

_AT_ONCE = 4096
"""So many bytes are read at a time."""
MOST_COLUMNS, MOST_ROWS = 640, 240
"""The largest window that is drawn on."""
_OFF = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""All that Textual's driver has switched on."""


class PolledEvent(Event):
    """An event that a thread can wait for together with what it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.descriptor, self._far_end = os.pipe()

    def set(self) -> None:
        """Let who waits go on; once, until it is cleared."""
        super().set()
        os.write(self._far_end, b"!")

    def clear(self) -> None:
        """Let who comes wait again."""
        super().clear()
        os.read(self.descriptor, 1)

    def close(self) -> None:
        """Be waited for no more."""
        os.close(self.descriptor)
        os.close(self._far_end)


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal, with our way of reading it, and of ending."""

    def __init__(self, app: CalmApp, **given: Any) -> None:
        super().__init__(app, **given)
        self.exit_event = self._over = PolledEvent()
        self._is_on = False
        self._file = cast("Any", _Screen(sys.__stderr__))
        self._last_resort = LastResort(app.outcome, self._give_back)
        own_process(app)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        app = cast("CalmApp", self._app)
        self._handover = Handover(app, self.process_message, self.exit_event)
        self._is_on = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._loop.add_signal_handler(signal.SIGWINCH, self._tell_size)

    def _tell_size(self) -> None:
        """Tell the window's size as it is now.

        Textual reads it in the signal's handler, into which the next signal may break, so that of
        two sizes the first one was told last.
        """
        size = Size(*self._get_terminal_size())
        self.send_message(events.Resize(size, size))

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the window's size, in bounds: a terminal may claim any."""
        width, height = super()._get_terminal_size()
        return min(width, MOST_COLUMNS), min(height, MOST_ROWS)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._is_on = False

    def insist(self) -> None:
        """End the process some time from now, if it has not ended by itself."""
        self._last_resort.arm()

    def relent(self) -> None:
        """Let the process go on without the app."""
        self._last_resort.disarm()

    def _give_back(self) -> None:
        """Give the terminal back in the place of an app that cannot."""
        if self._is_on:
            if self.attrs_before is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.write(2, _OFF.encode())

    def send_message(self, message: Message) -> None:
        """Hand a message to the app, on whose loop it was made."""
        self._app.post_message(message)

    def disable_input(self) -> None:
        """Hear nothing more."""
        self._handover.close()
        super().disable_input()

    def close(self) -> None:
        """Let go of what it was waited with."""
        super().close()
        self._over.close()

    def run_input_thread(self) -> None:
        """Bring what is typed, until the driver is stopped or the terminal is gone."""
        waiting = select.poll()
        for descriptor in (self.fileno, self._over.descriptor):
            waiting.register(descriptor, select.POLLIN)
        while self._over.descriptor not in dict(waiting.poll()):
            data = self._read()
            if not data:
                return  # ``own_process`` sees to what follows
            self._handover.bring(data)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:  # how Linux says that nobody holds the other end any more
            return b""

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes among the keys: the system tells them."""


class _Screen:
    """A terminal to draw on; what draws need not know that it is gone."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Draw."""
        if self._file is not None:
            with suppress(OSError):
                self._file.write(text)

    def flush(self) -> None:
        """Have it drawn."""
        if self._file is not None:
            with suppress(OSError):
                self._file.flush()
