"""Limits on sessions: at a time, in all and from one address, and new ones in a minute."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.serve.settings import Limits

_MINUTE = 60.0
_MOST_ADDRESSES = 4_096
"""Of so many addresses it is remembered when they connected."""


class ServerFull(Refused):
    """The server has as many sessions as it may."""

    message = N_("Serwer ma już tyle sesji, ile może mieć.")
    advice = N_("Spróbuj ponownie za kilka minut.")


class TooManyFromAddress(Refused):
    """One address has as many sessions as it may."""

    message = N_("Z tego adresu jest już tyle sesji, ile może być.")
    advice = N_("Zakończ jedną z nich i spróbuj ponownie.")


class TooManyInAMinute(Refused):
    """One address connects again and again."""

    message = N_("Z tego adresu przyszło w ciągu minuty zbyt wiele połączeń.")
    advice = N_("Spróbuj ponownie za minutę.")


class RateLimiter:
    """Counts connections by address. ``clock`` tells monotonic seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._connected: Counter[str] = Counter()
        self._arrivals: dict[str, deque[float]] = {}

    def admit(self, host: str) -> None:
        """Count a new connection from an address. Raises ``Refused``."""
        place = network(host)
        if self._is_too_fast(place):
            raise TooManyInAMinute
        if self._connected.total() >= self._limits.sessions:
            raise ServerFull
        if self._connected[place] >= self._limits.per_address:
            raise TooManyFromAddress
        self._connected[place] += 1

    def release(self, host: str) -> None:
        """Count an admitted connection no more."""
        place = network(host)
        self._connected[place] -= 1
        if self._connected[place] <= 0:
            del self._connected[place]

    @property
    def connected(self) -> int:
        """How many connections there are."""
        return self._connected.total()

    def _is_too_fast(self, place: str) -> bool:
        """Note that somebody came, unless they came too often; who waits a minute may again."""
        now = self._clock()
        came = self._arrivals.pop(place, None) or deque(maxlen=self._limits.new_per_minute)
        self._arrivals[place] = came  # the newest is last
        if len(self._arrivals) > _MOST_ADDRESSES:
            del self._arrivals[next(iter(self._arrivals))]
        if len(came) == came.maxlen and now - came[0] < _MINUTE:
            return True
        came.append(now)
        return False
