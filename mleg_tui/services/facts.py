"""What is so of a student at one moment, in the words of ``domain.exercise.Condition``.

It stands below the unit of work, which asks after every change whether an exercise is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.eligibility import examine
from mleg_tui.domain.fees import Due, Payment
from mleg_tui.domain.ledger import Ledger, ledger
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.validity import rail_discount_ends
from mleg_tui.services.campus import university_of
from mleg_tui.services.store import View

_LIVE_ORDER = "LIVE_ORDER_EXISTS"
_PHONE = "phone "


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that is not as it was told to be."""

    what: str
    expected: object
    found: object


class Facts:
    """What is so of a student at a simulated moment; each fact is looked up when it is asked for.

    Raises ``NotFound`` for nobody.
    """

    def __init__(self, view: View, student: str, now: datetime) -> None:
        self.view = view
        self.student = view.get(Student, student)
        self.now = now

    @property
    def today(self) -> date:
        """The day in Warsaw."""
        return warsaw_date(self.now)

    @property
    def newest(self) -> Order | None:
        """The newest order."""
        orders = orders_of(self.view, self.student.id)
        return orders[0] if orders else None

    def __getitem__(self, name: str) -> object:
        """Return a fact by its name; ``phone 1`` is what that phone shows."""
        if name.startswith(_PHONE):
            return self._document(name.removeprefix(_PHONE))
        return _FACTS[name](self)

    def _document(self, number: str) -> object:
        return next(
            (
                phone.document.validity_at(self.today)
                for phone in self.view.select(Phone, owner=self.student.id)
                if phone.document and str(phone.number) == number
            ),
            None,
        )


def mismatches(wanted: Mapping[str, object], facts: Facts) -> Iterator[Mismatch]:
    """Yield what is not as it is wanted."""
    for what, value in wanted.items():
        found = facts[what]
        if found != value:
            yield Mismatch(what, value, found)


def orders_of(view: View, student: str) -> tuple[Order, ...]:
    """Return a student's orders, the newest first."""
    orders = view.select(Order, student=student)
    return tuple(sorted(orders, key=lambda order: (order.order_date, order.id), reverse=True))


def ledger_of(view: View, student: Student, now: datetime) -> Ledger:
    """Return a student's ledger within a read or a transaction, at a simulated moment."""
    return ledger(
        view.select(Due, student=student.id),
        view.select(Payment, student=student.id),
        now,
        university_of(view, student.university).fees.interest,
    )


def _status(facts: Facts) -> object:
    return facts.newest.status_at(facts.now) if facts.newest else None


def _why_cannot_order(facts: Facts) -> tuple[str, ...]:
    """Return the codes of ``CannotOrder``, as the ordering service has them."""
    regulation = university_of(facts.view, facts.student.university).regulation
    found = examine(facts.student, regulation, facts.today)
    codes = [finding.cause.name for finding in found if finding.cause]
    if any(order.is_live_at(facts.now) for order in orders_of(facts.view, facts.student.id)):
        codes.append(_LIVE_ORDER)
    return tuple(codes)


def _owes(facts: Facts) -> int:
    return sum(due.remaining for due in ledger_of(facts.view, facts.student, facts.now).dues)


def _els_valid(facts: Facts) -> bool:
    els = facts.student.els
    return els is not None and els.valid_until >= facts.today


_FACTS: Mapping[str, Callable[[Facts], object]] = {
    "status": _status,
    "orders": lambda facts: len(orders_of(facts.view, facts.student.id)),
    "reason": lambda facts: facts.newest.last_change.reason if facts.newest else None,
    "can_order": lambda facts: not _why_cannot_order(facts),
    "why_cannot_order": _why_cannot_order,
    "owes": _owes,
    "rail_discount": lambda facts: facts.today < rail_discount_ends(facts.student),
    "photo": lambda facts: facts.student.photo.status,
    "enrolment": lambda facts: facts.student.enrolment.status,
    "last_name": lambda facts: facts.student.last_name,
    "pesel": lambda facts: facts.student.pesel is not None,
    "student_number": lambda facts: facts.student.student_number is not None,
    "els_valid": _els_valid,
}
