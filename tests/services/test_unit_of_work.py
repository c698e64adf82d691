"""Right, catching up, decision and audit in one transaction; what was shared goes in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.errors import NotYours, Refused
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.verification import Verification
from mleg_tui.services import roster
from mleg_tui.services.audit import MACHINES
from mleg_tui.services.ordering import LiveOrderExists
from mleg_tui.services.session import Administrator, Anonymous, Authority, SessionExpired
from mleg_tui.services.store import View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from tests.factories import NOW, House, house, order
from tests.services.phones import WithPhone, with_phone

ANNA = "anna.nowak"


@dataclass
class Watched:
    """A store that counts what is asked of it."""

    house: House
    written: int = 0

    def transact(self, change: Callable[[Work], object], /) -> object:
        self.written += 1
        return self.house.services.store.transact(change)

    def read(self, ask: Callable[[View], object], /) -> object:
        return self.house.services.store.read(ask)


def events(usos: House) -> list[tuple[str, str]]:
    kept = usos.services.store.read(lambda view: view.select(Event))
    return [(event.actor, event.record) for event in kept]


def test_machines_and_person_act_in_one_transaction() -> None:
    usos = house()
    usos.keep(order(OrderStatus.PENDING))
    watched = Watched(usos)
    work = UnitOfWork(watched, usos.clock, Role.STUDENT)  # type: ignore[arg-type]
    seen = work.act(usos.session(), lambda w, _now: w.get(Order, f"{ANNA}-001").status)
    assert seen is OrderStatus.READY
    assert watched.written == 1
    assert events(usos) == [(MACHINES, f"{ANNA}-001")]


def test_an_act_on_what_the_machines_just_moved_has_its_own_event() -> None:
    usos = house()
    usos.keep(order(OrderStatus.PENDING))
    usos.services.ordering.revoke(usos.session())
    assert events(usos) == [(MACHINES, f"{ANNA}-001"), (ANNA, f"{ANNA}-001")]
    machines, anna = usos.services.store.read(lambda view: view.select(Event))
    told = [
        [(c.before, c.after) for c in event.changes if c.field == "status"]
        for event in (machines, anna)
    ]
    assert told == [[("PENDING", "READY")], [("READY", "REVOKED")]]


def test_a_refused_act_leaves_nothing_not_even_of_the_machines() -> None:
    usos = house()
    usos.keep(order(OrderStatus.PENDING))
    before = usos.services.store.revision()
    with pytest.raises(Refused) as refused:
        usos.services.ordering.place(usos.session())
    assert isinstance(refused.value.reasons[0], LiveOrderExists)
    assert usos.services.store.revision() == before


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("login", [ANNA, "dziekanat", "kontroler"])
def test_a_right_is_of_a_role(role: Role, login: str) -> None:
    usos = house()
    session, work = usos.session(login), UnitOfWork(usos.services.store, usos.clock, role)
    before = usos.services.store.revision()
    for do in (work.look, work.act):
        if session.account.role is role:
            assert do(session, lambda _view, now: now) == NOW
        else:
            with pytest.raises(NotYours):
                do(session, lambda _view, now: now)
    assert usos.services.store.revision() == before


@pytest.mark.parametrize(
    ("by", "role", "allowed"),
    [
        (Administrator(), Role.OFFICE, True),
        (Administrator(), None, True),
        (Anonymous(), None, True),
        (Anonymous(), Role.OFFICE, False),
        (Anonymous(), Role.STUDENT, False),
    ],
)
def test_the_administrator_may_and_who_is_not_logged_in_may_not(
    by: Authority, role: Role | None, *, allowed: bool
) -> None:
    usos = house()
    work = UnitOfWork(usos.services.store, usos.clock, role)
    if allowed:
        assert work.look(by, lambda _view, now: now) == NOW
    else:
        with pytest.raises(NotYours):
            work.look(by, lambda _view, now: now)


def test_who_acts_is_not_idle_and_who_looks_is() -> None:
    usos = house()
    session = usos.session("dziekanat")
    session.idle_limit = timedelta(minutes=20)
    usos.later(minutes=15)
    usos.services.office_students.suspend(session, ANNA)
    usos.later(minutes=15)
    usos.services.office_students.file(session, ANNA)
    usos.later(minutes=6)
    with pytest.raises(SessionExpired):
        usos.services.office_students.file(session, ANNA)


def test_a_summary_is_one_event_for_all() -> None:
    usos = house()
    text = "id,university,first_name,last_name,birth_date,student_number,level\n" + "".join(
        f"s{number},agh,Jan,Kot,2004-01-01,{500000 + number},FIRST_CYCLE\n" for number in range(30)
    )
    work = UnitOfWork(usos.services.store, usos.clock)
    rows = text.splitlines(keepends=True)
    assert roster.enrol(work, Administrator(), lambda: roster.read(rows)) == 30
    assert usos.services.store.read(lambda view: view.get(Student, "s29")).last_name == "Kot"
    (event,) = usos.services.store.read(lambda view: view.select(Event))
    assert (event.actor, event.changes) == (
        "administrator",
        (FieldChange("students", "", "30"),),
    )


@pytest.fixture
def shared() -> WithPhone:
    """Have a document shared under a check, which ends in three minutes."""
    held = with_phone()
    held.add()
    checks = held.house.services.verifications
    checks.share(held.house.session(), 1, checks.ask(held.house.session("kontroler")).id)
    return held


def kept(held: WithPhone) -> Verification:
    (check,) = held.house.services.store.read(lambda view: view.select(Verification))
    return check


def test_what_was_shared_is_gone_when_its_minutes_are_over(shared: WithPhone) -> None:
    progression = shared.house.services.progression
    assert progression.real_wait() == timedelta(minutes=1)
    shared.house.later(minutes=2, seconds=59)
    assert progression.real_wait() == timedelta(seconds=1)
    assert not progression.catch_up()
    assert kept(shared).document is not None
    shared.house.later(seconds=1)
    assert progression.catch_up()
    assert (kept(shared).document, kept(shared).validity) == (None, None)
    assert not progression.catch_up()
    assert progression.real_wait() == timedelta(minutes=1)


def test_whoever_acts_then_clears_it_away(shared: WithPhone) -> None:
    shared.house.later(minutes=3)
    shared.house.services.payments.pay(shared.house.session("ewa.lis"), "22", "0" * 26)
    assert kept(shared).document is None
