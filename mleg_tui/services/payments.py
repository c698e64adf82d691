"""Płatności: what a student owes, has paid, and pays (docs/domain.md §7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import whole_second
from mleg_tui.domain.fees import BankAccount, Payment
from mleg_tui.domain.ledger import (
    DueState,
    Ledger,
    PaymentState,
    last_migration,
    next_migration,
)
from mleg_tui.domain.money import parse_account_number, parse_amount
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.services.clock import Clock
from mleg_tui.services.facts import ledger_of
from mleg_tui.services.outages import need_usosweb
from mleg_tui.services.session import Session
from mleg_tui.services.store import DuplicateKey, NotFound, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DuesTogether:
    """Dues that belong together: those of one unit, or of one instalment plan."""

    name: LocalText
    dues: tuple[DueState, ...]

    @property
    def remaining(self) -> int:
        """What is to be paid today, in grosze."""
        return sum(state.remaining for state in self.dues)

    @property
    def amount(self) -> int:
        """What was charged, without interest, in grosze."""
        return sum(state.due.amount for state in self.dues)


@dataclass(frozen=True, slots=True)
class UniversityAccount:
    """An account of the university on which the student pays, and the dues that it is for."""

    number: str
    unit: LocalText
    dues: tuple[DueState, ...]

    @property
    def kinds(self) -> tuple[LocalText, ...]:
        """What is paid there, each kind once."""
        return tuple(dict.fromkeys(state.due.kind for state in self.dues))

    @property
    def remaining(self) -> int:
        """What is to be paid there today, in grosze."""
        return sum(state.remaining for state in self.dues)

    @property
    def next_due(self) -> DueState | None:
        """The due that money settles next, if one is open."""
        return next((state for state in self.dues if state.settled_on is None), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A student's dues and payments as they came over at the last migration.

    ``on_the_way`` are the payments that will come over at the next one. It ``holds_until`` the
    simulated moment at which something of it changes by itself.
    """

    ledger: Ledger
    on_the_way: tuple[Payment, ...]
    bank_accounts: tuple[BankAccount, ...]
    last_migration: datetime
    next_migration: datetime
    holds_until: datetime

    @property
    def unsettled(self) -> tuple[DuesTogether, ...]:
        """The dues that are still to be paid, by unit."""
        return _by_unit(self.ledger.unsettled)

    @property
    def settled(self) -> tuple[DuesTogether, ...]:
        """The dues that are paid, by unit."""
        return _by_unit(state for state in self.ledger.dues if state.settled_on is not None)

    @property
    def plans(self) -> tuple[DuesTogether, ...]:
        """The instalment plans, each with all its instalments."""
        return _together(
            (state.due.plan, state) for state in self.ledger.dues if state.due.plan is not None
        )

    @property
    def payments(self) -> tuple[PaymentState, ...]:
        """The payments that have come over, the newest first."""
        return self.ledger.payments[::-1]

    @property
    def unsettled_payments(self) -> tuple[PaymentState, ...]:
        """The payments of which something settles nothing, the newest first."""
        return tuple(state for state in self.payments if state.rest)

    @property
    def university_accounts(self) -> tuple[UniversityAccount, ...]:
        """The accounts of the dues, those of one unit together, each with its dues by deadline."""
        of_account: dict[str, list[DueState]] = {}
        for state in self.ledger.dues:
            of_account.setdefault(state.due.account_number, []).append(state)
        accounts = (
            UniversityAccount(number, dues[0].due.unit, tuple(dues))
            for number, dues in of_account.items()
        )
        return tuple(sorted(accounts, key=lambda account: account.unit[SOURCE_LANGUAGE]))

    @property
    def total(self) -> int:
        """All that is to be paid today, in grosze."""
        return sum(state.remaining for state in self.ledger.dues)

    def due(self, id: str) -> DueState | None:
        """Return a due by its id, if there is one."""
        return next((state for state in self.ledger.dues if state.due.id == id), None)

    def university_account(self, number: str) -> UniversityAccount | None:
        """Return an account of the university by its number, if the student has a due on it."""
        return next((one for one in self.university_accounts if one.number == number), None)

    def payment(self, id: str) -> PaymentState | None:
        """Return a payment that has come over by its id, if there is one."""
        return next((state for state in self.ledger.payments if state.payment.id == id), None)


class Payments:
    """What a student sees and does about money. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.STUDENT, needs=need_usosweb)

    def statement(self, session: Session) -> Statement:
        """Return the student's dues and payments. Raises ``SessionExpired``, ``UsoswebDown``."""
        return self._work.look(session, lambda view, now: _statement(view, session.student(), now))

    def pay(self, session: Session, amount: str, account_number: str) -> Payment:
        """Send a simulated transfer now, as it was typed; it shows after the next migration.

        The account may be any: money that went astray stays unsettled. Raises ``BadAmount``,
        ``BadAccountNumber`` or ``RealAccountNumber``.
        """
        grosze, number = parse_amount(amount), parse_account_number(account_number)
        student = session.student()

        def change(work: Work, now: datetime) -> Payment:
            return add_payment(work, student, grosze, number, whole_second(now))

        return self._work.act(session, change)

    def add_bank_account(self, session: Session, number: str) -> BankAccount:
        """Note an account of the student's own, typed with or without spaces.

        Raises what ``pay`` raises for a number, and ``DuplicateKey`` for one that is there.
        """
        digits = parse_account_number(number)
        student = session.student()

        def change(work: Work, _now: datetime) -> BankAccount:
            own = work.select(BankAccount, student=student)
            if any(account.number == digits for account in own):
                raise DuplicateKey(id=digits)
            id = free_id(f"{student}-k", {account.id for account in own})
            return work.add(BankAccount(id=id, student=student, number=digits))

        return self._work.act(session, change)

    def remove_bank_account(self, session: Session, id: str) -> None:
        """Forget an account of the student's own. Raises ``NotFound`` if there is none."""
        student = session.student()

        def change(work: Work, _now: datetime) -> None:
            account = work.get(BankAccount, id)
            if account.student != student:
                raise NotFound(id=id)
            work.remove(account)

        self._work.act(session, change)


def add_payment(
    work: Work, student: str, amount: int, account_number: str, made_at: datetime
) -> Payment:
    """Add a payment of a student, in grosze, within a transaction."""
    taken = {one.id for one in work.select(Payment, student=student)}
    id = free_id(f"{student}-p", taken)
    return work.add(
        Payment(
            id=id, student=student, amount=amount, account_number=account_number, made_at=made_at
        )
    )


def _statement(view: View, student_id: str, now: datetime) -> Statement:
    migrated, known = last_migration(now), ledger_of(view, view.get(Student, student_id), now)
    payments = view.select(Payment, student=student_id)
    return Statement(
        ledger=known,
        on_the_way=tuple(payment for payment in payments if payment.made_at >= migrated),
        bank_accounts=view.select(BankAccount, student=student_id),
        last_migration=migrated,
        next_migration=next_migration(now),
        holds_until=known.holds_until(now),
    )


def _by_unit(states: Iterable[DueState]) -> tuple[DuesTogether, ...]:
    return _together((state.due.unit, state) for state in states)


def _together(named: Iterable[tuple[LocalText, DueState]]) -> tuple[DuesTogether, ...]:
    in_order = sorted(named, key=lambda pair: pair[0][SOURCE_LANGUAGE])
    return tuple(
        DuesTogether(name, tuple(state for _name, state in pairs))
        for name, pairs in groupby(in_order, key=lambda pair: pair[0])
    )


def free_id(prefix: str, taken: set[str]) -> str:
    """Return an id that begins so and is not taken."""
    number = len(taken) + 1
    while f"{prefix}{number:03}" in taken:
        number += 1
    return f"{prefix}{number:03}"
