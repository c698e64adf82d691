"""The student's errand: may I order, order, follow, cancel, invalidate."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.calendar import soonest, warsaw_date, whole_second
from mleg_tui.domain.codes import Codes
from mleg_tui.domain.eligibility import Finding, examine, examined_until
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import (
    Actor,
    ActorKind,
    Command,
    ConsentGiven,
    Order,
    OrderStatus,
    TransitionRefused,
    placed,
    transition,
    why_not,
)
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import Consent, University
from mleg_tui.domain.validity import expiration_date
from mleg_tui.services.clock import Clock
from mleg_tui.services.facts import orders_of
from mleg_tui.services.outages import need_usosweb
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork


class ConditionNotMet(Refused):
    """One of the conditions of the regulation fails."""

    message = N_("{condition}: warunek niespełniony. {cause}")
    advice = N_("{repair}")

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        cause = finding.cause
        if finding.reason is not None:
            self.message = N_("{condition} — niespełniony: {cause} Powód: {reason}")
        super().__init__(
            condition=finding.label,
            cause=cause.message if cause else "",
            repair=cause.repair if cause else "",
            reason=finding.reason,
        )

    @property
    def code(self) -> str:
        """The name of the cause."""
        return self.finding.cause.name if self.finding.cause else super().code


class LiveOrderExists(Refused):
    """There is one mLegitymacja at a time."""

    message = N_("Masz już zamówienie mLegitymacji.")
    advice = N_("Anuluj je albo unieważnij mLegitymację, potem zamów ponownie.")


class ConsentMissing(Refused):
    """The profile asks for consents, and one was not given."""

    message = N_("Brak zgody: {consent} ({id})")
    advice = N_("Przeczytaj i zaakceptuj wszystkie zgody.")


class UnknownConsent(BadInput):
    """A consent that the profile does not know."""

    message = N_("Nie ma zgody „{consent}”.")
    advice = N_("Zgody do wyboru: {known}")


class NothingOrdered(Refused):
    """There is no order to do it to."""

    message = N_("Brak mLegitymacji")
    advice = N_("Najpierw zamów mLegitymację.")


class NoCodesYet(Refused):
    """There is nothing that a phone could scan."""

    message = N_("Kodu QR i kodu aktywacyjnego jeszcze nie ma.")
    advice = N_("Sprawdź status zamówienia; kody są, gdy mLegitymacja jest gotowa do pobrania.")


class CannotOrder(Refused):
    """The order was refused; ``reasons`` are all that stand in its way."""

    message = N_("Nie możesz teraz zamówić mLegitymacji.")
    advice = N_("Usuń podane przyczyny i spróbuj ponownie.")
    reasons: tuple[Refused, ...]

    def __init__(self, reasons: tuple[Refused, ...]) -> None:
        self.reasons = reasons
        super().__init__()

    @property
    def only_live_order(self) -> bool:
        """Tell whether nothing but an order that is under way stands in the way."""
        return all(isinstance(reason, LiveOrderExists) for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The student's mLegitymacja as the USOS API's ``services/cards`` has it, at one moment.

    ``orders`` has the newest first. ``now`` is simulated time.
    """

    student: Student
    university: University
    findings: tuple[Finding, ...]
    why_cannot_order: tuple[Refused, ...]
    orders: tuple[Order, ...]
    now: datetime = field(compare=False)

    @property
    def order(self) -> Order | None:
        """The newest order, if there is one."""
        return self.orders[0] if self.orders else None

    @property
    def status(self) -> OrderStatus | None:
        """The newest order's state at this moment; ``None`` when nothing was ordered."""
        return self.order.status_at(self.now) if self.order else None

    @property
    def status_label(self) -> LocalText | None:
        """What the university's skin calls the state."""
        if self.order is None or self.status is None:
            return None
        return self.university.label(self.status, by_student=self.order.is_ended_by_student)

    @property
    def codes(self) -> Codes | None:
        """Token and activation code, while they can be used to install the card."""
        return self.order.codes if self.order and self.status is OrderStatus.READY else None

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which a date changes something of it; ``None``: never."""
        examined = examined_until(self.student, self.university.regulation, warsaw_date(self.now))
        return soonest((examined, *(order.status_until(self.now) for order in self.orders)))

    @property
    def why_cannot_cancel(self) -> Refused | None:
        """Why the newest order cannot be cancelled, or ``None`` if it can."""
        return self.why_not(Command.CANCEL)

    @property
    def why_cannot_revoke(self) -> Refused | None:
        """Why the newest mLegitymacja cannot be invalidated, or ``None`` if it can."""
        return self.why_not(Command.REVOKE)

    def why_not(self, command: Command) -> Refused | None:
        """Return why the student cannot give a command about the newest order, if they cannot."""
        if self.order is None:
            return NothingOrdered()
        refusal = why_not(self.order, command, ActorKind.STUDENT, self.now)
        if isinstance(refusal, TransitionRefused) and self.status_label is not None:
            return TransitionRefused(status=self.status_label)
        return refusal


class Ordering:
    """What a student does about their mLegitymacja, whichever system they use for it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.STUDENT, needs=need_usosweb)

    def card(self, session: Session) -> Card:
        """Return the student's card as the store has it.

        Raises ``SessionExpired``, and like all the others ``UsoswebDown``.
        """
        return self._work.look(session, lambda view, now: card_of(view, session.student(), now))

    def place(self, session: Session, consents: Collection[str] = ()) -> Card:
        """Order an mLegitymacja (T1) and return the card after it.

        ``consents`` are the ids of those given. Raises ``CannotOrder`` with every reason.
        """
        return self._act(
            session, lambda work, card: place_in(work, card, _actor(session), consents)
        )

    def cancel(self, session: Session) -> Card:
        """Cancel the order (T5) and return the card after it."""
        return self._act(session, lambda work, card: _give(work, card, session, Command.CANCEL))

    def revoke(self, session: Session) -> Card:
        """Invalidate the mLegitymacja (T6) and return the card after it."""
        return self._act(session, lambda work, card: _give(work, card, session, Command.REVOKE))

    def _act(self, session: Session, act: Callable[[Work, Card], object]) -> Card:
        def change(work: Work, now: datetime) -> Card:
            act(work, card_of(work, session.student(), now))
            return card_of(work, session.student(), now)

        return self._work.act(session, change)


def card_of(view: View, student_id: str, now: datetime) -> Card:
    """Return a student's card within a read or a transaction. Raises ``NotFound``."""
    student = view.get(Student, student_id)
    university = view.get(University, student.university)
    findings = examine(student, university.regulation, warsaw_date(now))
    orders = orders_of(view, student_id)
    reasons: list[Refused] = [ConditionNotMet(finding) for finding in findings if not finding.met]
    if any(order.is_live_at(now) for order in orders):
        reasons.append(LiveOrderExists())
    return Card(
        student=student,
        university=university,
        findings=findings,
        why_cannot_order=tuple(reasons),
        orders=orders,
        now=now,
    )


def place_in(work: Work, card: Card, by: Actor, consents: Collection[str]) -> Order:
    """Order an mLegitymacja within a transaction (T1). Raises ``CannotOrder``."""
    missing = _missing_consents(card.university.consents, consents)
    reasons = (*card.why_cannot_order, *(ConsentMissing(consent=c.title, id=c.id) for c in missing))
    if reasons:
        raise CannotOrder(reasons)
    at = whole_second(card.now)
    if card.order is not None:  # the clock may have been set back; the newest order stays newest
        at = max(at, card.order.order_date)
    return work.add(
        placed(
            id=f"{card.student.id}-{len(card.orders) + 1:03}",
            student=card.student.id,
            university=card.university.id,
            student_number=card.student.student_number or "",
            at=at,
            expiration_date=expiration_date(
                card.student, card.university.regulation, warsaw_date(at)
            ),
            by=by,
            consents=tuple(
                ConsentGiven(consent.id, consent.version, at, consent.text)
                for consent in card.university.consents
            ),
        )
    )


def _missing_consents(asked: Collection[Consent], given: Collection[str]) -> tuple[Consent, ...]:
    known = [consent.id for consent in asked]
    for consent in given:
        if consent not in known:
            raise UnknownConsent(consent=consent, known=", ".join(known) or "–")
    return tuple(consent for consent in asked if consent.id not in given)


def _give(work: Work, card: Card, session: Session, command: Command) -> None:
    refusal = card.why_not(command)
    if refusal is not None or card.order is None:
        raise refusal or NothingOrdered()
    work.save(transition(card.order, command, by=_actor(session), at=whole_second(card.now)))


def _actor(session: Session) -> Actor:
    return Actor(ActorKind.STUDENT, session.login)
