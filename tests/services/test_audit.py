"""Whatever changes leaves an event: who, when, what it was and what it is; and no secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from mleg_tui.domain.account import Account, LoginAttempts
from mleg_tui.domain.audit import Event
from mleg_tui.domain.classroom import Classroom, Frame, Participant, WorldRecord
from mleg_tui.domain.exercise import StartedExercise
from mleg_tui.domain.order import NotYours, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Photo, PhotoStatus, Student
from mleg_tui.domain.verification import Verification
from mleg_tui.services.audit import MACHINES
from mleg_tui.services.audit_log import EventFilter
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.services.store import KINDS, Record
from mleg_tui.simulation.switches import Machine
from tests.factories import NOW, House, house, order

ANNA, JAN, PIOTR = "anna.nowak", "jan.kowalski", "piotr.zielinski"
APP_PASSWORD = "Zielony-7-kot"
BY = Administrator()
UNAUDITED = (
    *(Event, LoginAttempts, StartedExercise),
    *(Classroom, Participant, WorldRecord, Frame),
)
Act = Callable[[House], object]


def student_changed(usos: House, login: str, **fields: object) -> None:
    known = usos.services.store.read(lambda view: view.get(Student, login))
    usos.keep(replace(known, **fields))  # type: ignore[arg-type]  # whichever fields they are


def office(usos: House) -> object:
    return usos.session("dziekanat")


def ready(usos: House) -> None:
    usos.keep(order(OrderStatus.READY))


def under_way(usos: House) -> None:
    usos.keep(order(OrderStatus.PENDING, now=NOW + timedelta(hours=1)))


def added(usos: House, number: int = 1) -> None:
    ready(usos)
    codes = usos.orders()[0].codes
    assert codes is not None
    usos.services.mobywatel.add(
        usos.session(), number, codes.token, codes.distribution_pass, terms_accepted=True
    )


def with_app(usos: House) -> None:
    usos.services.app_lock.set_up(usos.session(), 1, APP_PASSWORD, APP_PASSWORD)


def asked(usos: House) -> str:
    return usos.services.verifications.ask(usos.session("kontroler")).id


def finished(usos: House) -> None:
    (check,) = usos.services.store.read(lambda view: view.select(Verification))
    usos.services.verifications.finish(usos.session("kontroler"), check.id)


def nothing(_usos: House) -> None:
    """Prepare nothing."""


def waiting(usos: House) -> None:
    student_changed(usos, ANNA, photo=Photo(PhotoStatus.WAITING, "owl"))


def unlock_wrongly(usos: House) -> None:
    with pytest.raises(Exception, match=r"\w"):
        usos.services.app_lock.unlock(usos.session(), 1, "Wrong-7-word")


def late_hologram(usos: House) -> None:
    jan = usos.services.store.read(lambda view: view.get(Student, JAN))
    assert jan.els is not None
    until = jan.els.valid_until + timedelta(days=200)
    student_changed(usos, JAN, els=replace(jan.els, hologram_until=until))


def with_bank_account(usos: House) -> None:
    usos.services.payments.add_bank_account(usos.session(), "0" * 26)


def failed(usos: House) -> None:
    under_way(usos)
    usos.services.office_orders.fail(usos.session("dziekanat"), f"{ANNA}-001", "błąd")


WRITES: dict[str, tuple[str, Callable[[House], object], Act]] = {
    "app_lock.set_up": (ANNA, nothing, with_app),
    "app_lock.unlock": (ANNA, with_app, unlock_wrongly),
    "booking.book": ("dziekanat", nothing, lambda h: h.services.booking.book(
        h.session("dziekanat"), PIOTR)),
    "els_applications.apply": ("maja.krol", nothing, lambda h: h.services.els_applications.apply(
        h.session("maja.krol"))),
    "mobywatel.add": (ANNA, nothing, added),
    "mobywatel.install": (ANNA, nothing, lambda h: h.services.mobywatel.install(h.session(), 1)),
    "mobywatel.remove": (ANNA, added, lambda h: h.services.mobywatel.remove(h.session(), 1)),
    "mobywatel.set_camera": (ANNA, nothing, lambda h: h.services.mobywatel.set_camera(
        h.session(), 1, granted=True)),
    "mobywatel.set_online": (ANNA, nothing, lambda h: h.services.mobywatel.set_online(
        h.session(), 1, online=False)),
    "mobywatel.update": (ANNA, added, lambda h: (
        h.services.ordering.revoke(h.session()), h.services.mobywatel.update(h.session(), 1))),
    "office.approve_photo": ("dziekanat", waiting, lambda h: h.services.office.approve_photo(
        h.session("dziekanat"), ANNA)),
    "office.extend_els": ("dziekanat", nothing, lambda h: h.services.office.extend_els(
        h.session("dziekanat"), JAN)),
    "office.issue_els": ("dziekanat", nothing, lambda h: h.services.office.issue_els(
        h.session("dziekanat"), JAN)),
    "office.extend_all": ("dziekanat", nothing, lambda h: h.services.office.extend_all(
        h.session("dziekanat"), "agh")),
    "office.reject_photo": ("dziekanat", waiting, lambda h: h.services.office.reject_photo(
        h.session("dziekanat"), ANNA, "ciemne")),
    "office_orders.fail": ("dziekanat", under_way, lambda h: h.services.office_orders.fail(
        h.session("dziekanat"), f"{ANNA}-001", "błąd")),
    "office_orders.retry": ("dziekanat", failed, lambda h: h.services.office_orders.retry(
        h.session("dziekanat"), f"{ANNA}-001")),
    "office_orders.revoke": ("dziekanat", ready, lambda h: h.services.office_orders.revoke(
        h.session("dziekanat"), ANNA, "powód")),
    "office_orders.revoke_one": ("dziekanat", ready, lambda h: h.services.office_orders.revoke_one(
        h.session("dziekanat"), f"{ANNA}-001", "powód")),
    "office_students.change_surname": ("dziekanat", ready,
        lambda h: h.services.office_students.change_surname(h.session("dziekanat"), ANNA, "Kot")),
    "office_students.graduate": ("dziekanat", ready,
        lambda h: h.services.office_students.graduate(h.session("dziekanat"), ANNA)),
    "office_students.record_hologram": ("dziekanat", late_hologram,
        lambda h: h.services.office_students.record_hologram(h.session("dziekanat"), JAN)),
    "office_students.reinstate": ("dziekanat",
        lambda h: h.services.office_students.suspend(h.session("dziekanat"), ANNA),
        lambda h: h.services.office_students.reinstate(h.session("dziekanat"), ANNA)),
    "office_students.set_pesel": ("dziekanat", ready,
        lambda h: h.services.office_students.set_pesel(h.session("dziekanat"), ANNA,
                                                       "04251712488")),
    "office_students.set_student_number": ("dziekanat", ready,
        lambda h: h.services.office_students.set_student_number(h.session("dziekanat"), ANNA,
                                                                "1")),
    "office_students.strike_off": ("dziekanat", ready,
        lambda h: h.services.office_students.strike_off(h.session("dziekanat"), ANNA)),
    "office_students.suspend": ("dziekanat", ready,
        lambda h: h.services.office_students.suspend(h.session("dziekanat"), ANNA)),
    "ordering.cancel": (ANNA, under_way, lambda h: h.services.ordering.cancel(h.session())),
    "ordering.place": (ANNA, nothing, lambda h: h.services.ordering.place(h.session())),
    "ordering.revoke": (ANNA, ready, lambda h: h.services.ordering.revoke(h.session())),
    "payments.add_bank_account": (ANNA, nothing, with_bank_account),
    "payments.pay": (ANNA, nothing, lambda h: h.services.payments.pay(
        h.session(), "22", "0" * 26)),
    "payments.remove_bank_account": (ANNA, with_bank_account,
        lambda h: h.services.payments.remove_bank_account(h.session(), f"{ANNA}-k001")),
    "photos.send": (ANNA, nothing, lambda h: h.services.photos.send(h.session(), "owl")),
    "retention.keep": ("administrator", nothing, lambda h: h.services.retention.keep(BY, 30)),
    "progression.catch_up": (MACHINES, lambda h: h.keep(order(OrderStatus.PENDING)),
        lambda h: h.services.progression.catch_up()),
    "simulation.forward": ("administrator", nothing,
        lambda h: h.services.simulation.forward(BY, timedelta(hours=1))),
    "simulation.forward_to": ("administrator", nothing,
        lambda h: h.services.simulation.forward_to(BY, NOW + timedelta(hours=1))),
    "simulation.faster": ("administrator", nothing, lambda h: h.services.simulation.faster(BY)),
    "simulation.stop_or_go_on": ("administrator", nothing,
        lambda h: h.services.simulation.stop_or_go_on(BY)),
    "simulation.pause": ("administrator", nothing, lambda h: h.services.simulation.pause(BY)),
    "simulation.reset": ("administrator", nothing, lambda h: h.services.simulation.reset(BY)),
    "simulation.resume": ("administrator", lambda h: h.services.simulation.pause(BY),
        lambda h: h.services.simulation.resume(BY)),
    "simulation.set_rejections": ("administrator", nothing,
        lambda h: h.services.simulation.set_rejections(BY, 5)),
    "simulation.set_slowdown": ("administrator", nothing,
        lambda h: h.services.simulation.set_slowdown(BY, 5)),
    "simulation.set_speed": ("administrator", nothing,
        lambda h: h.services.simulation.set_speed(BY, 5)),
    "simulation.step": ("administrator", ready, lambda h: h.services.simulation.step(BY)),
    "simulation.switch": ("administrator", nothing,
        lambda h: h.services.simulation.switch(BY, Machine.AGENT, down=True)),
    "time.forward": ("administrator", nothing,
        lambda h: h.services.time.forward(timedelta(hours=1))),
    "time.forward_to": ("administrator", nothing,
        lambda h: h.services.time.forward_to(NOW + timedelta(hours=1))),
    "time.faster": ("administrator", nothing, lambda h: h.services.time.faster()),
    "time.stop_or_go_on": ("administrator", nothing, lambda h: h.services.time.stop_or_go_on()),
    "time.pause": ("administrator", nothing, lambda h: h.services.time.pause()),
    "time.resume": ("administrator", lambda h: h.services.time.pause(),
        lambda h: h.services.time.resume()),
    "time.borrow_speed": ("administrator", nothing,
        lambda h: h.services.time.borrow_speed(9)),
    "time.give_speed_back": ("administrator", lambda h: h.services.time.borrow_speed(9),
        lambda h: h.services.time.give_speed_back()),
    "time.set_speed": ("administrator", nothing, lambda h: h.services.time.set_speed(9)),
    "verifications.ask": ("kontroler", nothing, asked),
    "verifications.finish": ("kontroler", asked, finished),
    "verifications.share": (ANNA, added, lambda h: h.services.verifications.share(
        h.session(), 1, asked(h))),
}  # fmt: skip
"""Service and method → who does it, what was before, and the act."""
READS = {
    "audit_log.find", "audit_log.stream",
    "campus.first_sight", "campus.university", "els_applications.show", "login.role_of",
    "exercises.current", "exercises.progress", "exercises.started",
    "campus.seat", "campus.universities", "mobywatel.check_token",
    "mobywatel.phone", "mobywatel.show", "recovery.offer",
    "office.preview_extension",
    "office_orders.counters", "office_orders.find", "office_orders.stream",
    "office_students.find", "office_students.stream",
    "office_orders.order", "office_orders.overview", "office_orders.preview",
    "office_students.file",
    "ordering.card", "payments.statement", "progression.next_due",
    "progression.real_wait", "retention.lost_before", "retention.show",
    "simulation.ahead_of", "simulation.show", "simulation.whats_next", "time.news", "time.show",
    "time.timeline", "time.wait_to_renew", "verifications.pending", "verifications.result",
}  # fmt: skip
ELSEWHERE = {
    "login.sign_in",
    "login.vouch",  # counts wrong passwords, which are no change of anybody's data
    "off_loop.ask",
    "off_loop.check",
    "off_loop.wind_up",  # each does what it is given
    "exercises.hint",
    "exercises.met",
    "exercises.put_away",
    "exercises.start",  # how somebody practises is no business of the university's
    *(f"classes.{act}" for act in (
        "board", "boards", "close", "frame", "give_hint", "look_at", "look_away", "move_on", "open",
        "opened", "remove", "say", "show", "stop_clock",
    )),
    *(f"participants.{act}" for act in (
        "come_back", "go_on", "join", "keep", "kept", "leave", "look", "note", "note_clock",
        "offers",
        "publish", "shown_to_all",
    )),
    "shown_screens.follow",  # nothing of a class is kept
    "feed.forget",
    "feed.look_now",
    "feed.note_moment",
    "feed.on_failure",
    "feed.start",
    "feed.stop",
    "feed.subscribe",  # tells of changes, and lets the machines catch up
    "progression.tidy_up",
    "retention.prune",  # let go of the audit itself
    "time.renew_speed",  # that a program goes on running is nobody's act
    "recovery.recover",  # puts a whole store back, with the events that it has
}  # fmt: skip


def public_methods(services: Services) -> set[str]:
    return {
        f"{name}.{method}"
        for name in Services.__annotations__
        for method in dir(getattr(services, name))
        if not method.startswith("_") and callable(getattr(getattr(services, name), method))
    }


def everything(usos: House) -> dict[tuple[str, str], Record]:
    def ask(view: object) -> dict[tuple[str, str], Record]:
        return {
            (table, record.id): record
            for table, kind in KINDS.items()
            for record in view.select(kind)  # type: ignore[attr-defined]  # whichever kind it is
        }

    return usos.services.store.read(ask)


def secrets(usos: House) -> set[str]:
    found = {APP_PASSWORD, "argon2"}
    for record in everything(usos).values():
        if isinstance(record, Account | Phone) and record.password_hash:
            found.add(record.password_hash)
    for held in usos.orders():
        if held.codes is not None:
            found |= {held.codes.token, held.codes.distribution_pass}
    return found


def test_every_public_method_is_known_to_write_or_not() -> None:
    assert public_methods(house().services) == {*WRITES, *READS, *ELSEWHERE}


@pytest.mark.parametrize("name", WRITES)
def test_a_change_leaves_an_event_for_each_record_and_no_secret(name: str) -> None:
    actor, prepare, act = WRITES[name]
    usos = house()
    prepare(usos)
    usos.later(seconds=1)
    hidden, before = secrets(usos), everything(usos)
    act(usos)
    hidden, after = hidden | secrets(usos), everything(usos)
    changed = {
        key
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
        and not isinstance(before.get(key, after.get(key)), UNAUDITED)
    }
    events = [
        event for key, event in after.items() if isinstance(event, Event) and key not in before
    ]
    assert changed
    if name != "simulation.reset":  # which has one event for all
        assert changed <= {(event.table, event.record) for event in events}
    assert actor in {event.actor for event in events}
    for event in events:
        assert event.real_at == usos.clock.now()
        assert event.at >= NOW
        assert event.changes
        assert all(change.before != change.after or "•" in change.after for change in event.changes)
        text = json.dumps(msgspec.to_builtins(event), ensure_ascii=False)
        assert not [secret for secret in hidden if secret in text]


def test_a_machines_step_is_not_the_persons_who_woke_it() -> None:
    usos = house()
    usos.keep(order(OrderStatus.PENDING))
    usos.services.payments.pay(usos.session(), "22", "0" * 26)
    events = usos.services.audit_log.find(usos.session("dziekanat"), EventFilter()).rows
    assert [(event.actor, event.table) for event in events] == [
        (ANNA, "payments"),
        (MACHINES, "orders"),
    ]


@pytest.fixture
def told() -> House:
    usos = house()
    usos.services.ordering.place(usos.session())
    usos.later(minutes=1)
    usos.services.office_students.change_surname(usos.session("dziekanat"), JAN, "Żółw")
    usos.later(minutes=20)
    usos.services.progression.catch_up()
    return usos


@pytest.mark.parametrize(
    ("wanted", "records"),
    [
        ({}, [f"{ANNA}-001", JAN, JAN, f"{ANNA}-001"]),
        ({"text": "ZOLW"}, [JAN, JAN]),
        ({"text": "students zolw"}, [JAN]),
        ({"text": "nothing"}, []),
        ({"actor": "dziekanat"}, [JAN, JAN]),
        ({"actor": MACHINES}, [f"{ANNA}-001"]),
        ({"record": f"{ANNA}-001"}, [f"{ANNA}-001", f"{ANNA}-001"]),
        ({"record": f"{ANNA}-001", "actor": ANNA}, [f"{ANNA}-001"]),
        ({"since": NOW + timedelta(minutes=1)}, [f"{ANNA}-001", JAN, JAN]),
        ({"until": NOW + timedelta(minutes=1)}, [f"{ANNA}-001"]),
        ({"limit": 1}, [f"{ANNA}-001"]),
    ],
)
def test_the_office_searches_the_newest_first(
    told: House, wanted: dict[str, object], records: list[str]
) -> None:
    count = wanted.pop("limit", 200)
    asked, office = EventFilter(**wanted), told.session("dziekanat")  # type: ignore[arg-type]
    found = told.services.audit_log.find(office, asked, count=count).rows  # type: ignore[arg-type]
    assert [event.record for event in found] == records


@pytest.mark.parametrize("login", [ANNA, "kontroler"])
def test_nobody_else_reads_the_audit(told: House, login: str) -> None:
    with pytest.raises(NotYours):
        told.services.audit_log.find(told.session(login), EventFilter())


def test_the_audit_can_only_be_read() -> None:
    service = house().services.audit_log
    assert [name for name in dir(service) if not name.startswith("_")] == ["find", "stream"]


def test_a_shared_document_is_not_kept_in_the_audit() -> None:
    usos = house()
    added(usos)
    usos.services.verifications.share(usos.session(), 1, asked(usos))
    events = usos.services.store.read(lambda view: view.select(Event))
    text = json.dumps([msgspec.to_builtins(event) for event in events], ensure_ascii=False)
    assert "04251712487" not in text


def test_the_same_code_twice_at_one_moment_leaves_all_its_events() -> None:
    usos = house()
    inspector = usos.session("kontroler")
    for _ in range(3):
        usos.services.verifications.finish(inspector, asked(usos))
    assert len(usos.services.audit_log.find(usos.session("dziekanat"), EventFilter()).rows) == 6
