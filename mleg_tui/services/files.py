"""Files that somebody named: read up to a limit, written whole; errors name the file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, AnyStr, BinaryIO

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.system_errors import reason_of

MEGABYTE = 1024 * 1024
_PIECE = MEGABYTE
OWNER_ONLY, EVERYBODY = 0o600, 0o666
"""Modes of new files; the process's umask takes from them."""
_NOT_UTF8 = N_("to nie jest tekst w UTF-8")


class BadFile(BadInput):
    """The operating system does not let us read or write a file."""

    message = N_("Pliku nie można użyć: {path} ({reason})")
    advice = N_("Sprawdź ścieżkę i prawa do niej.")


class LineTooLong(BadInput):
    """A line without an end that anybody would want to wait for."""

    message = N_("Wiersz {line} ma więcej niż {most} MB: {path}")
    advice = N_("Sprawdź, czy to właściwy plik.")


class FileTooLarge(BadInput):
    """More than anybody would want to be read."""

    message = N_("Plik ma więcej niż {most} MB: {path}")
    advice = N_("Sprawdź, czy to właściwy plik.")


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Turn what goes wrong with a file into ``BadFile``, which names it."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise BadFile(path=path, reason=_NOT_UTF8) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody has this home directory
        raise BadFile(path=path, reason=reason_of(error)) from error


def contents(path: Path, most: int) -> bytes:
    """Return what is in a file of ``most`` megabytes at most.

    Raises ``FileTooLarge``, and what the system raises.
    """
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > most * MEGABYTE:
            raise FileTooLarge(path=path, most=most)
        return all_of(file, path, most)


def all_of(file: BinaryIO, path: str | Path, most: int) -> bytes:
    """Return what is left of an open file, like ``contents``."""
    pieces, left = [], most * MEGABYTE
    while piece := file.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise FileTooLarge(path=path, most=most)
        pieces.append(piece)
    return b"".join(pieces)


def lines_of(file: IO[AnyStr], path: str | Path) -> Iterator[AnyStr]:
    """Yield the lines of an open file with their ends. Raises ``LineTooLong``."""
    number = 0
    while line := file.readline(MEGABYTE):
        number += 1
        if len(line) == MEGABYTE:
            raise LineTooLong(line=number, path=path, most=1)
        yield line


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file for the owner only, whole or not at all. What is no file is written into.

    Raises what the system raises; nothing is left behind then.
    """
    if _is_something_else(path):
        with path.open("wb") as pipe:
            pipe.writelines(pieces)
        return
    with replacing(Path(os.path.realpath(path))) as file:
        file.writelines(pieces)


@contextmanager
def replacing(
    path: Path, *, mode: int = OWNER_ONLY, unfinished: Path | None = None
) -> Iterator[BinaryIO]:
    """Give a new file that takes the place of a path once it is written and on the disk.

    A link is replaced, not followed. If the body or the system raises, all is as it was and
    nothing is left behind; of a process that is killed, the file ``unfinished``.
    """
    new = unfinished or path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)  # of a process that was killed
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        new.replace(path)
        flush_directory(path.parent)
    finally:
        new.unlink(missing_ok=True)


def make_empty(path: Path, mode: int) -> None:
    """Make a file of this very mode, whatever the umask is. Raises ``FileExistsError``."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def name_new(draft: Path, path: Path) -> None:
    """Give a whole file its name, unless there is one. Raises ``FileExistsError``."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # not every file system has hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.rename(path)
    flush_directory(path.parent)


def flush_directory(directory: Path) -> None:
    """Make the names of files in a directory durable."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_something_else(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False
