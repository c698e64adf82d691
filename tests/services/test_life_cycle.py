"""The whole life cycle as a machine: whatever people do, and in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import Command, Order, OrderStatus, transition
from mleg_tui.services.ordering import CannotOrder
from mleg_tui.simulation.faults import Faults, Outage
from tests.factories import NOW, OFFICE, PHONE, house

STUDENTS = st.sampled_from(["anna.nowak", "ewa.lis", "jan.kowalski", "ola.wisniewska"])
AFTER = {
    None: {"PENDING"},
    "PENDING": {"IN_PROGRESS", "ERROR", "CANCELLED", "REVOKED"},
    "IN_PROGRESS": {"READY", "ERROR", "CANCELLED", "REVOKED"},
    "READY": {"COLLECTED", "REVOKED"},
    "COLLECTED": {"REVOKED"},
}
LAST_EVENING = datetime(2027, 3, 31, 21, 59, tzinfo=UTC)
CONSENTS = {"ola.wisniewska": ["dane", "regulamin", "oswiadczenie"]}


class LifeCycle(RuleBasedStateMachine):
    """Students, the office, a phone and the clock on one store."""

    @initialize(seed=st.integers(0, 1_000_000), rejections=st.sampled_from([0, 300]))
    def begin(self, seed: int, rejections: int) -> None:
        self.usos = house(seed)
        self.usos.break_down(Faults(rejections_per_mille=rejections))
        self.rejections = rejections
        self.before: dict[str, Order] = {}

    def now(self) -> datetime:
        return self.usos.services.time.show().now

    @rule(who=STUDENTS)
    def order(self, who: str) -> None:
        session = self.usos.session(who)
        self.usos.services.progression.catch_up()
        card = self.usos.services.ordering.card(session)
        if card.why_cannot_order:
            with pytest.raises(CannotOrder):
                self.usos.services.ordering.place(session, CONSENTS.get(who, []))
        else:
            placed = self.usos.services.ordering.place(session, CONSENTS.get(who, []))
            assert placed.status is OrderStatus.PENDING

    @rule(who=STUDENTS, command=st.sampled_from([Command.CANCEL, Command.REVOKE]))
    def end(self, who: str, command: Command) -> None:
        session, ordering = self.usos.session(who), self.usos.services.ordering
        self.usos.services.progression.catch_up()
        card = ordering.card(session)
        cancels = command is Command.CANCEL
        why_not = card.why_cannot_cancel if cancels else card.why_cannot_revoke
        act = ordering.cancel if cancels else ordering.revoke
        if why_not is None:
            assert act(session).status == ("CANCELLED" if cancels else "REVOKED")
        else:
            with pytest.raises(type(why_not)):
                act(session)

    @rule(
        pick=st.integers(0, 50),
        given=st.sampled_from(
            [
                (Command.COLLECT, PHONE, None),
                (Command.INVALIDATE, OFFICE, "skreślenie"),
                (Command.REJECT, OFFICE, "błędne dane"),
            ]
        ),
    )
    def others_act(self, pick: int, given: tuple[Command, object, str | None]) -> None:
        orders = self.usos.orders()
        if not orders:
            return
        command, actor, reason = given
        try:
            moved = transition(
                orders[pick % len(orders)],
                command,
                by=PHONE if actor is PHONE else OFFICE,
                at=self.now(),
                reason=reason,
            )
        except Refused:
            return
        self.usos.keep(moved)

    @rule(seconds=st.integers(0, 900))
    def real_time_passes(self, seconds: int) -> None:
        self.usos.later(seconds=seconds)

    @rule(seconds=st.integers(0, 900))
    def the_real_clock_is_set_back(self, seconds: int) -> None:
        self.usos.later(seconds=-seconds)

    @rule(duration=st.sampled_from([1, 60, 600, 86_400, 31 * 86_400, 200 * 86_400]))
    def jump(self, duration: int) -> None:
        self.usos.services.time.forward(timedelta(seconds=duration))

    @rule()
    def jump_to_the_last_evening(self) -> None:
        wait = LAST_EVENING - self.now()
        if wait > timedelta(0):
            self.usos.services.time.forward(wait)

    @rule(speed=st.sampled_from([0.5, 1.0, 60.0, 3600.0]))
    def change_speed(self, speed: float) -> None:
        self.usos.services.time.set_speed(speed)

    @rule(paused=st.booleans())
    def stop_or_go(self, *, paused: bool) -> None:
        desk = self.usos.services.time
        assert (desk.pause() if paused else desk.resume()).paused == paused

    @rule(hours=st.integers(1, 48), agent=st.booleans())
    def outage(self, hours: int, *, agent: bool) -> None:
        down = (Outage(self.now(), self.now() + timedelta(hours=hours)),)
        faults = Faults(agent=down) if agent else Faults(ministry=down)
        self.usos.break_down(replace(faults, rejections_per_mille=self.rejections))

    @rule()
    def wake(self) -> None:
        self.usos.services.progression.catch_up()
        assert not self.usos.services.progression.catch_up()

    @invariant()
    def codes_are_there_while_issued_and_only_then(self) -> None:
        for held in self.usos.orders():
            assert (held.codes is not None) == (held.status in {"READY", "COLLECTED"})

    @invariant()
    def history_goes_forward_in_time_and_along_the_table(self) -> None:
        for held in self.usos.orders():
            times = [entry.at for entry in held.history]
            assert times == sorted(times)
            assert times[0] == held.order_date >= NOW
            way = [None, *(entry.status.value for entry in held.history)]
            for source, target in pairwise(way):
                assert target in AFTER[source]

    @invariant()
    def history_is_only_added_to(self) -> None:
        for held in self.usos.orders():
            known = self.before.get(held.id)
            if known is not None:
                assert held.history[: len(known.history)] == known.history
            self.before[held.id] = held

    @invariant()
    def nobody_has_two_live_orders(self) -> None:
        live = [held.student for held in self.usos.orders() if held.is_live_at(self.now())]
        assert len(live) == len(set(live))


LifeCycle.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLifeCycle = LifeCycle.TestCase
