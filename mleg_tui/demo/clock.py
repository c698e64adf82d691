"""The clock of a demo: it stands still until the player moves it or lets it run."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

from mleg_tui.services.clock import StandingClock


class DemoClock(StandingClock):
    """Tells the moment that the demonstration has come to, so that each one is the same."""

    _running_since: float | None = None

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        if self._running_since is None:
            return self.moment
        return self.moment + timedelta(seconds=monotonic() - self._running_since)

    def advance(self, seconds: float) -> None:
        """Move on by so much."""
        self.moment += timedelta(seconds=seconds)

    def run(self) -> None:
        """Run from now on, like any clock."""
        self._running_since = monotonic()
