"""Durations as people type them: ``90s``, ``10m``, ``2h``, ``1d``, ``1h30m``."""

from __future__ import annotations

import re
from datetime import timedelta

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

_PARTS = re.compile(r"(\d{1,9})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class BadDuration(BadInput):
    """Not a duration."""

    message = N_("„{text}” nie jest czasem trwania.")
    advice = N_("Podaj np. 90s, 10m, 2h, 1d, 1w albo 1h30m.")


def parse_duration(text: str) -> timedelta:
    """Return the duration that a text names. Raises ``BadDuration``."""
    compact = text.strip().lower()
    parts = _PARTS.findall(compact)
    if not parts or "".join(number + unit for number, unit in parts) != compact:
        raise BadDuration(text=text)
    try:
        return sum((timedelta(**{_UNITS[u]: int(n)}) for n, u in parts), timedelta(0))
    except OverflowError as error:
        raise BadDuration(text=text) from error


def shown_duration(duration: timedelta) -> str:
    """Return a duration as ``3d 4h 5min``: its days, hours and minutes, the last one rounded."""
    minutes = round(duration / timedelta(minutes=1))
    parts = ((minutes // 1440, "d"), (minutes % 1440 // 60, "h"), (minutes % 60, "min"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or "0min"
