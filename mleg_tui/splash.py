"""The first frame: the simulation's notice, shown before anything else is loaded.

Reading a module costs time that is seen here, so there is none but what Python has loaded anyway.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from mleg_tui import languages, preflight

_WITHOUT_SCREEN = frozenset({"--help", "--version", "--plain"})
_ONE_SCREEN_ONLY = ("", "dumb", "linux")
"""Terminals that could not show again what was on them before."""
_UP = "\x1b[?1049h\x1b[H\x1b[?25l"
_DOWN = "\x1b[?1049l\x1b[?25h"


class _Splash:
    """Where the frame stands: on a terminal, by its descriptor, or nowhere."""

    terminal: int | None = None


def show(argv: Sequence[str], environ: Mapping[str, str]) -> None:
    """Show the frame if this command line is going to open the program on this terminal."""
    if not _opens_program(argv) or not _fits(environ):
        return
    said = notice(languages.chosen(argv, environ))
    _write(2, f"{_UP} \x1b[1m{said}\x1b[m")
    _Splash.terminal = 2
    _take_down_on_signals()


def notice(language: str) -> str:
    """Return the notice that the catalogue has; to load the catalogue would cost too much here."""
    with open(f"{languages.FOLDER}/{language}/notice.txt", encoding="utf-8") as file:  # noqa: PTH123
        return file.read().strip()


def take_down() -> None:
    """Give the terminal back as it was, if the frame still stands on it."""
    terminal, _Splash.terminal = _Splash.terminal, None
    if terminal is not None:
        _write(terminal, _DOWN)


def hand_over() -> None:
    """Leave the terminal to the program, which has taken the screen and will give it back."""
    _Splash.terminal = None


def _opens_program(argv: Sequence[str]) -> bool:
    """Tell whether there are only long options with their values: no command, and no help."""
    takes_value = False
    for word in argv:
        if word.startswith("--") and word not in _WITHOUT_SCREEN:
            takes_value = "=" not in word
        elif takes_value and not word.startswith("-"):
            takes_value = False
        else:
            return False
    return True


def _fits(environ: Mapping[str, str]) -> bool:
    if environ.get("TEXTUAL_DRIVER") or environ.get("TERM", "") in _ONE_SCREEN_ONLY:
        return False
    if preflight.check(environ) is not None:
        return False
    return preflight.is_utf8(sys.stderr.encoding)  # else its letters would not get through


def _take_down_on_signals() -> None:
    """Let a signal that ends the program find the terminal as it was."""
    import signal  # noqa: PLC0415 - after the frame is seen

    def end(number: int, _frame: object) -> None:
        take_down()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _write(terminal: int, text: str) -> None:
    try:
        os.write(terminal, text.encode())
    except OSError:
        return  # nobody looks any more; the program will notice
