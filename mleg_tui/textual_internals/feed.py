"""From a terminal's bytes to events for the app, no sooner and no faster than it takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Protocol

from textual import constants
from textual.message import Message

from mleg_tui.textual_internals.keyboard import Keyboard

_MOST_QUEUED, _FEW_QUEUED = 256, 64
_SLICE = 256
"""So many characters are made keys at a time."""
_LOOK_AGAIN = 0.02
_ESCAPE = constants.ESCAPE_DELAY + 0.01


LOOK_AGAIN = 0.1
"""Seconds after which a thread that waits looks whether it is to end."""


class TakesKeys(Protocol):
    """An app that tells whether keys may come, and in which encoding."""

    keyboard_encoding: str

    @property
    def takes_keys(self) -> bool:
        """Whether keys have somebody to go to: neither before the first screen nor at the end."""

    @property
    def waiting_messages(self) -> int:
        """How many messages wait on the way that keys take."""


class Feed:
    """What every driver does with what is typed; all of it on the app's own loop.

    ``deliver`` takes the events. ``pause`` and ``resume`` hold back whoever brings the bytes.
    """

    def __init__(
        self,
        app: TakesKeys,
        deliver: Callable[[Message], None],
        *,
        pause: Callable[[], None],
        resume: Callable[[], None],
    ) -> None:
        self._app = app
        self._deliver = deliver
        self._pause = pause
        self._resume = resume
        self._loop = asyncio.get_running_loop()
        self._keyboard = Keyboard(app.keyboard_encoding)
        self._typed = ""
        self._later: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._closed = False

    def receive(self, data: bytes) -> None:
        """Take what the terminal sends; dropped once the feed is closed."""
        if self._closed:
            return
        self._typed += self._keyboard.decode(data)
        if self._later is None:
            self._read_on()

    def close(self) -> None:
        """Hear nothing more."""
        self._closed = True
        self._typed = ""
        for timer in (self._later, self._ticking):
            if timer is not None:
                timer.cancel()
        self._later = self._ticking = None

    def _read_on(self) -> None:
        self._later = None
        while self._typed and not self._closed:
            if not self._app.takes_keys or self._app.waiting_messages > _MOST_QUEUED:
                self._pause()
                self._later = self._loop.call_later(_LOOK_AGAIN, self._look_again)
                return
            text, self._typed = self._typed[:_SLICE], self._typed[_SLICE:]
            for message in self._keyboard.read(text):
                self._deliver(message)
            if "\x1b" in text[-32:]:
                self._tick_later()
        self._resume()

    def _look_again(self) -> None:
        if self._app.takes_keys and self._app.waiting_messages > _FEW_QUEUED:
            self._later = self._loop.call_later(_LOOK_AGAIN, self._look_again)
        else:
            self._read_on()

    def _tick_later(self) -> None:
        """See, a little later, whether an escape was just that key."""
        if self._ticking is not None:
            self._ticking.cancel()
        self._ticking = self._loop.call_later(_ESCAPE, self._tick)

    def _tick(self) -> None:
        self._ticking = None
        for message in self._keyboard.tick():
            self._deliver(message)


class Handover:
    """Between a driver's reading thread and the app's loop, on which it is made.

    The thread waits until what it brought is taken, or ``stopped`` is set.
    """

    def __init__(self, app: TakesKeys, deliver: Callable[[Message], None], stopped: Event) -> None:
        self._is_taken = Event()
        self._stopped = stopped
        self._feed = Feed(app, deliver, pause=self._is_taken.clear, resume=self._is_taken.set)
        self._loop = asyncio.get_running_loop()

    def bring(self, data: bytes) -> None:
        """Hand over what was read; call it in the thread."""
        self._is_taken.clear()
        with suppress(RuntimeError):  # the loop is at its end
            self._loop.call_soon_threadsafe(self._feed.receive, data)
            while not (self._is_taken.wait(LOOK_AGAIN) or self._stopped.is_set()):
                pass

    def close(self) -> None:
        """Drop what comes from now on."""
        self._feed.close()
