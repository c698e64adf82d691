"""The program in the fuzzer's hands: fed whatever it takes, and asked whether it still lives."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from tests.end_to_end.program import environment
from tests.end_to_end.terminal import ROOT, Terminal
from tests.fuzz.noise import Noise
from tests.ui.pilot import NOTICES

PATIENCE = 30.0
"""Seconds in which a program that lives reads on, or draws; the machine may be a busy one."""
LONGEST = 120.0
"""Seconds in which it has worked off what it was sent, and answers."""
_ASK_AGAIN = 2.0
_ANSWERS = re.compile("|".join(map(re.escape, NOTICES.values())).encode())
_COLOURS = re.compile(rb"\x1b\[[\d;]*m")
_BROKEN = re.compile(rb"Traceback \(most|nieoczekiwany b|unexpected error")
_BEGINNING, _KEPT = 8 * 1024, 64 * 1024
_USUAL = (80, 24)
_F2, _CTRL_Q, _END_OF_PASTE = b"\x1bOQ", b"\x11", b"\x1b[201~"


class Fault(Exception):
    """The program crashed, or hangs."""


class Subject(Terminal):
    """The program on a store. Of what it draws the beginning and the last is kept, undrawn."""

    def __init__(self, command: Sequence[str], state: Path) -> None:
        given: Mapping[str, str | None] = environment(
            MLEG_TUI_PASSWORD="demo",
            XDG_STATE_HOME=str(state),
            XDG_CONFIG_HOME=str(state),
            PYTHONPATH=str(ROOT),
            PYTHONWARNINGS=None,
        )
        super().__init__(command, size=_USUAL, environ=given, cwd=state)
        os.set_blocking(self._master, False)
        self._lately = bytearray()
        self._lived = time.monotonic()
        self._log = state / "mleg-tui" / "mleg-tui.log"
        self.slowest = 0.0
        """The longest that an answer took, in seconds."""

    def arrive(self, shows: str, keys: bytes) -> None:
        """Wait until it shows something, and press keys from there. Raises ``Fault``."""
        if not self._until(lambda: shows.encode() in self.raw, PATIENCE):
            message = f"never shows {shows!r}: {bytes(self.raw[-300:])!r}"
            raise Fault(message)
        self.send(keys)

    def take(self, piece: Noise) -> None:
        """Take some noise. Raises ``Fault`` if it reads no more."""
        if piece.size is not None:
            self.resize(*piece.size)
        self.send(piece.data)

    def send(self, data: bytes) -> None:
        """Feed it, and take what it draws meanwhile. Raises ``Fault`` if it reads no more."""
        while data and not self._at_end:
            readable, writable, _ = select.select([self._master], [self._master], [], 1)
            if readable:
                self._take_in()
            if writable:
                data = data[self._write(data[:1024]) :]
                self._lived = time.monotonic()
            self._see_that_it_lives(f"reads no more: {len(data)} bytes are left")

    def ask(self) -> None:
        """See that it still answers: another language is shown. Raises ``Fault`` if it does not."""
        self.resize(*_USUAL)
        self._lately.clear()
        for number in range(1, len(NOTICES) + 1):
            self._press_until(_F2, partial(self._has_shown, number), "does not answer")

    def leave(self) -> None:
        """End it. Raises ``Fault`` if it does not end, or not as it should."""
        self._press_until(_CTRL_Q, lambda: False, "does not end")
        self.check_end()

    @property
    def has_ended(self) -> bool:
        """Whether the program is at its end."""
        return self._at_end

    def check_end(self) -> None:
        """Raise ``Fault`` unless it was left as one leaves it, and the terminal as it was."""
        status = self._process.wait(PATIENCE)
        if status not in (0, 3) or _BROKEN.search(self.raw):
            message = f"ended with {status}: {bytes(self.raw[-300:])!r}"
            raise Fault(message)
        if self.modes_left_on:
            message = f"left these modes on: {self.modes_left_on}"
            raise Fault(message)

    def picture(self) -> str:
        """Return what is on the screen, as far as it can be told from the last that was drawn."""
        with suppress(TypeError):  # pyte's, where a sequence is cut
            self._stream.feed(bytes(self.raw))
        return self.text

    def log(self) -> str:
        """Return what it wrote into its log."""
        return self._log.read_text() if self._log.exists() else ""

    def memory(self) -> float:
        """Return the most megabytes that it has had; 0 where nothing tells."""
        if sys.platform != "linux" or self._at_end:
            return 0
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        most = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(most[1]) / 1024 if most else 0

    def _press_until(self, key: bytes, holds: Callable[[], bool], fault: str) -> None:
        """Press a key until something holds, or the program is at its end.

        What has the keys may take one for itself, so it is pressed again now and then.
        """
        asked = self._lived = time.monotonic()
        self.send(_END_OF_PASTE)
        while not (holds() or self._at_end):
            self._see_that_it_lives(fault)
            if time.monotonic() - asked > LONGEST:
                message = f"{fault} in {LONGEST:.0f} s"
                raise Fault(message)
            self.send(key)
            self._until(holds, _ASK_AGAIN)
        self.slowest = max(self.slowest, time.monotonic() - asked)

    def _see_that_it_lives(self, fault: str) -> None:
        if not self._at_end and time.monotonic() - self._lived > PATIENCE:
            raise Fault(fault)

    def _has_shown(self, number: int) -> bool:
        """Tell whether it has drawn the notice in so many languages lately, marked or not."""
        return len(set(_ANSWERS.findall(_COLOURS.sub(b"", self._lately)))) >= number

    def _until(self, holds: Callable[[], object], seconds: float) -> bool:
        """Take what it draws until something holds; tell whether it does."""
        deadline = time.monotonic() + seconds
        while not (met := bool(holds())) and not self._at_end:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            if select.select([self._master], [], [], left)[0]:
                self._take_in()
        return met

    def _take_in(self) -> None:
        try:
            written = os.read(self._master, 65536)
        except BlockingIOError:
            return
        except OSError:  # how Linux says that nobody holds the other end any more
            written = b""
        self._at_end = not written
        self._lived = time.monotonic()
        self.raw += written
        self._lately += written
        del self.raw[_BEGINNING:-_KEPT], self._lately[:-_KEPT]

    def _write(self, data: bytes) -> int:
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0
        except OSError:
            self._at_end = True
            return 0
