"""Warsaw's days and the academic year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mleg_tui.domain.calendar import (
    Semester,
    semester_card_date,
    semester_of,
    shown,
    utc,
    warsaw_date,
    whole_second,
    years_after,
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2021, 7, 1, 9, 28, 53, tzinfo=UTC), "2021-07-01 11:28:53"),
        (datetime(2021, 12, 1, 9, 28, 53, tzinfo=UTC), "2021-12-01 10:28:53"),
        # the spring night has no 02:00 to 03:00
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "2026-03-29 01:59:59"),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), "2026-03-29 03:00:00"),
        # the autumn night has it twice
        (datetime(2026, 10, 25, 0, 30, 0, tzinfo=UTC), "2026-10-25 02:30:00"),
        (datetime(2026, 10, 25, 1, 30, 0, tzinfo=UTC), "2026-10-25 02:30:00"),
    ],
)
def test_moments_are_shown_in_warsaw(moment: datetime, expected: str) -> None:
    assert shown(moment) == expected


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 1, 1, 22, 59, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, 0, tzinfo=UTC), date(2026, 1, 2)),
    ],
)
def test_the_day_changes_at_warsaws_midnight(moment: datetime, day: date) -> None:
    assert warsaw_date(moment) == day


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc(datetime(2026, 1, 1))  # noqa: DTZ001 - naive on purpose


def test_fractions_of_a_second_are_dropped() -> None:
    moment = datetime(2026, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC)
    assert whole_second(moment) == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "semester", "card"),
    [
        (date(2026, 9, 30), Semester.SUMMER, date(2026, 10, 31)),
        (date(2026, 10, 1), Semester.WINTER, date(2027, 3, 31)),
        (date(2026, 12, 31), Semester.WINTER, date(2027, 3, 31)),
        (date(2027, 1, 1), Semester.WINTER, date(2027, 3, 31)),
        (date(2027, 2, 28), Semester.WINTER, date(2027, 3, 31)),
        (date(2027, 3, 1), Semester.SUMMER, date(2027, 10, 31)),
        (date(2027, 3, 31), Semester.SUMMER, date(2027, 10, 31)),
    ],
)
def test_the_semesters_and_their_cards(day: date, semester: Semester, card: date) -> None:
    assert semester_of(day) is semester
    assert semester_card_date(day) == card


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2004, 5, 17), date(2030, 5, 17)),
        (date(2004, 2, 29), date(2030, 3, 1)),
    ],
)
def test_years_later_there_may_be_no_29_february(day: date, later: date) -> None:
    assert years_after(day, 26) == later
