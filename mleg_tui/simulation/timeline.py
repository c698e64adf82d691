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

    message = N_("Tempo {speed} jest poza zakresem.")
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
class Lease:
    """A speed that a program asked for, until a real moment that it puts off while it runs."""

    program: str
    speed: float
    until: datetime

    def __post_init__(self) -> None:
        utc(self.until)
        _check_speed(self.speed)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Simulated time: it was ``anchor`` when real time was ``real``, and has run since.

    ``speed`` is simulated seconds per real second, for good. While there are ``leases``, which
    all are of one speed, time runs at theirs, up to the last one's end. A real clock that is set
    back never takes simulated time back behind the anchor.
    """

    anchor: datetime
    real: datetime
    speed: float = 1.0
    paused: bool = False
    leases: tuple[Lease, ...] = ()

    def __post_init__(self) -> None:
        utc(self.real)
        if utc(self.anchor) < EARLIEST:
            message = "simulated time begins in 1900 at the earliest"
            raise ValueError(message)
        _check_speed(self.speed)
        if len({lease.speed for lease in self.leases}) > 1:
            message = "time runs at one speed"
            raise ValueError(message)

    def now(self, real_now: datetime) -> datetime:
        """Return the simulated moment at a real moment."""
        if self.paused:
            return self.anchor
        leased, after = self._passed(self.real, max(utc(real_now), self.real))
        try:
            return min(self.anchor + leased * self.leased_speed + after * self.speed, LATEST)
        except OverflowError:
            return LATEST

    def speed_at(self, real_now: datetime) -> float:
        """Return the speed at a real moment, paused or not."""
        return self.leased_speed if utc(real_now) < self.leased_until else self.speed

    def real_wait(self, moment: datetime, real_now: datetime) -> timedelta | None:
        """Return how much real time passes until a simulated moment; ``None`` while paused."""
        if self.paused:
            return None
        left = max(timedelta(0), moment - self.now(real_now))
        leased = max(timedelta(0), self.leased_until - max(utc(real_now), self.real))
        try:
            if left <= leased * self.leased_speed:
                return left / self.leased_speed
            return leased + (left - leased * self.leased_speed) / self.speed
        except OverflowError:
            return timedelta.max

    @property
    def leased_speed(self) -> float:
        """The speed of the leases, living or ended; the lasting one if there are none."""
        return self.leases[0].speed if self.leases else self.speed

    @property
    def leased_until(self) -> datetime:
        """The real moment at which the last lease ends, or ended."""
        return max((utc(lease.until) for lease in self.leases), default=self.real)

    def at_speed(self, speed: float, real_now: datetime) -> Timeline:
        """Go on from now at another speed, for good. Raises ``BadSpeed``."""
        return replace(self._anchored(real_now), speed=speed, leases=())

    def leased(self, lease: Lease, real_now: datetime) -> Timeline:
        """Go on from now at the speed of a lease, which ends those of other speeds."""
        here = self._anchored(real_now)
        if lease.speed == self.speed:
            return replace(here, leases=())
        others = [
            other
            for other in here.leases
            if other.program != lease.program
            and other.speed == lease.speed
            and other.until > real_now
        ]
        return replace(here, leases=(*others, lease))

    def renewed(self, program: str, until: datetime, real_now: datetime) -> Timeline:
        """Put off when a program's lease ends, if it has not ended yet."""
        return replace(
            self,
            leases=tuple(
                replace(lease, until=until)
                if lease.program == program and real_now < lease.until
                else lease
                for lease in self.leases
            ),
        )

    def given_back(self, program: str, real_now: datetime) -> Timeline:
        """Go on from now without a program's lease."""
        here = self._anchored(real_now)
        left = tuple(lease for lease in here.leases if lease.program != program)
        return replace(here, leases=left)

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
        """Return the same from now on. On a clock that was set back, leases last no longer."""
        back = max(timedelta(0), self.real - utc(real_now))
        leases = tuple(replace(lease, until=lease.until - back) for lease in self.leases)
        return replace(self, anchor=self.now(real_now), real=utc(real_now), leases=leases)

    def _passed(self, since: datetime, until: datetime) -> tuple[timedelta, timedelta]:
        """Return how much of some real time passed under the leases, and after them."""
        end = min(max(self.leased_until, since), until)
        return end - since, until - end


def _check_speed(speed: float) -> None:
    if not (math.isfinite(speed) and 0 < speed <= FASTEST):
        raise BadSpeed(speed=speed)
