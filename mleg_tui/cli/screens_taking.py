"""Which snapshots ``mleg-tui screens`` takes, and its progress."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.parser import BadUsage
from mleg_tui.gallery.album import Choice, Shot, Taken, take_all
from mleg_tui.gallery.beginning import completed
from mleg_tui.locale import _

COMMAND = "mleg-tui screens"
_SIZE = re.compile(r"([1-9]\d{1,2})x([1-9]\d{1,2})")
_WORTH_A_PROCESS = 12
"""Pictures that take longer than starting a process."""


def choice(arguments: Arguments) -> Choice:
    """Return which pictures are meant. Raises ``BadUsage``."""
    return Choice(
        only=arguments.only,
        languages=(arguments.lang,) if arguments.lang else (),
        sizes=tuple(size(text) for text in arguments.size),
        themes=arguments.themes,
    )


def taken(arguments: Arguments, wanted: Collection[Shot], *, drawn: bool) -> Iterator[Taken]:
    """Take the pictures; on a terminal, tell how far it is."""
    from mleg_tui.compose import open_store  # noqa: PLC0415 - not for the list

    jobs = _jobs(arguments, len(wanted))
    with completed(Path(arguments.data) if arguments.data else None) as data:
        pictures = take_all(
            wanted, partial(open_store, "memory:"), data=data, jobs=jobs, drawn=drawn
        )
        is_seen = sys.stderr is not None and sys.stderr.isatty()
        yield from _watched(pictures, len(wanted)) if is_seen else pictures


def size(text: str) -> tuple[int, int]:
    """Return columns and rows of a size such as ``80x24``. Raises ``BadUsage``."""
    match = _SIZE.fullmatch(text)
    if match is None:
        problem = _("{text} nie jest rozmiarem; podaj np. 80x24").format(text=text)
        raise BadUsage(problem=problem, command=COMMAND)
    return int(match[1]), int(match[2])


def _watched(pictures: Iterator[Taken], total: int) -> Iterator[Taken]:
    """Keep one line of the terminal up to date, and leave it empty."""
    columns = shutil.get_terminal_size().columns
    try:
        for number, picture in enumerate(pictures, 1):
            _overwrite(f"{number}/{total} {picture.shot.name}"[: columns - 1])
            yield picture
    finally:
        _overwrite("")


def _overwrite(line: str) -> None:
    with suppress(OSError):  # nobody looks any more
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _jobs(arguments: Arguments, pictures: int) -> int:
    """Return in how many processes to take the pictures: a few are not worth a second one."""
    if arguments.jobs is None:
        return min(os.cpu_count() or 1, 1 + pictures // _WORTH_A_PROCESS)
    if not arguments.jobs.isascii() or not arguments.jobs.isdigit() or int(arguments.jobs) < 1:
        raise BadUsage(problem=_("--jobs to liczba od 1"), command=COMMAND)
    return min(int(arguments.jobs), max(pictures, 1))
