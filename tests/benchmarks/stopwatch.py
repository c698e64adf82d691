"""A terminal with a stopwatch: how soon a key is answered, and what the program costs."""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.end_to_end.terminal import Terminal

_QUIET = 0.1
"""So many seconds without a byte mean that a picture is whole."""
_STILL = 0.03
_LONGEST = 5.0
_SCHEDULED = 2
"""How Linux numbers the clock of what a process has run, among its clocks."""
_MEMORY = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key brought: seconds to the first and the last byte, and of processor time."""

    first: float
    last: float
    cpu: float


class Watched(Terminal):
    """Reads what comes at once and draws it later, so that drawing is not measured, too."""

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def answer(self, key: str) -> Answer:
        """Press a key when the program is still, and wait for all that it brings."""
        self._take(_STILL)
        cpu, began = self.cpu(), time.perf_counter()
        self.press(key)
        first, last = self._take(_QUIET, patience=_LONGEST)
        assert last, f"nothing came of {key!r}:\n{self.text}"
        return Answer(first - began, last - began, self.cpu() - cpu)

    def cpu(self) -> float:
        """Return the seconds of processor time that the process has taken: Linux's clock of it."""
        return time.clock_gettime(~self.pid << 3 | _SCHEDULED)

    def memory(self) -> tuple[float, float]:
        """Return megabytes: all that it uses (RSS), and its part of what is shared (PSS)."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        found = {name: int(size) / 1024 for name, size in _MEMORY.findall(text)}
        return found["Rss"], found["Pss"]

    def leave_alone(self, seconds: float) -> int:
        """Do nothing but read for a time; return how many bytes came."""
        before, deadline = len(self.raw), time.monotonic() + seconds
        while self._read(deadline):
            pass
        return len(self.raw) - before

    def _take(self, quiet: float, patience: float = 0.0) -> tuple[float, float]:
        """Read until nothing comes any more; return when the first and the last byte came."""
        first = last = 0.0
        came, wait = bytearray(), patience or quiet
        while select.select([self._master], [], [], wait)[0]:
            came += os.read(self._master, 65536)
            last, wait = time.perf_counter(), quiet
            first = first or last
        self.raw += came
        self._stream.feed(bytes(came))
        return first, last


def middle(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return 1000 * median(seconds)


def late(seconds: Sequence[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]
