"""A terminal for tests: a command on a pseudo-terminal, its screen kept by pyte."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).parents[2]

_ESCAPES = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{
        f"f{n}": f"\x1b[{code}~"
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{f"ctrl+{chr(letter)}": chr(letter - 96) for letter in range(ord("a"), ord("z") + 1)},
}

# Makes the pty the controlling terminal of the new session, then becomes the command.
_LAUNCHER = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)

_ON_BY_DEFAULT = {7, 25}  # lines wrap, the cursor shows
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


def modes_left_on(written: bytes | bytearray) -> set[int]:
    """Return the private modes that are not as a terminal has them by itself, such as 1049."""
    last = {
        int(mode): switch == b"h"
        for modes, switch in _MODE.findall(written)
        for mode in modes.split(b";")
    }
    return {mode for mode, is_on in last.items() if is_on is not (mode in _ON_BY_DEFAULT)}


class Cell(NamedTuple):
    """A cell as drawn; a colour is `default`, a name of the 16, or six hexadecimal digits."""

    char: str
    foreground: str
    background: str


class Terminal:
    """A running command with its screen; use it as a context manager.

    `environ` changes the environment: a value of None removes the variable.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str | None] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.raw = bytearray()
        """Everything the command has written."""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = os.openpty()
        self._set_size(*size)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=_environment(environ or {}),
                cwd=cwd,
                start_new_session=True,
            )
        finally:
            os.close(slave)
        self._at_end = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, with trailing blanks."""
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """The whole screen, without trailing blanks of the rows."""
        return "\n".join(line.rstrip() for line in self.lines)

    def cells(self) -> list[list[Cell]]:
        """Give the rows of the screen cell by cell."""
        return cells_of(self.screen)

    @property
    def modes_left_on(self) -> set[int]:
        """The private modes that are not as a terminal has them by itself, such as 1049 and 25."""
        return modes_left_on(self.raw)

    def wait_for(self, awaited: str | Callable[[Terminal], object], timeout: float = 10) -> None:
        """Read until the screen has the text, or the predicate holds; AssertionError if never."""
        deadline = time.monotonic() + timeout
        while not (awaited in self.text if isinstance(awaited, str) else awaited(self)):
            if not self._read(deadline):
                ended = "the command has ended" if self._at_end else f"{timeout} s have passed"
                message = f"{ended} without {awaited!r} on the screen:\n{self.text}"
                raise AssertionError(message)

    def press(self, *keys: str) -> None:
        """Press named keys (`down`, `f5`, `ctrl+c`); anything else is typed as it is."""
        for key in keys:
            self.type(_ESCAPES.get(key, key))

    def type(self, text: str | bytes) -> None:
        """Send text as UTF-8, or raw bytes."""
        os.write(self._master, text.encode() if isinstance(text, str) else text)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window; the command gets its signal."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        self._process.send_signal(number)

    def wait(self, timeout: float = 10) -> int:
        """Read until the command has ended and give its exit status (-n: killed by signal n)."""
        deadline = time.monotonic() + timeout
        while self._read(deadline):
            pass
        assert self._at_end, f"still running after {timeout} s:\n{self.text}"
        return self._process.wait(max(0.1, deadline - time.monotonic()))

    def close(self) -> None:
        """End the command if it still runs, and let go of the terminal."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _read(self, deadline: float) -> bool:
        """Take in what the command writes next; False at its end or at the deadline."""
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._master], [], [], left)[0]:
            return False
        try:
            written = os.read(self._master, 65536)
        except OSError:  # how Linux says that nobody holds the other end any more
            written = b""
        self._at_end = not written
        self.raw += written
        self._stream.feed(written)
        return not self._at_end

    def _set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)


def cells_of(screen: pyte.Screen) -> list[list[Cell]]:
    """Give the rows of a screen of pyte cell by cell."""
    return [
        [_cell(screen.buffer[row][column]) for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "NO_COLOR" and not name.startswith(("TEXTUAL", "MLEG_TUI", "SSH_", "TMUX"))
    }
    base = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONWARNINGS": "error"}
    wanted: dict[str, str | None] = {**kept, **base, **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def _cell(char: pyte.screens.Char) -> Cell:
    foreground, background = char.fg, char.bg
    if char.reverse:
        foreground, background = background, foreground
    return Cell(char.data, foreground, background)
