"""What can be out of order in the outside world, and from when to when.

Nothing here rewrites the past: a switch that is thrown at a moment changes what happens from then
on. So it makes no difference who looks at an order how often, and the history stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mleg_tui.domain.calendar import soonest, utc

SLOWEST = 1000


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
class Setting:
    """How the machines work from a simulated moment on: what they reject, and how slowly."""

    start: datetime
    rejections_per_mille: int
    slowdown: int

    def __post_init__(self) -> None:
        utc(self.start)
        _check(self.rejections_per_mille, self.slowdown)


@dataclass(frozen=True, slots=True)
class Faults:
    """Outages of the four systems, and how the machines misbehave.

    ``rejections_per_mille`` of the orders are rejected by the Ministry's system, and the work of
    the machines takes ``slowdown`` times as long. Both hold from the beginning; ``later`` are the
    settings that took over, in order of time.
    """

    agent: tuple[Outage, ...] = ()
    ministry: tuple[Outage, ...] = ()
    rejections_per_mille: int = 0
    slowdown: int = 1
    phone_network: tuple[Outage, ...] = ()
    usosweb: tuple[Outage, ...] = ()
    later: tuple[Setting, ...] = ()

    def __post_init__(self) -> None:
        _check(self.rejections_per_mille, self.slowdown)
        starts = [setting.start for setting in self.later]
        if starts != sorted(starts):
            message = "settings follow each other in time"
            raise ValueError(message)

    def rejections_at(self, moment: datetime) -> int:
        """Return how many of a thousand orders are rejected at a moment."""
        held = [setting for setting in self.later if setting.start <= moment]
        return held[-1].rejections_per_mille if held else self.rejections_per_mille

    def slowdown_at(self, moment: datetime) -> int:
        """Return how many times as long the machines take at a moment."""
        held = [setting for setting in self.later if setting.start <= moment]
        return held[-1].slowdown if held else self.slowdown

    def holds_until(self, now: datetime) -> datetime | None:
        """Return when something of it begins or ends next by itself; ``None``: never."""
        outages = (*self.agent, *self.ministry, *self.phone_network, *self.usosweb)
        turns = [*(setting.start for setting in self.later)]
        turns += [moment for outage in outages for moment in (outage.start, outage.end) if moment]
        return soonest(turn for turn in turns if turn > now)

    def finished(self, since: datetime, work: timedelta) -> datetime:
        """Return when work is done that takes so long at the usual pace and began at ``since``."""
        slowdown = self.slowdown_at(since)
        for setting in self.later:
            if setting.start <= since:
                continue
            done = (setting.start - since) / slowdown
            if done >= work:
                break
            since, work, slowdown = setting.start, work - done, setting.slowdown
        return since + work * slowdown


def is_down(outages: tuple[Outage, ...], moment: datetime) -> bool:
    """Tell whether a machine is down at a moment."""
    return first_moment_up(outages, moment) != moment


def first_moment_up(outages: tuple[Outage, ...], moment: datetime) -> datetime | None:
    """Return the first moment from ``moment`` on at which a machine works, if it ever does."""
    for outage in sorted(outages, key=lambda outage: outage.start):
        if outage.start <= moment and (outage.end is None or moment < outage.end):
            if outage.end is None:
                return None
            moment = outage.end
    return moment


def _check(rejections_per_mille: int, slowdown: int) -> None:
    if not 0 <= rejections_per_mille <= 1000:  # noqa: PLR2004 - per mille
        message = "rejections are 0 to 1000 of a thousand"
        raise ValueError(message)
    if not 1 <= slowdown <= SLOWEST:
        message = "a slowdown is 1 to 1000"
        raise ValueError(message)
