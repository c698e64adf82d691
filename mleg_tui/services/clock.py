"""Real time, so that it can be replaced."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the real moment, in UTC."""

    def now(self) -> datetime:
        """Return the real moment."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class StandingClock:
    """A clock that tells one moment until it is set: for plain commands, pictures and tests.

    A plain command happens at one moment, however long it takes.
    """

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment
