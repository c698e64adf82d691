"""Moments, numbers and speeds as people type them."""

from __future__ import annotations

from datetime import datetime

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
