"""Can this terminal show the program? Asked before Textual is imported, so it costs nothing.

Textual reads keys from standard input and paints on standard error. Where one of them is not a
terminal, or cannot show the characters, it would paint into a file or hang without a keyboard.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

TYPE_CHECKING = False  # as in typing, which is not imported here: it costs more than the check
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

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
# Its Polish has no accented letters: they would not get through.
_NOT_UTF8 = (
    "Kodowanie wyniku to {encoding}, a potrzebne jest UTF-8: ustaw PYTHONIOENCODING=utf-8"
    " albo uruchom polecenie tekstowe, np. mleg-tui order status."
    " / The output encoding is {encoding} but must be UTF-8: set PYTHONIOENCODING=utf-8"
    " or use the text commands, such as mleg-tui order status."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the screen cannot be shown: one line in Polish and English, for standard error."""

    message: str
    exit_status: int = 2


def check(
    stdin: TextIO | None, stderr: TextIO | None, environ: Mapping[str, str]
) -> Refusal | None:
    """Say why the program cannot run on this terminal, or None when it can.

    A stream is None when the process was started without it, as `sys.stdin` then is.
    """
    if stdin is None or not stdin.isatty():
        return Refusal(_NO_KEYBOARD)
    if stderr is None or not stderr.isatty():
        return Refusal(_NO_SCREEN)
    if environ.get("TERM") == "dumb":
        return Refusal(_DUMB)
    if not _is_utf8(stderr.encoding):
        return Refusal(_NOT_UTF8.format(encoding=stderr.encoding))
    return None


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False
