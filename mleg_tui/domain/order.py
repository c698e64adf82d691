"""The order of an mLegitymacja: its states and the one table of transitions (docs/domain.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mleg_tui.domain.calendar import midnight_after, utc
from mleg_tui.domain.codes import Codes
from mleg_tui.domain.errors import NotYours, Refused
from mleg_tui.domain.inert import check_inert
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order_status import DERIVED, IN_PROCESS, ISSUED, LIVE, OrderStatus
from mleg_tui.domain.text import LocalText

__all__ = [
    "AGENT",
    "DERIVED",
    "IN_PROCESS",
    "ISSUED",
    "LIVE",
    "MINISTRY",
    "REASON",
    "TRANSITIONS",
    "Actor",
    "ActorKind",
    "Command",
    "ConsentGiven",
    "HistoryEntry",
    "NotYours",
    "Order",
    "OrderStatus",
    "ReasonMissing",
    "Transition",
    "TransitionRefused",
    "check_reason",
    "codes_issued",
    "placed",
    "transition",
    "why_not",
]


class ActorKind(StrEnum):
    """Who can move an order."""

    STUDENT = "STUDENT"
    OFFICE = "OFFICE"
    AGENT = "AGENT"
    MINISTRY = "MINISTRY"
    PHONE = "PHONE"


ACTOR_LABELS: Mapping[ActorKind, MessageId] = {
    ActorKind.STUDENT: N_("student"),
    ActorKind.OFFICE: N_("dziekanat"),
    ActorKind.AGENT: N_("agent USOS"),
    ActorKind.MINISTRY: N_("system mObywatel"),
    ActorKind.PHONE: N_("aplikacja mObywatel"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who moves an order; a person brings a login, a machine none."""

    kind: ActorKind
    login: str | None = None


AGENT = Actor(ActorKind.AGENT)
MINISTRY = Actor(ActorKind.MINISTRY)


class Command(StrEnum):
    """What can be asked of an order that exists; ordering itself makes a new one (T1)."""

    HAND_OVER = "HAND_OVER"
    ISSUE_CODES = "ISSUE_CODES"
    REJECT = "REJECT"
    CANCEL = "CANCEL"
    REVOKE = "REVOKE"
    COLLECT = "COLLECT"
    INVALIDATE = "INVALIDATE"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: from where, to where, by whom, and whether it needs a reason."""

    number: str
    sources: frozenset[OrderStatus]
    target: OrderStatus
    actors: frozenset[ActorKind]
    needs_reason: bool = False


TRANSITIONS: Mapping[Command, Transition] = {
    Command.HAND_OVER: Transition(
        "T2",
        frozenset({OrderStatus.PENDING}),
        OrderStatus.IN_PROGRESS,
        frozenset({ActorKind.AGENT}),
    ),
    Command.ISSUE_CODES: Transition(
        "T3",
        frozenset({OrderStatus.IN_PROGRESS}),
        OrderStatus.READY,
        frozenset({ActorKind.MINISTRY}),
    ),
    Command.REJECT: Transition(
        "T4",
        IN_PROCESS,
        OrderStatus.ERROR,
        frozenset({ActorKind.AGENT, ActorKind.MINISTRY, ActorKind.OFFICE}),
        needs_reason=True,
    ),
    Command.CANCEL: Transition(
        "T5", IN_PROCESS, OrderStatus.CANCELLED, frozenset({ActorKind.STUDENT})
    ),
    Command.REVOKE: Transition("T6", ISSUED, OrderStatus.REVOKED, frozenset({ActorKind.STUDENT})),
    Command.COLLECT: Transition(
        "T7",
        frozenset({OrderStatus.READY}),
        OrderStatus.COLLECTED,
        frozenset({ActorKind.PHONE}),
    ),
    Command.INVALIDATE: Transition(
        "T9", LIVE, OrderStatus.REVOKED, frozenset({ActorKind.OFFICE}), needs_reason=True
    ),
}


class TransitionRefused(Refused):
    """The order's state does not allow the command."""

    message = N_("Tego nie można teraz zrobić: zamówienie ma status {status}.")
    advice = N_("Odśwież stronę i sprawdź status zamówienia.")


class ReasonMissing(Refused):
    """The command must say why."""

    message = N_("Ta czynność wymaga podania powodu.")
    advice = N_("Podaj powód i spróbuj ponownie.")


REASON = N_("powód")
"""What the text is called that ``check_reason`` looks at."""


def check_reason(reason: str | None) -> None:
    """Raise ``ReasonMissing`` for blanks, and ``NotInert``: other people read it."""
    if not (reason and reason.strip()):
        raise ReasonMissing
    check_inert(reason, REASON)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to an order: when (simulated time), what, who, why."""

    at: datetime
    status: OrderStatus
    actor: Actor
    reason: str | None = None

    def __post_init__(self) -> None:
        utc(self.at)

    @property
    def is_by_student(self) -> bool:
        """Whether the student did it, and neither the university nor a machine."""
        return self.actor.kind is ActorKind.STUDENT


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent as it was given: which, in which wording, and when."""

    id: str
    version: str
    at: datetime
    text: LocalText

    def __post_init__(self) -> None:
        utc(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order with the USOS API's field names.

    ``codes_expiration`` is when codes that were not collected die (T8). Codes are kept only while
    the order is READY or COLLECTED: revoking kills them.
    """

    id: str
    student: str
    university: str
    student_number: str
    order_date: datetime
    expiration_date: date
    status: OrderStatus
    history: tuple[HistoryEntry, ...]
    codes: Codes | None = None
    codes_expiration: datetime | None = None
    consents: tuple[ConsentGiven, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        if self.status in DERIVED:
            message = "a state that follows from the date is not stored"
            raise ValueError(message)
        if not self.history or self.history[-1].status is not self.status:
            message = "the history must end in the order's status"
            raise ValueError(message)
        issued = self.status in ISSUED
        if any((part is not None) != issued for part in (self.codes, self.codes_expiration)):
            message = "an order has its codes while it is issued, and only then"
            raise ValueError(message)
        utc(self.order_date)

    def __repr__(self) -> str:
        return f"Order({self.id!r}, {self.status.value}, version {self.version})"

    @property
    def turns(self) -> tuple[tuple[datetime, OrderStatus], ...]:
        """When dates end what is stored, and as what, the soonest first (T8, T10).

        What the machines do to an order is no matter of dates.
        """
        end, codes_end = self.ends_at, self.codes_end_at
        if end is None:
            return ()
        over = (end, OrderStatus.EXPIRED)
        if codes_end is None or codes_end >= end:
            return (over,)
        return (codes_end, OrderStatus.CODES_EXPIRED), over

    def status_at(self, now: datetime) -> OrderStatus:
        """Return the state as it is at a moment."""
        turned = [status for at, status in self.turns if at <= now]
        return turned[-1] if turned else self.status

    def status_until(self, now: datetime) -> datetime | None:
        """Return when a date changes the state that holds at a moment; ``None``: never."""
        return next((at for at, _status in self.turns if at > now), None)

    def over_since(self, status: OrderStatus) -> date:
        """Return since when an order has been in a state: a moment, or the last day of all."""
        match status:
            case OrderStatus.EXPIRED:
                return self.expiration_date
            case OrderStatus.CODES_EXPIRED if self.codes_expiration is not None:
                return self.codes_expiration
            case _:
                return self.last_change.at

    @property
    def is_ended_by_student(self) -> bool:
        """Whether the student, and not the university, did the last thing to it."""
        return self.last_change.is_by_student

    @property
    def codes_end_at(self) -> datetime | None:
        """When codes that nobody collects die (T8)."""
        return self.codes_expiration if self.status is OrderStatus.READY else None

    @property
    def ends_at(self) -> datetime | None:
        """The midnight that ends the last day of what was issued (T10)."""
        return midnight_after(self.expiration_date) if self.status in ISSUED else None

    def is_live_at(self, now: datetime) -> bool:
        """Tell whether the order still stands in the way of a new one."""
        return self.status_at(now) in LIVE

    @property
    def last_change(self) -> HistoryEntry:
        """The newest entry of the history."""
        return self.history[-1]


def placed(
    *,
    id: str,
    student: str,
    university: str,
    student_number: str,
    at: datetime,
    expiration_date: date,
    by: Actor,
    consents: tuple[ConsentGiven, ...] = (),
) -> Order:
    """Return a new order (T1). That it may be placed was checked before, see ``eligibility``."""
    return Order(
        id=id,
        student=student,
        university=university,
        student_number=student_number,
        order_date=utc(at),
        expiration_date=expiration_date,
        status=OrderStatus.PENDING,
        history=(HistoryEntry(utc(at), OrderStatus.PENDING, by),),
        consents=consents,
    )


def why_not(order: Order, command: Command, actor: ActorKind, now: datetime) -> Refused | None:
    """Return why an actor may not give a command now, or ``None`` if they may."""
    rule = TRANSITIONS[command]
    if actor not in rule.actors:
        return NotYours()
    if order.status_at(now) not in rule.sources:
        return TransitionRefused(status=order.status_at(now).name)
    return None


def transition(
    order: Order, command: Command, *, by: Actor, at: datetime, reason: str | None = None
) -> Order:
    """Return the order after a command; raise the refusal if the table does not allow it.

    Codes live on only from READY to COLLECTED. ``ISSUE_CODES`` has a function of its own,
    ``codes_issued``, because it brings the codes. A clock may be set back, history is not.
    """
    refusal = why_not(order, command, by.kind, at)
    if refusal is not None:
        raise refusal
    rule = TRANSITIONS[command]
    if rule.needs_reason:
        check_reason(reason)
    issued = rule.target in ISSUED
    told = None if reason is None else str(reason)  # a record holds text, not a message id
    entry = HistoryEntry(max(utc(at), order.last_change.at), rule.target, by, told)
    return replace(
        order,
        status=rule.target,
        history=(*order.history, entry),
        codes=order.codes if issued else None,
        codes_expiration=order.codes_expiration if issued else None,
    )


def codes_issued(order: Order, codes: Codes, *, at: datetime, codes_valid_days: int) -> Order:
    """Return the order READY with its codes (T3)."""
    refusal = why_not(order, Command.ISSUE_CODES, MINISTRY.kind, at)
    if refusal is not None:
        raise refusal
    return replace(
        order,
        status=OrderStatus.READY,
        history=(*order.history, HistoryEntry(utc(at), OrderStatus.READY, MINISTRY)),
        codes=codes,
        codes_expiration=utc(at) + timedelta(days=codes_valid_days),
    )
