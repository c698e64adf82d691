"""How a line of a log is written, wherever the log is."""

from __future__ import annotations

import logging
import time
from types import TracebackType

from mleg_tui.domain.inert import visible

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogLines(logging.Formatter):
    """A line a record, in UTC, below it the traceback; what a stranger typed is only read."""

    def __init__(self, pattern: str) -> None:
        super().__init__(f"%(asctime)sZ {pattern} %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        """Return the line: no text in it can begin another one."""
        return visible(super().formatMessage(record))

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's
        """Return the traceback, which is many lines."""
        return visible(super().formatException(ei), keep="\n")
