"""When dates change what is told: never later than it says, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.calendar import midnight_after, soonest, warsaw_date
from mleg_tui.domain.document import document_of
from mleg_tui.domain.eligibility import examine, examined_until
from mleg_tui.domain.fees import Due, Purpose
from mleg_tui.domain.ledger import ledger
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.student import Els
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import Condition, Regulation, ValidityRule
from mleg_tui.simulation.faults import Faults, Outage, Setting, is_down
from tests.factories import NOW, order, student

MICROSECOND = timedelta(microseconds=1)
REGULATION = Regulation("2020", tuple(Condition), ValidityRule.ELS)
days = st.dates(date(2026, 9, 1), date(2026, 12, 1))
moments = st.timedeltas(timedelta(), timedelta(days=90)).map(
    lambda passed: datetime(2026, 9, 1, tzinfo=UTC) + passed
)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),  # summer time
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # which ends on this day
        (date.max, datetime(9999, 12, 30, 23, tzinfo=UTC)),  # the calendar ends before the day
    ],
)
def test_a_day_ends_at_midnight_in_warsaw(day: date, end: datetime) -> None:
    assert midnight_after(day) == end


def test_the_soonest_of_none_is_none() -> None:
    assert soonest([]) is None
    assert soonest([None, NOW, None, NOW - MICROSECOND]) == NOW - MICROSECOND


@given(st.sampled_from(OrderStatus), days, moments, moments)
def test_an_orders_state_holds_until_it_says(
    status: OrderStatus, ends: date, codes_end: datetime, now: datetime
) -> None:
    held = order(status, expiration_date=ends)
    held = replace(held, codes_expiration=codes_end) if held.codes else held
    until = held.status_until(now)
    if until is None:
        assert held.status_at(now) is held.status_at(datetime(2030, 1, 1, tzinfo=UTC))
    else:
        assert until > now
        assert held.status_at(now) is held.status_at(until - MICROSECOND)
        if now < min(midnight_after(ends), codes_end):
            assert held.status_at(until) is not held.status_at(now)


@given(days, st.none() | days, moments)
def test_findings_hold_until_they_say(
    valid_until: date, hologram_until: date | None, now: datetime
) -> None:
    card = Els(date(2026, 1, 1), valid_until, "Nowak", "robot", hologram_until)
    known, today = student(els=card), warsaw_date(now)
    until, found = examined_until(known, REGULATION, today), examine(known, REGULATION, today)
    if until is None:
        assert examine(known, REGULATION, date(2030, 1, 1)) == found
    else:
        assert until > now
        assert examine(known, REGULATION, warsaw_date(until - MICROSECOND)) == found
        assert examine(known, REGULATION, warsaw_date(until)) != found


def test_without_a_card_no_date_counts() -> None:
    assert examined_until(student(els=None), REGULATION, date(2026, 10, 5)) is None


@given(days, moments)
def test_a_ledger_holds_until_it_says(deadline: date, now: datetime) -> None:
    due = Due(
        id="d",
        student="anna.nowak",
        unit=LocalText({"pl": "W", "en": "F"}),
        purpose=Purpose.ELS,
        kind=LocalText({"pl": "W", "en": "F"}),
        description=LocalText({"pl": "W", "en": "F"}),
        amount=1_000_000,
        deadline=deadline,
        account_number="1" * 26,
    )
    state = ledger([due], [], now, 1125)
    until = state.holds_until(now)
    assert now < until <= now + timedelta(days=1, hours=1)
    assert ledger([due], [], until - MICROSECOND, 1125) == state
    if warsaw_date(until) != warsaw_date(now) and warsaw_date(now) >= deadline:
        assert ledger([due], [], until, 1125) != state


@given(days, moments)
def test_a_document_holds_until_it_says(ends: date, now: datetime) -> None:
    held = document_of(
        order(OrderStatus.COLLECTED, expiration_date=ends),
        student(),
        LocalText({"pl": "A"}),
        now,
    )
    until = held.holds_until(now)
    if until is None:
        assert held.validity_at(warsaw_date(now)) is Validity.EXPIRED
    else:
        assert held.validity_at(warsaw_date(until - MICROSECOND)) is Validity.VALID
        assert held.validity_at(warsaw_date(until)) is Validity.EXPIRED
    revoked = replace(held, validity=Validity.REVOKED)
    assert revoked.holds_until(now) is None


@given(moments, moments, moments, moments)
def test_faults_hold_until_they_say(
    start: datetime, end: datetime, setting: datetime, now: datetime
) -> None:
    outage = Outage(min(start, end), max(start, end))
    faults = Faults(usosweb=(outage,), later=(Setting(setting, 5, 2),))

    def told(at: datetime) -> object:
        return is_down(faults.usosweb, at), faults.rejections_at(at), faults.slowdown_at(at)

    until = faults.holds_until(now)
    if until is None:
        assert told(now) == told(datetime(2030, 1, 1, tzinfo=UTC))
    else:
        assert until > now
        assert told(until - MICROSECOND) == told(now)
    assert Faults(agent=(Outage(now),)).holds_until(now) is None
