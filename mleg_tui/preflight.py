"""What is asked of the environment before anything else: the terminal, its encoding, the language.

Textual reads keys from standard input and paints on standard error. Where one of them is not a
terminal, it would paint into a file or hang without a keyboard.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Mapping

LEAST_WIDTH = 60
LEAST_HEIGHT = 20

_NO_KEYBOARD = (
    "Standardowe wejście nie jest terminalem: użyj poleceń tekstowych, np. mleg-tui order status."
    " / Standard input is not a terminal: use the text commands, such as mleg-tui order status."
)
_NO_SCREEN = (
    "Standardowe wyjście błędów (ekran programu) nie jest terminalem:"
    " użyj poleceń tekstowych, np. mleg-tui order status."
    " / Standard error (the program's screen) is not a terminal:"
    " use the text commands, such as mleg-tui order status."
)
_DUMB = (
    "Terminal „dumb” nie pokaże ekranu: użyj poleceń tekstowych, np. mleg-tui order status."
    " / A `dumb` terminal cannot show the screen: use the text commands,"
    " such as mleg-tui order status."
)


class Refusal:
    """Why the screen cannot be shown: one line in Polish and English, for standard error."""

    __slots__ = ("message",)
    exit_status = 2

    def __init__(self, message: str) -> None:
        self.message = message


def check(environ: Mapping[str, str]) -> Refusal | None:
    """Say why the program cannot run on this terminal, or None when it can.

    Where Textual is told to use another driver, as behind a web page, the terminal at
    hand does not matter.
    """
    if environ.get("TEXTUAL_DRIVER"):
        return None
    if sys.stdin is None or not sys.stdin.isatty():
        return Refusal(_NO_KEYBOARD)
    if sys.stderr is None or not sys.stderr.isatty():
        return Refusal(_NO_SCREEN)
    if environ.get("TERM") == "dumb":
        return Refusal(_DUMB)
    return None


def fits(width: int, height: int) -> bool:
    """Tell whether a window is large enough for the program; it may become so later."""
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT


def encoding(environ: Mapping[str, str]) -> str:
    """Return the encoding of what is painted and typed; a web page's is always UTF-8."""
    return "utf-8" if environ.get("TEXTUAL_DRIVER") else sys.stderr.encoding


def is_utf8(encoding: str) -> bool:
    """Tell whether an encoding has every character; an unknown one is taken for ASCII."""
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False
