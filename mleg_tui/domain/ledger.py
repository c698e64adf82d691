"""How payments settle dues (docs/domain.md §7). Pure, and whole grosze throughout.

Per individual account number the money that came in is one pot. It settles the account's dues in
the order of their deadlines, each only when the pot covers it with its interest; what is left
stays in the pot for the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import groupby

from mleg_tui.domain.calendar import WARSAW, midnight_after, utc, warsaw_date
from mleg_tui.domain.fees import Due, Payment
from mleg_tui.domain.messages import N_, MessageId

MIGRATION = time(3)
"""When the university's data come over to USOSweb each night, in Warsaw."""
_BASIS_POINTS = 10_000
_DAYS_OF_YEAR = 365


class WhyUnsettled(Enum):
    """Why money of a payment settles nothing; the text is a message id."""

    UNKNOWN_ACCOUNT = N_("nieznane konto")
    TOO_LITTLE = N_("za mała kwota")
    OVERPAID = N_("nadpłata")

    @property
    def label(self) -> MessageId:
        """The reason as a message id."""
        return MessageId(self.value)


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a payment that went into a due, on the day the money for it was complete."""

    payment: str
    due: str
    amount: int
    day: date


@dataclass(frozen=True, slots=True)
class DueState:
    """A due and what became of it. ``remaining`` is to be paid today, interest included.

    ``waiting`` is money that lies on the account for this due, but is too little to settle it.
    """

    due: Due
    interest: int
    remaining: int
    waiting: int = 0
    settled_on: date | None = None
    allocations: tuple[Allocation, ...] = ()

    @property
    def missing(self) -> int:
        """What a payment of today has to bring so that the due is settled."""
        return self.remaining - self.waiting


@dataclass(frozen=True, slots=True)
class PaymentState:
    """A payment, where it went, how much of it settles nothing, and why."""

    payment: Payment
    allocations: tuple[Allocation, ...]
    rest: int
    why: WhyUnsettled | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All dues by deadline, and all payments that have come over, by time."""

    dues: tuple[DueState, ...]
    payments: tuple[PaymentState, ...]

    @property
    def unsettled(self) -> tuple[DueState, ...]:
        """The dues that are still to be paid, by deadline."""
        return tuple(state for state in self.dues if state.settled_on is None)

    def holds_until(self, now: datetime) -> datetime:
        """Return when it changes by itself: money comes over, a due is late, interest grows."""
        today = warsaw_date(now)
        grows = any(state.due.deadline <= today for state in self.unsettled)
        return min(next_migration(now), midnight_after(today)) if grows else next_migration(now)


def last_migration(now: datetime) -> datetime:
    """Return when data came over last."""
    local = utc(now).astimezone(WARSAW)
    tonight = _migration_of(local.date())
    return tonight if tonight <= utc(now) else _migration_of(local.date() - timedelta(days=1))


def next_migration(now: datetime) -> datetime:
    """Return when data come over next."""
    return _migration_of(warsaw_date(last_migration(now)) + timedelta(days=1))


def interest(amount: int, deadline: date, day: date, rate: int) -> int:
    """Return the interest for each day after the deadline, rounded half up to grosze.

    ``rate`` is in basis points per year of 365 days: 1125 is 11.25 %.
    """
    days = max(0, (day - deadline).days)
    whole = _BASIS_POINTS * _DAYS_OF_YEAR
    return (2 * amount * rate * days + whole) // (2 * whole)


def ledger(dues: Iterable[Due], payments: Iterable[Payment], on: datetime, rate: int) -> Ledger:
    """Return the state of one student's dues and payments at a moment.

    Payments count from the first migration after they were made; interest runs until the money
    has arrived, or else until today. ``rate`` as for ``interest``.
    """
    today, migrated = warsaw_date(on), last_migration(on)
    by_deadline = sorted(dues, key=lambda due: (due.deadline, due.id))
    booked = sorted(
        (payment for payment in payments if utc(payment.made_at) < migrated),
        key=lambda payment: (payment.made_at, payment.id),
    )
    numbers = sorted(by_deadline, key=lambda due: due.account_number)
    settled: list[Allocation] = []
    for number, of_account in groupby(numbers, key=lambda due: due.account_number):
        money = [payment for payment in booked if payment.account_number == number]
        settled += _settle(list(of_account), money, rate)
    dues_now = [_due_state(due, settled, today, rate) for due in by_deadline]
    paid = tuple(_payment_state(one, settled, dues_now) for one in booked)
    return Ledger(tuple(_with_waiting(dues_now, paid)), paid)


def _migration_of(day: date) -> datetime:
    return utc(datetime.combine(day, MIGRATION, WARSAW))


def _settle(dues: Sequence[Due], money: Sequence[Payment], rate: int) -> list[Allocation]:
    """Let the payments to one account settle its dues, both in their order."""
    allocations: list[Allocation] = []
    pot: list[tuple[str, int]] = []
    waiting = list(dues)
    for payment in money:
        pot.append((payment.id, payment.amount))
        day = warsaw_date(payment.made_at)
        while waiting and _owed(waiting[0], day, rate) <= sum(amount for _, amount in pot):
            due = waiting.pop(0)
            taken, pot = _take(pot, _owed(due, day, rate))
            allocations += [Allocation(id, due.id, amount, day) for id, amount in taken]
    return allocations


def _owed(due: Due, day: date, rate: int) -> int:
    return due.amount + interest(due.amount, due.deadline, day, rate)


def _take(
    pot: list[tuple[str, int]], wanted: int
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Take a sum out of the pot, the oldest money first; return it and what is left."""
    taken, left = [], []
    for id, amount in pot:
        part = min(amount, wanted)
        wanted -= part
        if part:
            taken.append((id, part))
        if amount > part:
            left.append((id, amount - part))
    return taken, left


def _with_waiting(dues: Iterable[DueState], payments: Iterable[PaymentState]) -> Iterator[DueState]:
    """Yield the dues, the first open one of each account with the money that waits there."""
    waiting: Counter[str] = Counter()
    for paid in payments:
        waiting[paid.payment.account_number] += paid.rest
    for state in dues:
        opened = state.settled_on is None
        money = waiting.pop(state.due.account_number, 0) if opened else 0
        yield replace(state, waiting=money)


def _due_state(due: Due, settled: Iterable[Allocation], today: date, rate: int) -> DueState:
    own = tuple(allocation for allocation in settled if allocation.due == due.id)
    day = own[0].day if own else None
    grown = interest(due.amount, due.deadline, day or today, rate)
    remaining = 0 if own else due.amount + grown
    return DueState(due, grown, remaining, settled_on=day, allocations=own)


def _payment_state(
    payment: Payment, settled: Iterable[Allocation], dues: Sequence[DueState]
) -> PaymentState:
    own = tuple(allocation for allocation in settled if allocation.payment == payment.id)
    rest = payment.amount - sum(allocation.amount for allocation in own)
    return PaymentState(payment, own, rest, _why(payment, dues) if rest else None)


def _why(payment: Payment, dues: Sequence[DueState]) -> WhyUnsettled:
    of_account = [state for state in dues if state.due.account_number == payment.account_number]
    if not of_account:
        return WhyUnsettled.UNKNOWN_ACCOUNT
    if all(state.settled_on for state in of_account):
        return WhyUnsettled.OVERPAID
    return WhyUnsettled.TOO_LITTLE
