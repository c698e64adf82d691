"""The hands on the simulation: time, switches, what comes next, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mleg_tui.domain.audit import Event
from mleg_tui.domain.order import NotYours, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.services.outages import UsoswebDown
from mleg_tui.services.phones import NetworkDown
from mleg_tui.services.services import Services
from mleg_tui.services.session import IDLE_LIMIT, Administrator, Session, SessionExpired
from mleg_tui.services.simulation_desk import NothingAhead, SimulationDesk
from mleg_tui.simulation.switches import Machine
from mleg_tui.simulation.timeline import NotForward
from tests.factories import NOW, House, house, order

BY = Administrator()
SECOND = timedelta(seconds=1)
ACTS: list[Callable[[SimulationDesk, Session], object]] = [
    lambda desk, who: desk.show(who),
    lambda desk, who: desk.whats_next(who),
    lambda desk, who: desk.pause(who),
    lambda desk, who: desk.resume(who),
    lambda desk, who: desk.set_speed(who, 2),
    lambda desk, who: desk.forward(who, SECOND),
    lambda desk, who: desk.forward_to(who, NOW + timedelta(days=1)),
    lambda desk, who: desk.step(who),
    lambda desk, who: desk.switch(who, Machine.AGENT, down=True),
    lambda desk, who: desk.set_rejections(who, 5),
    lambda desk, who: desk.set_slowdown(who, 5),
    lambda desk, who: desk.reset(who),
]


@pytest.fixture
def usos() -> House:
    return house()


@pytest.fixture
def desk(usos: House) -> SimulationDesk:
    return usos.services.simulation


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("login", ["anna.nowak", "kontroler"])
def test_only_the_office_steers(
    usos: House, act: Callable[[SimulationDesk, Session], object], login: str
) -> None:
    before = usos.services.store.revision()
    with pytest.raises(NotYours):
        act(usos.services.simulation, usos.session(login))
    assert usos.services.store.revision() == before


@pytest.mark.parametrize("act", ACTS)
def test_an_ended_session_steers_nothing(
    usos: House, act: Callable[[SimulationDesk, Session], object]
) -> None:
    session = usos.session("dziekanat")
    session.idle_limit = IDLE_LIMIT
    usos.later(hours=1)
    with pytest.raises(SessionExpired):
        act(usos.services.simulation, session)


def test_the_office_steers_and_the_audit_names_it(usos: House, desk: SimulationDesk) -> None:
    office = usos.session("dziekanat")
    desk.pause(office)
    desk.switch(office, Machine.AGENT, down=True)
    shown = desk.show(office)
    assert shown.paused
    assert shown.down == {Machine.AGENT}
    events = usos.services.store.read(lambda view: view.select(Event))
    assert [event.actor for event in events] == ["dziekanat", "dziekanat"]
    assert not any("seed" in change.field for event in events for change in event.changes)


def test_one_step_after_the_other(usos: House, desk: SimulationDesk) -> None:
    desk.pause(BY)
    with pytest.raises(NothingAhead):
        desk.step(BY)
    usos.services.ordering.place(usos.session())
    assert [one.status.name for one in desk.whats_next(BY)] == ["IN_PROGRESS", "READY"]
    for status in ("IN_PROGRESS", "READY", "CODES_EXPIRED"):
        stepped = desk.step(BY)
        assert [one.status.name for one in stepped.happened] == [status]
        assert usos.orders()[0].status_at(stepped.now).name == status
    with pytest.raises(NothingAhead):
        desk.step(BY)


@dataclass
class TickingClock:
    """A clock on which real time passes whenever somebody looks."""

    moment: datetime

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=5)
        return self.moment


def test_a_step_leads_to_what_comes_next_however_fast_time_runs(usos: House) -> None:
    for number in range(1, 60):
        id_, until = f"ewa.lis-{number:03}", NOW + number * timedelta(seconds=30)
        usos.keep(order(OrderStatus.READY, id=id_, student="ewa.lis", codes_expiration=until))
    desk = Services(usos.services.store, TickingClock(NOW)).simulation
    desk.set_speed(BY, 5_000)  # 25 s go by between two looks at the clock
    for _ in range(3):
        (happened,) = (stepped := desk.step(BY)).happened
        assert (happened.at, happened.status) == (stepped.now, OrderStatus.CODES_EXPIRED)


def test_a_step_brings_all_of_its_moment(usos: House, desk: SimulationDesk) -> None:
    same = NOW + timedelta(days=1)
    for login in ("anna.nowak", "ewa.lis"):
        id_ = f"{login}-001"
        usos.keep(order(OrderStatus.READY, id=id_, student=login, codes_expiration=same))
    usos.keep(order(OrderStatus.READY, id="jan.kowalski-001", student="jan.kowalski"))
    stepped = desk.step(BY)
    assert stepped.now == same
    assert [one.order for one in stepped.happened] == ["anna.nowak-001", "ewa.lis-001"]


def test_what_comes_is_of_the_orders_that_turn_first(usos: House, desk: SimulationDesk) -> None:
    for day in range(1, 9):
        id_, until = f"ewa.lis-{day:03}", NOW + timedelta(days=9 - day)
        usos.keep(order(OrderStatus.READY, id=id_, student="ewa.lis", codes_expiration=until))
    usos.keep(order(OrderStatus.CODES_EXPIRED, id="jan.kowalski-001", student="jan.kowalski"))
    usos.keep(order(OrderStatus.EXPIRED))
    ola, ordering = usos.session("ola.wisniewska"), usos.services.ordering
    ordering.place(ola, [consent.id for consent in ordering.card(ola).university.consents])
    for limit in (1, 3, 5, 50):
        ahead = desk.whats_next(BY, limit)
        assert ahead == desk.whats_next(BY, 50)[:limit]
    assert [one.status.name for one in ahead[:2]] == ["IN_PROGRESS", "READY"]
    assert [one.order for one in ahead[2:5]] == ["ewa.lis-008", "ewa.lis-007", "ewa.lis-006"]
    assert not [one for one in ahead if one.order.startswith(("jan", "anna"))]


def test_the_agent_down_and_up_again(usos: House, desk: SimulationDesk) -> None:
    desk.switch(BY, Machine.AGENT, down=True)
    usos.services.ordering.place(usos.session())
    desk.forward(BY, timedelta(days=2))
    assert usos.orders()[0].status is OrderStatus.PENDING
    assert desk.whats_next(BY) == ()
    desk.switch(BY, Machine.AGENT, down=False)
    assert usos.orders()[0].history[-1].at == usos.services.time.show().now
    desk.forward(BY, timedelta(minutes=20))
    assert usos.orders()[0].status is OrderStatus.READY


def test_an_outage_of_usosweb_stops_the_student_but_no_order(
    usos: House, desk: SimulationDesk
) -> None:
    anna, services = usos.session(), usos.services
    services.ordering.place(anna)
    desk.switch(BY, Machine.USOSWEB, down=True)
    for act in (
        lambda: services.ordering.card(anna),
        lambda: services.ordering.cancel(anna),
        lambda: services.payments.statement(anna),
        lambda: services.payments.pay(anna, "22", "0" * 26),
        lambda: services.photos.send(anna, "owl"),
    ):
        with pytest.raises(UsoswebDown):
            act()
    desk.forward(BY, timedelta(minutes=20))
    assert usos.orders()[0].status is OrderStatus.READY
    desk.switch(BY, Machine.USOSWEB, down=False)
    assert services.ordering.card(anna).codes is not None


def test_without_the_phone_network_a_document_can_only_be_shown(usos: House) -> None:
    usos.keep(order(OrderStatus.READY))
    codes, app, anna = usos.orders()[0].codes, usos.services.mobywatel, usos.session()
    assert codes is not None
    usos.services.simulation.switch(BY, Machine.PHONE_NETWORK, down=True)
    with pytest.raises(NetworkDown):
        app.add(anna, 1, codes.token, codes.distribution_pass, terms_accepted=True)
    usos.services.simulation.switch(BY, Machine.PHONE_NETWORK, down=False)
    app.add(anna, 1, codes.token, codes.distribution_pass, terms_accepted=True)
    usos.services.simulation.switch(BY, Machine.PHONE_NETWORK, down=True)
    assert app.show(anna, 1).document.order == "anna.nowak-001"
    with pytest.raises(NetworkDown):
        app.update(anna, 1)


def test_time_goes_forward_only(desk: SimulationDesk) -> None:
    desk.forward_to(BY, NOW + timedelta(days=3))
    with pytest.raises(NotForward):
        desk.forward_to(BY, NOW)


def test_a_reset_keeps_time_and_audit_and_a_copy(usos: House, desk: SimulationDesk) -> None:
    services, office = usos.services, usos.session("dziekanat")
    services.ordering.place(usos.session())
    services.office_students.change_surname(office, "anna.nowak", "Nowacka")
    desk.forward(BY, timedelta(hours=1))
    desk.set_slowdown(BY, 9)
    before = services.store.read(lambda view: view.select(Event))
    shown = desk.show(BY)
    copy = desk.reset(BY, keep=lambda view: len(view.select(Student)))
    assert copy == 6
    assert usos.orders() == ()
    assert services.store.read(lambda view: view.get(Student, "anna.nowak")).last_name == "Nowak"
    assert desk.show(BY).now == shown.now
    assert desk.show(BY).slowdown == 1
    after = services.store.read(lambda view: view.select(Event))
    assert set(before) < set(after)
    assert (len(after) - len(before), after[-1].actor) == (1, "administrator")
    assert services.ordering.place(usos.session()).status is OrderStatus.PENDING


SWITCHES = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from([*Machine, 0, 1000]),
        st.booleans(),
        st.integers(1, 10),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(SWITCHES, st.lists(st.integers(0, 300), max_size=6))
def test_who_wakes_when_makes_no_difference(
    thrown: list[tuple[int, Machine | int, bool, int]], naps: list[int]
) -> None:
    def history(*, wakes: bool) -> object:
        usos = house()
        usos.services.ordering.place(usos.session())
        for seconds, what, down, times in thrown:
            for nap in naps if wakes else ():
                if nap < seconds:
                    usos.clock.moment += timedelta(seconds=nap)
                    usos.services.progression.catch_up()
                    usos.clock.moment -= timedelta(seconds=nap)
            usos.later(seconds=seconds)
            desk = usos.services.simulation
            if isinstance(what, Machine):
                desk.switch(BY, what, down=down)
            else:
                desk.set_rejections(BY, what)
                desk.set_slowdown(BY, times)
        usos.later(days=1)
        usos.services.progression.catch_up()
        return usos.orders()[0].history

    assert history(wakes=True) == history(wakes=False)
