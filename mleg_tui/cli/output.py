"""Writing: results to standard output, talk to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from mleg_tui import splash
from mleg_tui.domain.errors import MlegError
from mleg_tui.locale import advice_of, message_of

TYPE_CHECKING = False  # as in typing, which costs --help a tenth of its time
if TYPE_CHECKING:
    from typing import TextIO


def prepare() -> None:
    """Let a character that an encoding lacks become a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def show(lines: Iterable[str]) -> None:
    """Write plain lines."""
    _write(sys.stdout, lines)


def show_json(document: Mapping[str, object]) -> None:
    """Write one JSON document, in UTF-8 wherever it runs."""
    import json  # noqa: PLC0415 - not for --help

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    _write(sys.stdout, [json.dumps(document, ensure_ascii=False, indent=2)])


def tell(*lines: str) -> None:
    """Write talk: errors, and what is said to a person."""
    with suppress(OSError):  # nobody listens any more
        _write(sys.stderr, lines)


def tell_error(error: MlegError) -> None:
    """Say what happened and what to do about it, with every reason where there are several."""
    tell(message_of(error))
    reasons: tuple[MlegError, ...] = getattr(error, "reasons", ())  # CannotOrder has them
    for reason in reasons:
        tell(f"- {message_of(reason)}", f"  {advice_of(reason)}")
    tell(advice_of(error))


def flush() -> None:
    """Write out what waits, so that a failure shows while it can still be told."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon() -> None:
    """Drop what standard output did not take, or Python would complain about it at the end."""
    try:
        flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def without_home(text: str) -> str:
    """Return a text, which may hold paths, without the name of the user's home directory."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib would cost --help a tenth of its time
    return text if home == os.sep else text.replace(home, "~")


def _write(stream: TextIO | None, lines: Iterable[str]) -> None:
    """Write lines to a stream, which is missing where the process was started without it."""
    if stream is not None:
        splash.take_down()
        stream.write("".join(f"{line}\n" for line in lines))
