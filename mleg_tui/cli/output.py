"""Writing: results to standard output, messages to standard error; and the exit status."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from mleg_tui import splash
from mleg_tui.domain.errors import BadInput, LoginRefused, MlegError, Refused, StoreUnusable
from mleg_tui.domain.inert import visible, visible_json
from mleg_tui.domain.messages import N_
from mleg_tui.locale import advice_of, message_of


class OutputLost(MlegError):
    """Standard output did not take the result: its disk is full, or it was closed before."""

    message = N_("Wyniku nie można wypisać: {reason}")
    advice = N_("Skieruj wyjście gdzie indziej. To, o co proszono, mogło już zostać zrobione.")


CRASHED = 70
_PIPE_CLOSED = 141
_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Refused, 1),
    (BadInput, 2),
    (StoreUnusable, 3),
    (LoginRefused, 5),
    (OutputLost, 1),
    (MlegError, CRASHED),
    (BrokenPipeError, _PIPE_CLOSED),  # as if SIGPIPE had ended the program, like other tools
)
"""An interface: scripts and tests tell outcomes apart by them."""


class Painted(str):
    """Lines that are all the program's own, with its own colours: they are shown as they are."""

    __slots__ = ()


def prepare() -> None:
    """Let a character that an encoding lacks become a question mark, not an error.

    The number of a stream that was closed is taken, or the next file to be opened would get it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def show(lines: Iterable[str]) -> None:
    """Write plain lines, as they come: each is one line, and only read. Raises ``OutputLost``."""
    _write_all((line if isinstance(line, Painted) else visible(line)) + "\n" for line in lines)


def show_pieces(pieces: Iterable[str]) -> None:
    """Write text, as it comes. Raises ``OutputLost``."""
    _write_all(visible(piece, keep="\n") for piece in pieces)


def show_bytes(pieces: Iterable[bytes]) -> None:
    """Write what is no text for people. Raises ``OutputLost``."""
    with _told():
        _check_standard_output()
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)


def show_json(document: Mapping[str, object]) -> None:
    """Write one JSON document, in UTF-8 wherever it runs. Raises ``OutputLost``."""
    import json

    show_json_pieces([json.dumps(document, ensure_ascii=False, indent=2), "\n"])


def show_json_pieces(pieces: Iterable[str]) -> None:
    """Write the pieces of one JSON document like ``show_json``. Raises ``OutputLost``."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    _write_all(map(visible_json, pieces))


def announce(*lines: str) -> None:
    """Write to standard output at once, if there is any: a server goes on without."""
    with suppress(OSError, OutputLost):
        show(lines)
        flush()


def tell(*lines: str) -> None:
    """Write talk: errors, and what is said to a person."""
    with suppress(OSError):  # nobody listens any more
        if sys.stderr is not None:
            splash.take_down()
            sys.stderr.write(visible("".join(f"{line}\n" for line in lines), keep="\n"))


def tell_error(error: MlegError) -> None:
    """Say what happened and what to do about it, with every reason where there are several."""
    tell(message_of(error))
    for reason in error.reasons:
        tell(f"- {message_of(reason)}", f"  {advice_of(reason)}")
    tell(advice_of(error))


def exit_status(error: Exception) -> int:
    """Return the exit status that tells of an error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), CRASHED)


def encoding() -> str:
    """Return the encoding of standard output; without one it does not matter."""
    return "utf-8" if sys.stdout is None else sys.stdout.encoding


def flush() -> None:
    """Write out what waits, so that a failure shows while it can still be told.

    Raises ``OutputLost``.
    """
    if sys.stdout is not None:
        with _told():
            sys.stdout.flush()


def abandon() -> None:
    """Drop what standard output did not take, or Python would complain about it at the end."""
    try:
        flush()
    except (OSError, OutputLost):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def without_home(text: str) -> str:
    """Return a text, which may hold paths, without the name of the user's home directory."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib would cost --help a tenth of its time
    return text if home == os.sep else text.replace(home, "~")


def _write_all(pieces: Iterable[str]) -> None:
    for piece in pieces:
        with _told():
            _check_standard_output()
            splash.take_down()
            sys.stdout.write(piece)


def _check_standard_output() -> None:
    """Raise ``OSError`` where the process was started without it."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the system raises into ``OutputLost``, but for a reader who has left."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        from mleg_tui.domain.system_errors import reason_of

        raise OutputLost(reason=reason_of(error)) from error
