"""The office books money by hand: what was paid at the desk, or what went to a wrong account."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Due, Payment, Purpose
from mleg_tui.domain.ledger import DueState, last_migration
from mleg_tui.domain.messages import N_
from mleg_tui.domain.student import Student
from mleg_tui.services.clock import Clock
from mleg_tui.services.facts import ledger_of
from mleg_tui.services.payments import add_payment
from mleg_tui.services.session import Session
from mleg_tui.services.store import NotFound, Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork

_CARDS_FIRST = (Purpose.ELS, Purpose.DUPLICATE)


class NothingDue(Refused):
    """There is nothing to book money on."""

    message = N_("Student nie ma nierozliczonej należności.")
    advice = N_("Nie ma czego księgować.")


class EarlierDueFirst(Refused):
    """Money on the due's account settles another one, whose deadline is earlier."""

    message = N_("Wpłata na to konto rozliczy najpierw wcześniejszą należność: {earlier} ({id}).")
    advice = N_("Zaksięguj najpierw wpłatę na nią; tę należność dopiero potem.")


class Booking:
    """Books payments. Raises ``NotYours`` for who is not the office, and ``NotFound``."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._office = UnitOfWork(store, clock, Role.OFFICE)

    def book(
        self, session: Session, student: str, *, due: str | None = None, payment: str | None = None
    ) -> Payment:
        """Book a payment on a due and return it. Raises ``NothingDue``, ``EarlierDueFirst``.

        With a ``payment`` that one is moved to the due's account, where it waits for the rest if
        it is too little; without, what the due lacks was paid at the desk. Without a ``due`` it is
        the card's fee, else the oldest one. The office books in USOS itself, so the money counts
        at once, as if it had come over with the last migration (choice).
        """

        def act(work: Work, now: datetime) -> Payment:
            state = _unsettled(work, work.get(Student, student), due, now)
            number = state.due.account_number
            before = last_migration(now) - timedelta(seconds=1)
            if payment is None:
                return add_payment(work, student, state.missing, number, before)
            found = work.find(Payment, payment)
            if found is None or found.student != student:
                raise NotFound(id=payment)
            made_at = min(found.made_at, before)
            return work.save(replace(found, account_number=number, made_at=made_at))

        return self._office.act(session, act)


def _unsettled(view: View, student: Student, due: str | None, now: datetime) -> DueState:
    """Return the due to book on: the one that was named, or else the one that presses most.

    Money settles an account's dues in the order of their deadlines, so it must be the first there.
    """
    waiting = ledger_of(view, student, now).unsettled
    first: dict[str, DueState] = {}
    for state in waiting:
        first.setdefault(state.due.account_number, state)
    if due is None:
        if not first:
            raise NothingDue
        return min(first.values(), key=lambda state: state.due.purpose not in _CARDS_FIRST)
    named = view.find(Due, due)
    if named is None or named.student != student.id:
        raise NotFound(id=due)
    if due not in {state.due.id for state in waiting}:
        raise NothingDue
    pressing = first[named.account_number]
    if pressing.due.id != due:
        raise EarlierDueFirst(earlier=pressing.due.description, id=pressing.due.id)
    return pressing
