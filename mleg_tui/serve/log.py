"""What the server writes down: who came, from where, and for how long. Never what they typed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mleg_tui.log_lines import LogLines

log = logging.getLogger("mleg_tui.serve")
session_name: ContextVar[str] = ContextVar("session_name", default="server")
"""Whom a line is about, in whatever task it is written."""
_LOGGERS = ("mleg_tui", "asyncssh", "asyncio")


class _Named(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.session = session_name.get()
        return True


@contextmanager
def logged() -> Iterator[None]:
    """Let the lines go to standard error meanwhile."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Named())
    handler.setFormatter(LogLines("%(levelname)s %(session)s"))
    log.setLevel(logging.INFO)
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL)  # strangers' errors are not ours
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            logger.propagate = True
