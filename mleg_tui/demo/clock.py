"""The clock of a demo: it stands still until the player moves it or lets it run."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic


class DemoClock:
    """Tells the moment that the demonstration has come to, so that each one is the same."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._running_since: float | None = None

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        if self._running_since is None:
            return self._moment
        return self._moment + timedelta(seconds=monotonic() - self._running_since)

    def advance(self, seconds: float) -> None:
        """Move on by so much."""
        self._moment += timedelta(seconds=seconds)

    def run(self) -> None:
        """Run from now on, like any clock."""
        self._running_since = monotonic()
