"""The office and the orders: look at them, fail one, place one again, invalidate many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mleg_tui.domain.calendar import shown, whole_second
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.inert import fault_of
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import (
    ACTOR_LABELS,
    Actor,
    ActorKind,
    Command,
    HistoryEntry,
    Order,
    OrderStatus,
    TransitionRefused,
    check_reason,
    transition,
    why_not,
)
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.campus import university_of
from mleg_tui.services.columns import number_column
from mleg_tui.services.imports import BadLine
from mleg_tui.services.order_queries import (
    OrderFilter,
    Overview,
    counted_orders,
    overview,
    rows_of,
)
from mleg_tui.services.order_rows import Counters, OrderRow
from mleg_tui.services.ordering import card_of, place_in
from mleg_tui.services.pages import OfficeList
from mleg_tui.services.session import Session
from mleg_tui.services.store import Conflict, NotFound, Query, View, Work

_MOST = 10_000


class Overtaken(Conflict):
    """Somebody moved the order after it was shown to the person who acts now."""

    message = N_("Ktoś był szybszy: zamówienie {order} ma teraz status „{status}” ({who}, {at}).")
    advice = N_("Nic nie zostało zmienione. Sprawdź zamówienie i zdecyduj ponownie.")


class NotFailed(Refused):
    """Only the student's newest order can be placed again, and only from ERROR."""

    message = N_("Ponowić można tylko ostatnie zamówienie studenta, i tylko po błędzie.")
    advice = N_("Sprawdź status zamówienia; w innych stanach zamawia student.")


class NothingLive(Refused):
    """The student has no order that could be invalidated."""

    message = N_("Nie ma czego unieważnić.")
    advice = N_("Student nie ma zamówienia w toku ani ważnej mLegitymacji.")


class Ambiguous(Refused):
    """An entry of a list may mean several students or orders."""

    message = N_("„{typed}” może znaczyć: {meant}.")
    advice = N_("Podaj uczelnię z numerem albumu, na przykład agh:401237, albo login.")


class ListTooLong(BadInput):
    """More entries than are looked at before one agrees to them."""

    message = N_("Lista ma {count} pozycji, a najwięcej może mieć {most}.")
    advice = N_("Podziel ją na części.")


@dataclass(frozen=True, slots=True)
class OrderFile:
    """One order as the office sees it: all but its codes, of which it tells only until when.

    It ``holds_until`` the simulated moment at which a date changes its state; ``None``: never.
    """

    row: OrderRow
    history: tuple[HistoryEntry, ...]
    consents: tuple[str, ...]
    codes_expiration: datetime | None
    expiration_date: date
    university: University
    holds_until: datetime | None


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a pasted list: what it stands for, and why it cannot be, if it cannot."""

    typed: str
    row: OrderRow | None = None
    refusal: Refused | None = None


class OfficeOrders(OfficeList[Order, OrderRow]):
    """Every method raises ``NotYours`` for who is not the office.

    ``seen`` is the order's version when it was shown: whoever acts on an older one is told by
    ``Overtaken`` what has happened since.
    """

    def counters(self, session: Session, wanted: OrderFilter) -> Counters:
        """Return how many orders there are that a filter lets through, by status and by day."""
        return self._office.look(session, lambda view, now: counted_orders(view, wanted, now))

    def overview(self, session: Session) -> Overview:
        """Return all orders at a glance."""
        return self._office.look(session, overview)

    def order(self, session: Session, id: str) -> OrderFile:
        """Return one order with its whole history. Raises ``NotFound``."""
        return self._office.look(session, lambda view, now: _file(view, view.get(Order, id), now))

    def fail(self, session: Session, id: str, reason: str, *, seen: int | None = None) -> OrderFile:
        """Reject an order that is under way (T4). Raises ``ReasonMissing``."""

        def act(work: Work, now: datetime) -> OrderFile:
            order = _as_seen(work, id, seen)
            failed = _give(work, order, Command.REJECT, by=session, reason=reason, now=now)
            return _file(work, failed, now)

        return self._office.act(session, act)

    def retry(self, session: Session, id: str, *, seen: int | None = None) -> OrderFile:
        """Place a failed order again in the student's name and return the new one (T1).

        The table knows no way back from ERROR, so this is a new order under the same conditions,
        with the consents that were given with the failed one; its history names the office
        (choice). Raises ``NotFailed``, and ``CannotOrder`` with every reason.
        """

        def act(work: Work, now: datetime) -> OrderFile:
            order = _as_seen(work, id, seen)
            card = card_of(work, order.student, now)
            if order != card.order or order.status is not OrderStatus.ERROR:
                raise NotFailed
            consents = [consent.id for consent in order.consents]
            return _file(work, place_in(work, card, _actor(session), consents), now)

        return self._office.act(session, act)

    def revoke_one(
        self, session: Session, id: str, reason: str, *, seen: int | None = None
    ) -> OrderFile:
        """Invalidate one order (T9). Raises ``ReasonMissing``."""

        def act(work: Work, now: datetime) -> OrderFile:
            order = _as_seen(work, id, seen)
            ended = _give(work, order, Command.INVALIDATE, by=session, reason=reason, now=now)
            return _file(work, ended, now)

        return self._office.act(session, act)

    def preview(self, session: Session, typed: str) -> tuple[Planned, ...]:
        """Return what ``revoke`` would do with a pasted list."""
        return self._office.look(session, lambda view, now: _planned(view, typed, now))

    def revoke(
        self, session: Session, typed: str, reason: str, agreed: Iterable[Planned] = ()
    ) -> tuple[Planned, ...]:
        """Invalidate every order of a pasted list that can be (T9), in one transaction.

        The list has ids of orders or students, or album numbers, with the university
        (``agh:401237``) or without, apart by spaces, commas or lines; a student stands for their
        live order. What may mean several is refused by ``Ambiguous``. What cannot be is left as
        it is and told; what could be when the preview was ``agreed`` to, by ``Overtaken``. Raises
        what ``check_reason`` and ``ids_in`` do.
        """

        def act(work: Work, now: datetime) -> tuple[Planned, ...]:
            check_reason(reason)
            plans = _since(work, agreed, _planned(work, typed, now))
            return tuple(_revoked(work, plan, session, reason, now) for plan in plans)

        return self._office.act(session, act)


def invalidate(
    work: Work, student: str, reason: str, session: Session, now: datetime
) -> Order | None:
    """Invalidate a student's live order within a transaction (T9); return it, if there was one."""
    order = live_order(work, student, now)
    return order and _give(work, order, Command.INVALIDATE, by=session, reason=reason, now=now)


def live_order(view: View, student: str, now: datetime) -> Order | None:
    """Return the order that stands in the way of a new one, if there is one."""
    orders = view.select(Order, student=student)
    return next((order for order in orders if order.is_live_at(now)), None)


def ids_in(typed: str) -> tuple[str, ...]:
    """Return the entries of a pasted list, each once. Raises ``ListTooLong`` and ``BadLine``."""
    for number, line in enumerate(re.split("\r?\n", typed), start=1):
        problem = fault_of(line.replace("\t", " "))
        if problem is not None:
            raise BadLine(line=number, problem=problem)
    ids = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", typed)))
    if len(ids) > _MOST:
        raise ListTooLong(count=len(ids), most=_MOST)
    return ids


def _as_seen(work: Work, id: str, seen: int | None) -> Order:
    order = work.get(Order, id)
    if seen is not None and order.version != seen:
        raise _overtaken(work, order)
    return order


def _overtaken(view: View, order: Order) -> Overtaken:
    change = order.last_change
    label = university_of(view, order.university).label(order.status)
    who = change.actor.login or ACTOR_LABELS[change.actor.kind]
    return Overtaken(order=order.id, status=label, who=who, at=shown(change.at))


def _give(
    work: Work, order: Order, command: Command, *, by: Session, reason: str, now: datetime
) -> Order:
    refusal = _why_not(work, order, command, now)
    if refusal is not None:
        raise refusal
    moved = transition(order, command, by=_actor(by), at=whole_second(now), reason=reason.strip())
    return work.save(moved)


def _why_not(view: View, order: Order, command: Command, now: datetime) -> Refused | None:
    refusal = why_not(order, command, ActorKind.OFFICE, now)
    if isinstance(refusal, TransitionRefused):
        label = university_of(view, order.university).label(order.status_at(now))
        return TransitionRefused(status=label)
    return refusal


def _planned(view: View, typed: str, now: datetime) -> tuple[Planned, ...]:
    return tuple(_plan(view, one, now) for one in ids_in(typed))


def _since(
    work: Work, agreed: Iterable[Planned], plans: tuple[Planned, ...]
) -> tuple[Planned, ...]:
    """Return the plans; where somebody was faster than who agreed to them, they say so."""
    seen = {one.typed: one.row for one in agreed if one.row and one.refusal is None}

    def told(plan: Planned) -> Planned:
        row = seen.get(plan.typed)
        if plan.refusal is None or row is None:
            return plan
        return replace(plan, refusal=_overtaken(work, work.get(Order, row.id)))

    return tuple(map(told, plans))


def _plan(view: View, typed: str, now: datetime) -> Planned:
    """Return what an entry stands for: an order, or the live order of a student."""
    students, order = _students_of(view, typed), view.find(Order, typed.lower())
    meant = [_name_of(view, one) for one in students] + ([order.id] if order else [])
    if len(meant) > 1:
        return Planned(typed, refusal=Ambiguous(typed=typed, meant=", ".join(meant)))
    if students:
        order = live_order(view, students[0].id, now)
        if order is None:
            return Planned(typed, refusal=NothingLive())
    if order is None:
        return Planned(typed, refusal=NotFound(id=typed))
    return Planned(typed, _row(view, order, now), _why_not(view, order, Command.INVALIDATE, now))


def _students_of(view: View, typed: str) -> tuple[Student, ...]:
    """Return the students of a login, or of an album number with or without the university."""
    university, colon, number = typed.rpartition(":")
    same = {"number": number_column(number)}
    if colon:
        same["university"] = university.lower()
    alike = view.page(Query(Student, either=(same,))) if number.isdigit() else ()
    found = tuple(student for student in alike if student.student_number == number)
    named = view.find(Student, typed.lower())
    return found if named is None or named in found else (*found, named)


def _name_of(view: View, student: Student) -> str:
    """Return what stands for this student and no other."""
    number = f"{student.university}:{student.student_number}"
    return f"{number} ({student.id})" if len(_students_of(view, number)) == 1 else student.id


def _revoked(work: Work, planned: Planned, session: Session, reason: str, now: datetime) -> Planned:
    if planned.refusal is not None or planned.row is None:
        return planned
    order = work.get(Order, planned.row.id)
    refusal = _why_not(work, order, Command.INVALIDATE, now)  # the list may name one order twice
    if refusal is None:
        order = _give(work, order, Command.INVALIDATE, by=session, reason=reason, now=now)
    return Planned(planned.typed, _row(work, order, now), refusal)


def _row(view: View, order: Order, now: datetime) -> OrderRow:
    return rows_of(view, (order,), now)[0]


def _file(view: View, order: Order, now: datetime) -> OrderFile:
    return OrderFile(
        row=_row(view, order, now),
        history=order.history,
        consents=tuple(f"{consent.id} {consent.version}" for consent in order.consents),
        codes_expiration=order.codes_expiration,
        expiration_date=order.expiration_date,
        university=university_of(view, order.university),
        holds_until=order.status_until(now),
    )


def _actor(session: Session) -> Actor:
    return Actor(ActorKind.OFFICE, session.login)
