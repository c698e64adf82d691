"""The simulated time that all sessions on one store share."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_

FASTEST = 86_400.0
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class BadSpeed(BadInput):
    """A speed out of range."""

    message = N_("Prędkość {speed} jest poza zakresem.")
    advice = N_("Podaj liczbę większą od 0, najwyżej 86400 (doba na sekundę).")


class NotForward(BadInput):
    """Time was asked to go back or to stand."""

    message = N_("Czas symulacji może iść tylko do przodu.")
    advice = N_("Podaj czas trwania większy od zera, np. 10m, 2h, 1d.")


class TooFar(Refused):
    """Beyond the years that a calendar can show."""

    message = N_("Tak odległej przyszłości symulator nie zna.")
    advice = N_("Podaj krótszy czas.")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Simulated time: it was ``anchor`` when real time was ``real``, and has run since.

    ``speed`` is simulated seconds per real second. A real clock that is set back never takes
    simulated time back behind the anchor.
    """

    anchor: datetime
    real: datetime
    speed: float = 1.0
    paused: bool = False

    def __post_init__(self) -> None:
        utc(self.real)
        if utc(self.anchor) < EARLIEST:
            message = "simulated time begins in 1900 at the earliest"
            raise ValueError(message)
        if not (math.isfinite(self.speed) and 0 < self.speed <= FASTEST):
            raise BadSpeed(speed=self.speed)

    def now(self, real_now: datetime) -> datetime:
        """Return the simulated moment at a real moment."""
        if self.paused:
            return min(self.anchor, LATEST)
        elapsed = max(timedelta(0), utc(real_now) - self.real)
        try:
            return min(self.anchor + elapsed * self.speed, LATEST)
        except OverflowError:
            return LATEST

    def real_wait(self, moment: datetime, real_now: datetime) -> timedelta | None:
        """Return how much real time passes until a simulated moment; ``None`` while paused."""
        if self.paused:
            return None
        try:
            return max(timedelta(0), (moment - self.now(real_now)) / self.speed)
        except OverflowError:
            return timedelta.max

    def at_speed(self, speed: float, real_now: datetime) -> Timeline:
        """Go on from now at another speed. Raises ``BadSpeed``."""
        return replace(self._anchored(real_now), speed=speed)

    def pause(self, real_now: datetime) -> Timeline:
        """Stand still from now on."""
        return replace(self._anchored(real_now), paused=True)

    def resume(self, real_now: datetime) -> Timeline:
        """Run on from where it stands."""
        return replace(self._anchored(real_now), paused=False)

    def forward(self, duration: timedelta, real_now: datetime) -> Timeline:
        """Jump ahead; a paused timeline stays paused. Raises ``NotForward`` or ``TooFar``."""
        if duration <= timedelta(0):
            raise NotForward
        here = self._anchored(real_now)
        if duration > LATEST - here.anchor:
            raise TooFar
        return replace(here, anchor=here.anchor + duration)

    def _anchored(self, real_now: datetime) -> Timeline:
        return replace(self, anchor=self.now(real_now), real=utc(real_now))
