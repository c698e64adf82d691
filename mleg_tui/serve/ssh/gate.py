"""Who may come in: so many at a time, in all and from one address, and so many in a minute."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.serve.ssh.settings import Limits

_MINUTE = 60.0
_KNOWN = 4_096
"""Of so many addresses it is remembered when they came."""


class Full(Refused):
    """Everybody's places are taken."""

    message = N_("Serwer ma już tyle sesji, ile może mieć.")
    advice = N_("Spróbuj ponownie za kilka minut.")


class TooManyFromThere(Refused):
    """One address has all the places that it may have."""

    message = N_("Z tego adresu jest już tyle sesji, ile może być.")
    advice = N_("Zakończ jedną z nich i spróbuj ponownie.")


class TooFast(Refused):
    """One address comes again and again."""

    message = N_("Z tego adresu przyszło w ciągu minuty zbyt wiele połączeń.")
    advice = N_("Spróbuj ponownie za minutę.")


class Gate:
    """Counts who is in. ``clock`` tells monotonic seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._inside: Counter[str] = Counter()
        self._came: dict[str, deque[float]] = {}

    def enter(self, host: str) -> None:
        """Let somebody from an address in. Raises ``Refused``."""
        place = network(host)
        if self._is_too_fast(place):
            raise TooFast
        if self._inside.total() >= self._limits.sessions:
            raise Full
        if self._inside[place] >= self._limits.per_address:
            raise TooManyFromThere
        self._inside[place] += 1

    def leave(self, host: str) -> None:
        """Give the place of somebody who came in free."""
        place = network(host)
        self._inside[place] -= 1
        if self._inside[place] <= 0:
            del self._inside[place]

    @property
    def inside(self) -> int:
        """How many are in."""
        return self._inside.total()

    def _is_too_fast(self, place: str) -> bool:
        """Note that somebody came, unless they came too often; who waits a minute may again."""
        now = self._clock()
        came = self._came.pop(place, None) or deque(maxlen=self._limits.new_per_minute)
        self._came[place] = came  # the newest is last
        if len(self._came) > _KNOWN:
            del self._came[next(iter(self._came))]
        if len(came) == came.maxlen and now - came[0] < _MINUTE:
            return True
        came.append(now)
        return False
