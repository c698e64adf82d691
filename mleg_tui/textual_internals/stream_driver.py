"""A driver for a terminal at the other end of a stream: no threads, no signals.

Touches Textual's private ``_size`` of a driver, which the app takes for its own.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, TextIO

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from mleg_tui.locale import _
from mleg_tui.textual_internals.ending import GRACE
from mleg_tui.textual_internals.feed import Feed, TakesKeys

log = logging.getLogger("mleg_tui.serve")

_ON = "\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[>25u"
"""Alternate screen, mouse, no cursor, focus reports; keys in kitty's protocol with their text."""
_SYNCHRONISED = "\x1b[?2026$p"
_ON_TOO = "\x1b[?2004h\x1b[?7l"
"""Bracketed paste, no wrapping of lines."""
_OFF = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m"
)


class Stream(Protocol):
    """The way to a terminal and back."""

    def write(self, text: str) -> None:
        """Send text; dropped where nobody is there any more."""

    def take_input(self) -> bytes:
        """Return what has come before there was a driver."""

    def pause(self) -> None:
        """Let what is typed wait at the other end."""

    def resume(self) -> None:
        """Let what is typed come."""


class StreamedApp(TakesKeys, Protocol):
    """What the driver needs from its app."""

    driver: StreamDriver | None
    """Set by the driver, which whoever has the app tells what comes."""

    @property
    def stream(self) -> Stream:
        """Where to draw."""

    @property
    def asks_for_synchronised_output(self) -> bool:
        """Whether the terminal may be asked if it knows synchronised output."""


class StreamDriver(Driver):
    """Writes to the app's stream, and turns what comes from there into events."""

    def __init__(
        self,
        app: Any,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._served: StreamedApp = app
        self._stream = self._served.stream
        self._served.driver = self
        self._drawn: list[str] = []
        self._is_on = False
        self._flushing: asyncio.Handle | None = None
        self._feed: Feed | None = None
        self._running = asyncio.current_task()
        self._insisting: asyncio.TimerHandle | None = None

    def write(self, data: str) -> None:
        """Collect what is drawn; it goes out once in a turn of the loop."""
        self._drawn.append(data)
        if self._flushing is None:
            self._flushing = self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = None
        drawn = "".join(self._drawn)
        self._drawn.clear()
        if drawn:
            self._stream.write(drawn)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self.resize(*(self._size or (80, 24)))
        question = _SYNCHRONISED if self._served.asks_for_synchronised_output else ""
        self.write(_ON + question + _ON_TOO)
        self._is_on = True
        self._feed = Feed(
            self._served, self.process_message, pause=self._stream.pause, resume=self._stream.resume
        )
        self.receive(self._stream.take_input())

    def disable_input(self) -> None:
        """Hear nothing more."""
        if self._feed is not None:
            self._feed.close()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was, once."""
        self.disable_input()
        if self._is_on:
            self._is_on = False
            self.write(_OFF)
            self._flush()

    def close(self) -> None:
        """Give the terminal back also when the app died on its way."""
        self.stop_application_mode()
        if self._insisting is not None:
            self._insisting.cancel()

    def insist(self) -> None:
        """Cancel the session's task some time from now, if the app has not ended by itself."""
        if self._insisting is None:
            self._insisting = self._loop.call_later(GRACE, self._force)

    def _force(self) -> None:
        """Cancel it, and again what it then waits for."""
        if self._running is not None and not self._running.done():
            log.error("the program did not end by itself")
            self._running.cancel()
            self._insisting = self._loop.call_later(GRACE, self._force)

    def resize(self, width: int, height: int) -> None:
        """Tell the app that the window has this size."""
        self._size = (width, height)
        size = Size(width, height)
        self.send_message(events.Resize(size, size))

    def send_message(self, message: Message) -> None:
        """Hand a message to the app, which runs on the same loop."""
        self._app.post_message(message)

    @property
    def listens(self) -> bool:
        """Whether it takes what the visitor's terminal sends."""
        return self._feed is not None

    def receive(self, data: bytes) -> None:
        """Take what the visitor's terminal sends; dropped once the program is leaving."""
        if self._feed is not None:
            self._feed.receive(data)

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Say that this machine's browser is not the visitor's."""
        del url, new_tab
        self._app.notify(_("Program na serwerze nie otworzy przeglądarki."))

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Path,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> None:
        """Say that this machine's files are not the visitor's."""
        del delivery_key, save_path, open_method, encoding, mime_type, name
        binary.close()
        self._app.notify(_("Program na serwerze nie zapisze pliku."))
