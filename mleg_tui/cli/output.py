"""Writing: results to standard output, talk to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.text import N_
from mleg_tui.locale import advice_of, message_of

NOTICE = N_("SYMULACJA — NIE JEST DOKUMENTEM")


def show(lines: Iterable[str]) -> None:
    """Write plain lines; a character that the encoding lacks becomes a question mark."""
    _write(sys.stdout, lines, errors="replace")


def show_json(document: Mapping[str, object]) -> None:
    """Write one JSON document, in UTF-8 wherever it runs."""
    import json  # noqa: PLC0415 - not for --help

    text = json.dumps(document, ensure_ascii=False, indent=2)
    _write(sys.stdout, [text], encoding="utf-8")


def tell(*lines: str) -> None:
    """Write talk: errors, and what is said to a person."""
    with suppress(OSError):  # nobody listens any more
        _write(sys.stderr, lines, errors="replace")


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


def _write(
    stream: object, lines: Iterable[str], *, encoding: str | None = None, errors: str | None = None
) -> None:
    """Write lines to a stream, which is ``None`` where the process was started without it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors=errors)
    if isinstance(stream, io.TextIOBase):
        stream.write("".join(f"{line}\n" for line in lines))
