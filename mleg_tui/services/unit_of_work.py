"""How everything that somebody looks at or does begins and ends.

The right to it is checked, the machines' work is brought up to the present in their name, the act
itself decides, the audit tells who changed what, and an exercise that is solved by it is marked:
all of it in one transaction, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import FieldChange
from mleg_tui.domain.errors import NotYours, Refused
from mleg_tui.domain.order import IN_PROCESS, Order
from mleg_tui.domain.verification import Verification
from mleg_tui.services.audit import MACHINES, audit, audit_summary
from mleg_tui.services.campus import university_of
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import NEVER, just_after
from mleg_tui.services.exercise_progress import mark_solved, note_refusal, wants_refusal
from mleg_tui.services.session import Administrator, Authority, Session
from mleg_tui.services.store import Query, Span, Store, View, Work
from mleg_tui.simulation.progress import Step, due_steps, next_step, take
from mleg_tui.simulation.world import WORLD_ID, World

T = TypeVar("T")


class UnitOfWork:
    """Runs what a service looks at and does. ``role`` is whose right it is; without, anybody's.

    Raises ``SessionExpired``, ``NotYours`` for who has no right, and what ``needs`` does while a
    system is down. ``at`` is the real moment, for what depends on that, too.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        role: Role | None = None,
        needs: Callable[[View, datetime], None] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._role = role
        self._needs = needs

    def look(self, by: Authority, ask: Callable[[View, datetime], T]) -> T:
        """Return what ``ask`` makes of one state of the store at the simulated present."""
        real_now = self._clock.now()
        self._check_right(by, real_now)
        return self._store.read(lambda view: ask(view, self._met(view, present(view, real_now))))

    def act(
        self,
        by: Authority,
        change: Callable[[Work, datetime], T],
        *,
        at: datetime | None = None,
        summary: Callable[[T], FieldChange] | None = None,
    ) -> T:
        """Return what ``change`` does at the simulated present, in one audited transaction.

        Who acts is not idle. The audit has an event for each record that changed, or the one that
        ``summary`` makes of the result, for what changes very many.
        """
        real_now = at or self._clock.now()
        self._check_right(by, real_now)
        if isinstance(by, Session):
            by.touch(real_now)

        def run(work: Work) -> T:
            now = _caught_up(work, real_now)
            known = dict(work.moved())
            result = change(work, self._met(work, now))
            if summary is None:
                audit(work, by=by.login, real_now=real_now, known=known)
            else:
                audit_summary(work, summary(result), by=by.login, real_now=real_now)
            _mark(work, real_now)
            return result

        try:
            return self._store.transact(run)
        except Refused as refusal:
            if isinstance(by, Session):
                self._note(by, refusal.codes, real_now)
            raise

    def catch_up(self) -> bool:
        """Do all that the machines have to do by now; tell whether there was anything."""
        real_now = self._clock.now()
        if not self._store.read(lambda view: _is_any_due(view, real_now)):
            return False
        self._store.transact(lambda work: _caught_up(work, real_now))
        return True

    def _note(self, by: Session, codes: tuple[str, ...], real_now: datetime) -> None:
        """Note a refusal where somebody's exercise asks for it."""
        if self._store.read(lambda view: wants_refusal(view, by, codes)):
            self._store.transact(lambda work: note_refusal(work, by, codes, real_now))

    def _met(self, view: View, now: datetime) -> datetime:
        if self._needs is not None:
            self._needs(view, now)
        return now

    def _check_right(self, by: Authority, real_now: datetime) -> None:
        if isinstance(by, Session):
            by.check(real_now)
        own = by.account.role if isinstance(by, Session) else None
        if not isinstance(by, Administrator) and self._role not in (None, own):
            raise NotYours


def present(view: View, real_now: datetime) -> datetime:
    """Return the simulated moment at a real one."""
    return view.get(World, WORLD_ID).timeline.now(real_now)


def under_way(by: datetime | None = None) -> Query[Order]:
    """Return the query for the orders that the machines move, the soonest first.

    ``by`` leaves those whose next step is due by a moment.
    """
    turning = Span(below=NEVER if by is None else just_after(by))
    either = tuple({"status": status.value, "turns": turning} for status in sorted(IN_PROCESS))
    return Query(Order, either=either, by="turns")


def shared(until: datetime | None = None) -> Query[Verification]:
    """Return the query for the checks under which something is shared, the soonest to end first.

    ``until`` leaves those that have ended by a moment.
    """
    ending = Span(below=NEVER if until is None else just_after(until))
    return Query(Verification, either=({"ends": ending},), by="ends")


def next_due(view: View) -> tuple[Order, Step] | None:
    """Return the order that the machines move next, and its step; ``None`` if none waits."""
    world = view.get(World, WORLD_ID)
    for order in view.page(under_way(), count=1):
        durations = university_of(view, order.university).durations
        step = next_step(order, durations, world.faults, world.seed)
        if step is not None:
            return order, step
    return None


def _caught_up(work: Work, real_now: datetime) -> datetime:
    """Do what the machines have to do by now, in their name; return the simulated present."""
    world = work.get(World, WORLD_ID)
    now = world.timeline.now(real_now)
    for order in work.page(under_way(now)):
        durations = university_of(work, order.university).durations
        moved = order
        for step in due_steps(order, durations, world.faults, world.seed, now):
            moved = take(moved, step, durations, world.seed)
        if moved is not order:
            work.save(moved)
    for check in work.page(shared(now)):
        work.save(replace(check, validity=None, document=None))
    audit(work, by=MACHINES, real_now=real_now)
    _mark(work, real_now)
    return now


def _mark(work: Work, real_now: datetime) -> None:
    """Mark the exercises that are solved by what a transaction has done so far, if anything."""
    if next(work.moved(), None) is not None:
        mark_solved(work, real_now)


def _is_any_due(view: View, real_now: datetime) -> bool:
    now = present(view, real_now)
    return bool(view.count(under_way(now), most=1) or view.count(shared(now), most=1))
