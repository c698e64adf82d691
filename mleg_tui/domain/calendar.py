"""Time: aware UTC inside, Europe/Warsaw when shown; and the academic year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC; a naive one is refused with ``ValueError``."""
    if moment.tzinfo is None:
        message = "a moment needs a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)


def whole_second(moment: datetime) -> datetime:
    """Return the moment in UTC without its fraction, as USOSweb prints it."""
    return utc(moment).replace(microsecond=0)


def warsaw_date(moment: datetime) -> date:
    """Return the day that it is in Poland at this moment."""
    return utc(moment).astimezone(WARSAW).date()


def midnight_after(day: date) -> datetime:
    """Return the midnight in Warsaw that ends a day, in UTC."""
    return midnight_before(day + timedelta(days=1) if day < date.max else day)


def midnight_before(day: date) -> datetime:
    """Return the midnight in Warsaw with which a day begins, in UTC."""
    return utc(datetime.combine(day, time(), WARSAW))


def soonest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of some moments; ``None`` is one that does not come."""
    return min((moment for moment in moments if moment is not None), default=None)


def shown(moment: date) -> str:
    """Return a moment as USOSweb shows it: ``2021-07-01 11:28:53``, in Warsaw; a day as it is."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return utc(moment).astimezone(WARSAW).strftime("%Y-%m-%d %H:%M:%S")


class Semester(StrEnum):
    """The two halves of the academic year."""

    WINTER = "WINTER"
    SUMMER = "SUMMER"


_SUMMER_MONTHS = range(3, 10)


def semester_of(day: date) -> Semester:
    """Return the semester of a day: winter is October to February, summer March to September."""
    return Semester.SUMMER if day.month in _SUMMER_MONTHS else Semester.WINTER


def semester_card_date(day: date) -> date:
    """Return the date to which a student card of the day's semester is valid (docs/domain.md §6).

    A winter card is valid to the next 31 March, a summer card to 31 October.
    """
    if semester_of(day) is Semester.SUMMER:
        return date(day.year, 10, 31)
    return date(day.year + (day.month >= 10), 3, 31)  # noqa: PLR2004 - October


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
