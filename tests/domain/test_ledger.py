"""How payments settle dues: examples, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.fees import Due, Payment, Purpose
from mleg_tui.domain.ledger import (
    DueState,
    Ledger,
    WhyUnsettled,
    interest,
    last_migration,
    ledger,
    next_migration,
)
from mleg_tui.domain.text import LocalText

RATE = 1125
TEXT = LocalText({"pl": "tekst", "en": "text"})
HERE, THERE, NOWHERE = "1" * 26, "2" * 26, "3" * 26
START = datetime(2026, 10, 5, 10, 0, tzinfo=UTC)
DEADLINE = date(2026, 10, 10)


def due(id: str = "d", amount: int = 2200, deadline: date = DEADLINE, account: str = HERE) -> Due:
    return Due(
        id=id,
        student="anna.nowak",
        unit=TEXT,
        purpose=Purpose.OTHER,
        kind=TEXT,
        description=TEXT,
        amount=amount,
        deadline=deadline,
        account_number=account,
    )


def payment(amount: int, days: int = 0, account: str = HERE, id: str = "p") -> Payment:
    made_at = START + timedelta(days=days)
    return Payment(
        id=id, student="anna.nowak", amount=amount, account_number=account, made_at=made_at
    )


def after(days: int, dues: list[Due], payments: list[Payment]) -> Ledger:
    return ledger(dues, payments, START + timedelta(days=days), RATE)


def only(state: Ledger) -> DueState:
    (found,) = state.dues
    return found


def test_a_payment_shows_after_the_next_migration() -> None:
    made = payment(2200)
    before = ledger([due()], [made], datetime(2026, 10, 6, 0, 59, 59, tzinfo=UTC), RATE)
    assert (only(before).remaining, before.payments) == (2200, ())
    migrated = ledger([due()], [made], datetime(2026, 10, 6, 1, tzinfo=UTC), RATE)
    assert only(migrated).remaining == 0
    assert only(migrated).settled_on == date(2026, 10, 5)
    assert [part.payment for part in only(migrated).allocations] == ["p"]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 10, 5, 1, tzinfo=UTC), datetime(2026, 10, 5, 1, tzinfo=UTC)),
        (datetime(2026, 10, 5, 0, 59, tzinfo=UTC), datetime(2026, 10, 4, 1, tzinfo=UTC)),
        (datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 5, 2, tzinfo=UTC)),
        (datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_data_migrate_at_three_in_warsaw(now: datetime, last: datetime) -> None:
    assert last_migration(now) == last
    assert last < next_migration(now) <= last + timedelta(hours=25)
    assert next_migration(now) > now


@pytest.mark.parametrize(
    ("days", "grosze"), [(-3, 0), (0, 0), (1, 1), (8, 5), (30, 20), (365, 248)]
)
def test_interest_grows_daily_after_the_deadline(days: int, grosze: int) -> None:
    assert interest(2200, DEADLINE, DEADLINE + timedelta(days=days), RATE) == grosze


def test_half_a_grosz_is_rounded_up() -> None:
    assert interest(365, DEADLINE, DEADLINE + timedelta(days=1), 5000) == 1
    assert interest(364, DEADLINE, DEADLINE + timedelta(days=1), 5000) == 0


def test_too_little_stays_unsettled_until_the_rest_comes() -> None:
    first = payment(2199)
    state = after(1, [due()], [first])
    assert (only(state).settled_on, only(state).remaining) == (None, 2200)
    assert (only(state).waiting, only(state).missing) == (2199, 1)
    assert (state.payments[0].rest, state.payments[0].why) == (2199, WhyUnsettled.TOO_LITTLE)
    state = after(2, [due()], [first, payment(1, 1, id="q")])
    assert only(state).settled_on == date(2026, 10, 6)
    assert [part.amount for part in only(state).allocations] == [2199, 1]


def test_the_bare_amount_after_the_deadline_lacks_the_interest() -> None:
    late = payment(2200, 13)
    state = after(20, [due()], [late])
    assert only(state).settled_on is None
    assert only(state).interest == 10
    assert state.payments[0].why is WhyUnsettled.TOO_LITTLE
    state = after(20, [due()], [payment(2205, 13)])
    assert (only(state).interest, only(state).remaining) == (5, 0)


def test_money_on_another_account_settles_nothing() -> None:
    state = after(1, [due()], [payment(2200, account=NOWHERE)])
    assert only(state).remaining == 2200
    assert state.payments[0].why is WhyUnsettled.UNKNOWN_ACCOUNT


def test_an_overpayment_counts_towards_the_next_due_of_the_account() -> None:
    later = DEADLINE + timedelta(days=30)
    dues = [due("b", 1000, later), due("a"), due("c", 500, account=THERE)]
    state = after(1, dues, [payment(3300)])
    assert {s.due.id: s.settled_on is None for s in state.dues} == {"a": 0, "b": 0, "c": 1}
    assert [s.due.id for s in state.dues] == ["a", "c", "b"]
    assert (state.payments[0].rest, state.payments[0].why) == (100, WhyUnsettled.OVERPAID)


ACCOUNTS = st.sampled_from([HERE, THERE])
DUES = st.lists(
    st.builds(
        due,
        amount=st.integers(1, 5000),
        deadline=st.dates(date(2026, 9, 1), date(2026, 12, 1)),
        account=ACCOUNTS,
    ),
    max_size=6,
).map(lambda dues: [replace(one, id=f"d{number}") for number, one in enumerate(dues)])
PAYMENTS = st.lists(
    st.builds(
        payment,
        amount=st.integers(1, 9000),
        days=st.integers(0, 60),
        account=st.sampled_from([HERE, THERE, NOWHERE]),
    ),
    max_size=8,
).map(lambda paid: [replace(one, id=f"p{number}") for number, one in enumerate(paid)])
DAYS = st.integers(0, 90)


@given(dues=DUES, paid=PAYMENTS, days=DAYS)
def test_money_is_neither_made_nor_lost(dues: list[Due], paid: list[Payment], days: int) -> None:
    state = after(days, dues, paid)
    for booked in state.payments:
        assert booked.payment.amount == booked.rest + sum(p.amount for p in booked.allocations)
        assert (booked.why is None) == (booked.rest == 0)
    for owed in state.dues:
        taken = sum(part.amount for part in owed.allocations)
        assert taken == (owed.due.amount + owed.interest if owed.settled_on else 0)
        assert owed.remaining + taken == owed.due.amount + owed.interest


@given(dues=DUES, paid=PAYMENTS, days=DAYS)
def test_no_due_is_settled_before_an_earlier_one_of_its_account(
    dues: list[Due], paid: list[Payment], days: int
) -> None:
    for account in (HERE, THERE):
        states = [s for s in after(days, dues, paid).dues if s.due.account_number == account]
        open_ones = [s.settled_on is None for s in states]
        assert open_ones == sorted(open_ones)
        settled = [s.settled_on for s in states if s.settled_on]
        assert settled == sorted(settled)


@given(dues=DUES, paid=PAYMENTS, days=DAYS, chance=st.randoms())
def test_the_order_of_the_records_makes_no_difference(
    dues: list[Due], paid: list[Payment], days: int, chance: object
) -> None:
    shuffled_dues, shuffled = list(dues), list(paid)
    chance.shuffle(shuffled_dues)  # type: ignore[attr-defined]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert after(days, dues, paid) == after(days, shuffled_dues, shuffled)


@given(dues=DUES, paid=PAYMENTS, days=DAYS)
def test_paying_what_is_missing_settles_the_first_open_due_of_the_account(
    dues: list[Due], paid: list[Payment], days: int
) -> None:
    payments = [p for p in paid if p.made_at <= START + timedelta(days=days)]
    tomorrow = after(days, dues, payments)
    first = next((s for s in tomorrow.dues if s.settled_on is None), None)
    on_the_way = any(p.made_at >= last_migration(START + timedelta(days=days)) for p in payments)
    if first is None or on_the_way:
        return
    last = payment(first.missing, days, first.due.account_number, id="last")
    assert first.due.id in settled(after(days + 1, dues, [*payments, last]))


def settled(state: Ledger) -> dict[str, date]:
    return {s.due.id: s.settled_on for s in state.dues if s.settled_on}


@given(dues=DUES, paid=PAYMENTS, days=DAYS)
def test_a_settled_due_stays_so_and_more_money_settles_no_less(
    dues: list[Due], paid: list[Payment], days: int
) -> None:
    now = settled(after(days, dues, paid))
    later = settled(after(days + 7, dues, paid))
    assert now.items() <= later.items()
    fewer = settled(after(days, dues, paid[1:]))
    assert all(now[id] <= day for id, day in fewer.items())
