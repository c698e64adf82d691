"""An error that nobody expected: the traceback goes to a log, the user gets one sentence."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from mleg_tui import __version__
from mleg_tui.cli import output
from mleg_tui.cli.output import CRASHED
from mleg_tui.locale import _
from mleg_tui.log_lines import LogLines

_LARGEST = 256 * 1024


def log_path() -> Path:
    """Return where the log is, in the user's state directory; it need not be there yet."""
    from platformdirs import user_state_path

    return user_state_path("mleg-tui", appauthor=False) / "mleg-tui.log"


def tell(error: Exception) -> int:
    """Log an error, say where, and return the exit status."""
    with log_kept() as log:
        logging.getLogger("mleg_tui").error("unexpected error", exc_info=error)
    if log.failed:
        said = _("Nieoczekiwany błąd programu, a dziennika nie można zapisać: {path}")
    else:
        said = _("Nieoczekiwany błąd programu; szczegóły są w dzienniku: {path}")
    output.tell(said.format(path=log.baseFilename))
    return CRASHED


@contextmanager
def log_kept() -> Iterator[_Log]:
    """Let what the program logs go to its file meanwhile. The file is made when it is needed."""
    log = _Log(log_path())
    logger = logging.getLogger("mleg_tui")
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)
        log.close()


class _Log(logging.FileHandler):
    """A file for its owner's eyes, with one predecessor. It never holds values of variables."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self.failed = False
        self.setFormatter(LogLines(f"mleg-tui {__version__} %(levelname)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; where that fails, only remember it: the log must not do harm."""
        try:
            super().emit(record)
        except OSError:
            self.failed = True

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's
        """Remember that a record could not be written; logging would print a traceback."""
        self.failed = True

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".log.1"))
        return open(path, "a", encoding="utf-8", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
