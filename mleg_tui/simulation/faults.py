"""What can be out of order in the outside world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.calendar import utc


@dataclass(frozen=True, slots=True)
class Outage:
    """A machine that is down from a simulated moment on, until another or until further notice."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and utc(self.end) < utc(self.start):
            message = "an outage cannot end before it begins"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Faults:
    """Outages of the USOS agent and of the Ministry's system, and how they misbehave.

    ``rejections_per_mille`` of the orders are rejected by the Ministry's system; every duration
    is multiplied by ``slowdown``.
    """

    agent: tuple[Outage, ...] = ()
    ministry: tuple[Outage, ...] = ()
    rejections_per_mille: int = 0
    slowdown: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.rejections_per_mille <= 1000:  # noqa: PLR2004 - per mille
            message = "rejections are 0 to 1000 of a thousand"
            raise ValueError(message)
        if self.slowdown < 1:
            message = "a slowdown is at least 1"
            raise ValueError(message)


def first_moment_up(outages: tuple[Outage, ...], moment: datetime) -> datetime | None:
    """Return the first moment from ``moment`` on at which a machine works, if it ever does."""
    for outage in sorted(outages, key=lambda outage: outage.start):
        if outage.start <= moment and (outage.end is None or moment < outage.end):
            if outage.end is None:
                return None
            moment = outage.end
    return moment
