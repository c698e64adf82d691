"""The plastic card on the student's application, as since 1 July 2025 (docs/domain.md §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.eligibility import findings
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.fees import Due, Purpose
from mleg_tui.domain.ledger import DueState
from mleg_tui.domain.messages import N_
from mleg_tui.domain.money import invented_account
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import ElsApplication, ElsWithoutApplication, University
from mleg_tui.services.campus import university_of
from mleg_tui.services.clock import Clock
from mleg_tui.services.facts import ledger_of
from mleg_tui.services.ordering import ConditionNotMet
from mleg_tui.services.outages import need_usosweb
from mleg_tui.services.payments import free_id
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork


class ElsThere(Refused):
    """The student has a card."""

    message = N_("Masz już legitymację plastikową.")
    advice = N_("Jeśli trzeba ją wymienić, zgłoś się do dziekanatu (opłata za duplikat).")


class AlreadyApplied(Refused):
    """An application waits for the office."""

    message = N_("Wniosek o legitymację plastikową już złożono.")
    advice = N_("Opłać ją; dziekanat wyda ją, gdy wpłata będzie rozliczona.")


class CannotApply(Refused):
    """The application was refused; ``reasons`` are all that stand in its way."""

    message = N_("Nie możesz teraz złożyć wniosku o legitymację plastikową.")
    advice = N_("Usuń podane przyczyny i spróbuj ponownie.")
    reasons: tuple[Refused, ...]

    def __init__(self, reasons: tuple[Refused, ...]) -> None:
        self.reasons = reasons
        super().__init__()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlasticCard:
    """How a student stands with the plastic card, at one moment. ``now`` is simulated time.

    ``fee`` is the due for it, the open one if there are several. It ``holds_until`` something of
    it changes by itself.
    """

    student: Student
    university: University
    fee: DueState | None
    why_cannot_apply: Refused | None
    holds_until: datetime
    now: datetime = field(compare=False)


class ElsApplications:
    """What a student does about the plastic card. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.STUDENT, needs=need_usosweb)

    def show(self, session: Session) -> PlasticCard:
        """Return how the student stands with the card. Raises ``UsoswebDown``."""
        return self._work.look(session, lambda view, now: _card(view, session.student(), now))

    def apply(self, session: Session) -> PlasticCard:
        """Apply for the card and return how the student stands after it.

        Its fee becomes due, unless one is open already. Raises ``CannotApply`` with every reason,
        and ``ElsWithoutApplication``, ``ElsThere`` or ``AlreadyApplied``.
        """

        def change(work: Work, now: datetime) -> PlasticCard:
            card = _card(work, session.student(), now)
            application = card.university.els_application
            if card.why_cannot_apply is not None or application is None:
                raise card.why_cannot_apply or ElsWithoutApplication
            today = warsaw_date(now)
            work.save(replace(card.student, els_applied_on=today))
            if card.university.fees.els and (card.fee is None or card.fee.settled_on is not None):
                work.add(_fee(work, card.student, card.university.fees.els, application, today))
            return _card(work, session.student(), now)

        return self._work.act(session, change)


def _card(view: View, student_id: str, now: datetime) -> PlasticCard:
    student, today = view.get(Student, student_id), warsaw_date(now)
    university, ledger = university_of(view, student.university), ledger_of(view, student, now)
    return PlasticCard(
        student=student,
        university=university,
        fee=_pressing(state for state in ledger.dues if state.due.purpose is Purpose.ELS),
        why_cannot_apply=_why_not(student, university, today),
        holds_until=ledger.holds_until(now),
        now=now,
    )


def _pressing(fees: Iterable[DueState]) -> DueState | None:
    """Return the fee that is to be paid; else the last one."""
    return max(fees, key=lambda state: (state.settled_on is None, state.due.deadline), default=None)


def _why_not(student: Student, university: University, today: date) -> Refused | None:
    application = university.els_application
    if application is None:
        return ElsWithoutApplication()
    if student.els is not None:
        return ElsThere()
    if student.els_applied_on is not None:
        return AlreadyApplied()
    found = findings(student, application.conditions, today)
    unmet = tuple(ConditionNotMet(finding) for finding in found if not finding.met)
    return CannotApply(unmet) if unmet else None


def _fee(
    view: View, student: Student, amount: int, application: ElsApplication, today: date
) -> Due:
    taken = {due.id for due in view.select(Due, student=student.id)}
    return Due(
        id=free_id(f"{student.id}-els", taken),
        student=student.id,
        unit=application.unit,
        purpose=Purpose.ELS,
        kind=application.kind,
        description=application.description,
        amount=amount,
        deadline=today + timedelta(days=application.payment_days),
        account_number=invented_account(f"{student.id}/{Purpose.ELS}"),
    )
