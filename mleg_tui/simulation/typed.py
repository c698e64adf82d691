"""Moments, durations, numbers and speeds as people type them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from mleg_tui.domain.calendar import WARSAW, utc
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.simulation.timeline import BadSpeed
from mleg_tui.simulation.world import BadAuditDays, check_audit_days

_LONGEST = 9


class BadMoment(BadInput):
    """No day and no moment."""

    message = N_("„{text}” nie jest datą.")
    advice = N_("Podaj np. 2027-04-01 albo 2027-04-01T09:30; czas jest warszawski.")


class BadNumber(BadInput):
    """No whole number."""

    message = N_("„{text}” nie jest liczbą całkowitą.")
    advice = N_("Podaj liczbę cyframi, na przykład 10.")


def parse_moment(text: str) -> datetime:
    """Return the moment that a text names; a day begins at midnight in Warsaw.

    Raises ``BadMoment``.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        return utc(moment if moment.tzinfo else moment.replace(tzinfo=WARSAW))
    except (ValueError, OverflowError) as error:
        raise BadMoment(text=text) from error


def parse_number(text: str) -> int:
    """Return the whole number that a text names. Raises ``BadNumber``."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST):
        raise BadNumber(text=text)
    return int(digits)


def parse_audit_days(text: str) -> int | None:
    """Return the number of days that a text names; ``None`` for ``forever``.

    Raises ``BadAuditDays``.
    """
    if text.strip().casefold() == "forever":
        return None
    try:
        days = parse_number(text)
    except BadNumber as error:
        raise BadAuditDays(days=text) from error
    check_audit_days(days)
    return days


def parse_speed(text: str) -> float:
    """Return the speed that a text names, with a point or a comma. Raises ``BadSpeed``."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadSpeed(speed=text) from error


_DURATION_PARTS = re.compile(r"(\d{1,9})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class BadDuration(BadInput):
    """Not a duration."""

    message = N_("„{text}” nie jest czasem trwania.")
    advice = N_("Podaj np. 90s, 10m, 2h, 1d, 1w albo 1h30m.")


def parse_duration(text: str) -> timedelta:
    """Return the duration that a text names. Raises ``BadDuration``."""
    compact = text.strip().lower()
    parts = _DURATION_PARTS.findall(compact)
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
