"""The office and the orders: thousands of rows, one file, failing, placing again, invalidating."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import (
    LIVE,
    ActorKind,
    NotYours,
    OrderStatus,
    ReasonMissing,
    TransitionRefused,
)
from mleg_tui.domain.student import Enrolment, EnrolmentStatus, Student, StudyLevel
from mleg_tui.services.office_orders import (
    Ambiguous,
    ListTooLong,
    NotFailed,
    NothingLive,
    OfficeOrders,
    Overtaken,
    ids_in,
)
from mleg_tui.services.order_export import as_csv, as_json
from mleg_tui.services.order_queries import OrderFilter, Sorting
from mleg_tui.services.order_rows import OrderRow
from mleg_tui.services.ordering import CannotOrder
from mleg_tui.services.session import Session
from mleg_tui.services.store import NotFound
from tests.factories import NOW, House, house, order, student

ACTS: list[Callable[[OfficeOrders, Session], object]] = [
    lambda office, who: office.find(who, OrderFilter()),
    lambda office, who: office.order(who, "anna.nowak-001"),
    lambda office, who: office.fail(who, "anna.nowak-001", "błąd"),
    lambda office, who: office.retry(who, "anna.nowak-001"),
    lambda office, who: office.revoke_one(who, "anna.nowak-001", "powód"),
    lambda office, who: office.preview(who, "anna.nowak-001"),
    lambda office, who: office.revoke(who, "anna.nowak-001", "powód"),
]


@pytest.fixture
def usos() -> House:
    built = house()
    built.keep(order(OrderStatus.PENDING, now=NOW + timedelta(hours=1)))  # placed just now
    built.keep(
        order(
            OrderStatus.READY,
            id="ewa.lis-001",
            student="ewa.lis",
            university="umcs",
            student_number="305778",
        )
    )
    built.keep(
        order(
            OrderStatus.ERROR,
            now=NOW - timedelta(days=3),
            id="ola.wisniewska-001",
            student="ola.wisniewska",
            university="pwr",
            student_number="276551",
        )
    )
    return built


@pytest.fixture
def office(usos: House) -> OfficeOrders:
    return usos.services.office_orders


def rows(usos: House, wanted: OrderFilter = OrderFilter()) -> tuple[OrderRow, ...]:  # noqa: B008
    return tuple(usos.services.office_orders.stream(usos.session("dziekanat"), wanted))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("login", ["anna.nowak", "kontroler"])
def test_only_the_office_may(
    usos: House, act: Callable[[OfficeOrders, Session], object], login: str
) -> None:
    before = usos.services.store.revision()
    with pytest.raises(NotYours):
        act(usos.services.office_orders, usos.session(login))
    assert usos.services.store.revision() == before


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (OrderFilter(), {"anna.nowak", "ewa.lis", "ola.wisniewska"}),
        (OrderFilter(text="WISNIEWSKA"), {"ola.wisniewska"}),
        (OrderFilter(text="wiśniewska ola"), {"ola.wisniewska"}),
        (OrderFilter(text="305778"), {"ewa.lis"}),
        (OrderFilter(text="lis nobody"), set()),
        (OrderFilter(statuses=frozenset({OrderStatus.PENDING})), {"anna.nowak"}),
        (OrderFilter(university="umcs"), {"ewa.lis"}),
        (OrderFilter(older_than=timedelta(days=1)), {"ola.wisniewska"}),
    ],
)
def test_rows_are_filtered(usos: House, wanted: OrderFilter, expected: set[str]) -> None:
    assert {row.student_id for row in rows(usos, wanted)} == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Sorting.STUDENT, ["ewa.lis", "anna.nowak", "ola.wisniewska"]),
        (Sorting.STATUS, ["anna.nowak", "ewa.lis", "ola.wisniewska"]),
        (Sorting.ORDER_DATE, ["ola.wisniewska", "ewa.lis", "anna.nowak"]),
        (Sorting.STUDENT_NUMBER, ["ola.wisniewska", "ewa.lis", "anna.nowak"]),
        (Sorting.UNIVERSITY, ["anna.nowak", "ola.wisniewska", "ewa.lis"]),
        (Sorting.CHANGED, ["ola.wisniewska", "ewa.lis", "anna.nowak"]),
    ],
)
def test_rows_are_sorted(usos: House, by: Sorting, expected: list[str]) -> None:
    session, stream = usos.session("dziekanat"), usos.services.office_orders.stream
    sorted_rows = stream(session, OrderFilter(by=by, descending=False))
    assert [row.student_id for row in sorted_rows] == expected
    backwards = tuple(stream(session, OrderFilter(by=by, descending=True)))
    assert backwards[0].student_id == expected[-1]


def test_rows_are_counted(usos: House) -> None:
    counted = usos.services.office_orders.counters(usos.session("dziekanat"), OrderFilter())
    assert counted.total == 3
    assert counted.by_status[OrderStatus.READY] == 1
    assert counted.by_status[OrderStatus.CANCELLED] == 0
    assert [(day.day, number) for day, number in counted.by_day] == [(2, 1), (5, 2)]


def test_an_export_has_the_warning_and_no_code(usos: House) -> None:
    codes = next(held.codes for held in usos.orders() if held.codes)
    known = usos.services.store.read(lambda view: view.get(Student, "ewa.lis"))
    usos.keep(replace(known, last_name="=1+1", first_name="=cmd"))
    text, document = "".join(as_csv(rows(usos))), "".join(as_json(rows(usos)))
    for exported in (text, document):
        assert "SYMULACJA — NIE JEST DOKUMENTEM" in exported
        assert codes.token not in exported
        assert codes.distribution_pass not in exported
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[1][:3] == ["id", "student", "name"]
    assert "'=cmd =1+1" in [line[2] for line in lines[2:]]
    assert len(json.loads(document)["orders"]) == 3


def test_one_order_with_its_history(usos: House, office: OfficeOrders) -> None:
    file = office.order(usos.session("dziekanat"), "ewa.lis-001")
    assert [entry.status.name for entry in file.history] == ["PENDING", "IN_PROGRESS", "READY"]
    codes = next(held.codes for held in usos.orders() if held.codes)
    assert codes.token not in repr(file)
    with pytest.raises(NotFound):
        office.order(usos.session("dziekanat"), "nobody-001")


def test_an_order_is_failed_with_a_reason(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    with pytest.raises(ReasonMissing):
        office.fail(session, "anna.nowak-001", "  ")
    file = office.fail(session, "anna.nowak-001", " Złe dane. ")
    entry = file.history[-1]
    assert (file.row.status, entry.reason, entry.actor.login) == (
        OrderStatus.ERROR,
        "Złe dane.",
        "dziekanat",
    )
    with pytest.raises(TransitionRefused):
        office.fail(session, "ewa.lis-001", "powód")


def test_the_second_is_told_what_the_first_did(usos: House, office: OfficeOrders) -> None:
    usos.services.progression.catch_up()
    seen = office.order(usos.session("dziekanat"), "ewa.lis-001").row.version
    usos.services.ordering.revoke(usos.session("ewa.lis"))
    with pytest.raises(Overtaken) as caught:
        office.retry(usos.session("dziekanat"), "ewa.lis-001", seen=seen)
    assert (caught.value.details["who"], caught.value.details["order"]) == (
        "ewa.lis",
        "ewa.lis-001",
    )


def test_one_order_is_revoked_unless_somebody_was_faster(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    seen = office.order(session, "ewa.lis-001").row.version
    file = office.revoke_one(session, "ewa.lis-001", " Zguba. ", seen=seen)
    assert (file.row.status, file.history[-1].reason) == (OrderStatus.REVOKED, "Zguba.")
    with pytest.raises(Overtaken) as caught:
        office.revoke_one(session, "ewa.lis-001", "Znowu.", seen=seen)
    assert caught.value.details["who"] == "dziekanat"
    with pytest.raises(TransitionRefused):
        office.revoke_one(session, "ewa.lis-001", "Znowu.")
    with pytest.raises(ReasonMissing):
        office.revoke_one(session, "anna.nowak-001", " ")


def test_a_failed_order_is_placed_again(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    with pytest.raises(NotFailed):
        office.retry(session, "ewa.lis-001")
    with pytest.raises(CannotOrder):  # PWr asks for consents, and this order came without
        office.retry(session, "ola.wisniewska-001")
    office.fail(session, "anna.nowak-001", "błąd")
    again = office.retry(session, "anna.nowak-001")
    assert (again.row.id, again.row.status) == ("anna.nowak-002", OrderStatus.PENDING)
    assert again.history[0].actor.kind is ActorKind.OFFICE
    with pytest.raises(NotFailed):
        office.retry(session, "anna.nowak-001")


def test_placing_again_asks_for_every_condition(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    office.fail(session, "anna.nowak-001", "błąd")
    known = usos.services.store.read(lambda view: view.get(Student, "anna.nowak"))
    usos.keep(replace(known, pesel=None))
    with pytest.raises(CannotOrder):
        office.retry(session, "anna.nowak-001")


def test_a_list_is_previewed_and_then_invalidated(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    pasted = "anna.nowak-001, 305778\nanna.nowak;nobody ola.wisniewska ola.wisniewska-001"
    before = usos.services.store.revision()
    preview = office.preview(session, pasted)
    assert [type(entry.refusal) for entry in preview] == [
        type(None), type(None), type(None), NotFound, NothingLive, TransitionRefused,
    ]  # fmt: skip
    usos.services.progression.catch_up()
    with pytest.raises(ReasonMissing):
        office.revoke(session, pasted, " ")
    done = office.revoke(session, pasted, "koniec umowy")
    assert [type(entry.refusal) for entry in done] == [
        type(None), type(None), TransitionRefused, NotFound, NothingLive, TransitionRefused,
    ]  # fmt: skip
    ended = {held.id: held for held in usos.orders() if held.status is OrderStatus.REVOKED}
    assert set(ended) == {"anna.nowak-001", "ewa.lis-001"}
    assert all(held.last_change.reason == "koniec umowy" for held in ended.values())
    assert all(held.codes is None for held in ended.values())
    assert usos.services.store.revision() != before


@pytest.fixture
def namesakes(usos: House) -> House:
    """Give a student of another university the album number of ``anna.nowak``."""
    known = usos.services.store.read(lambda view: view.get(Student, "ewa.lis"))
    usos.keep(replace(known, student_number="401237"))
    return usos


def test_an_album_number_of_two_students_is_refused(namesakes: House, office: OfficeOrders) -> None:
    session = namesakes.session("dziekanat")
    (entry,) = office.preview(session, "401237")
    assert isinstance(entry.refusal, Ambiguous)
    meant = str(entry.refusal.details["meant"])
    assert meant == "agh:401237 (anna.nowak), umcs:401237 (ewa.lis)"
    assert office.revoke(session, "401237", "powód") == (entry,)
    assert not [held for held in namesakes.orders() if held.status is OrderStatus.REVOKED]


@pytest.mark.parametrize(
    ("typed", "revoked"),
    [
        ("agh:401237", "anna.nowak-001"),
        ("UMCS:401237", "ewa.lis-001"),
        ("anna.nowak", "anna.nowak-001"),
        ("Ewa.Lis-001", "ewa.lis-001"),
    ],
)
def test_with_its_university_a_number_is_one_students(
    namesakes: House, office: OfficeOrders, typed: str, revoked: str
) -> None:
    (entry,) = office.revoke(namesakes.session("dziekanat"), typed, "powód")
    assert entry.refusal is None
    ended = [held.id for held in namesakes.orders() if held.status is OrderStatus.REVOKED]
    assert ended == [revoked]


@pytest.mark.parametrize("typed", ["pwr:401237", "nowhere:401237", "agh:", ":401237", "0401237"])
def test_a_number_that_nobody_has_there(namesakes: House, office: OfficeOrders, typed: str) -> None:
    (entry,) = office.preview(namesakes.session("dziekanat"), typed)
    assert isinstance(entry.refusal, NotFound)


def test_a_login_that_is_another_students_number_is_refused(
    usos: House, office: OfficeOrders
) -> None:
    usos.keep(student(id="305778", student_number="1"))
    session = usos.session("dziekanat")
    (entry,) = office.preview(session, "305778")
    assert isinstance(entry.refusal, Ambiguous)
    usos.keep(student(id="7", student_number="7"))
    (own,) = office.preview(session, "7")  # both ways it is the same student
    assert isinstance(own.refusal, NothingLive)


def test_a_pasted_list_may_look_as_it_likes() -> None:
    assert ids_in(" a,b;;c\n\ta  d,") == ("a", "b", "c", "d")
    assert ids_in("") == ()


def test_nothing_of_a_list_is_dropped_in_silence() -> None:
    assert len(ids_in(" ".join(map(str, range(10_000))))) == 10_000
    with pytest.raises(ListTooLong) as caught:
        ids_in(" ".join(map(str, range(10_001))))
    assert caught.value.details == {"count": 10_001, "most": 10_000}


EDITS: list[tuple[str, Callable[[House, Session], object], str]] = [
    (
        "surname",
        lambda h, s: h.services.office_students.change_surname(s, "anna.nowak", "Kot"),
        "Zmiana nazwiska.",
    ),
    (
        "suspend",
        lambda h, s: h.services.office_students.suspend(s, "anna.nowak"),
        "Zawieszenie w prawach studenta.",
    ),
    (
        "strike-off",
        lambda h, s: h.services.office_students.strike_off(s, "anna.nowak"),
        "Skreślenie z listy studentów.",
    ),
    (
        "pesel",
        lambda h, s: h.services.office_students.set_pesel(s, "anna.nowak", "04251712488"),
        "Zmiana danych osobowych.",
    ),
    (
        "number",
        lambda h, s: h.services.office_students.set_student_number(s, "anna.nowak", "1"),
        "Zmiana danych osobowych.",
    ),
]


@pytest.mark.parametrize("status", sorted(LIVE))
@pytest.mark.parametrize(("act", "reason"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
def test_what_ends_the_rights_ends_the_order(
    status: OrderStatus, act: Callable[[House, Session], object], reason: str
) -> None:
    usos = house()
    usos.keep(order(status, now=NOW + timedelta(hours=1)))
    act(usos, usos.session("dziekanat"))
    (ended,) = usos.orders()
    assert (ended.status, ended.last_change.reason) == (OrderStatus.REVOKED, reason)
    assert ended.last_change.actor.login == "dziekanat"


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (StudyLevel.FIRST_CYCLE, OrderStatus.COLLECTED),
        (StudyLevel.SECOND_CYCLE, OrderStatus.REVOKED),
        (StudyLevel.LONG_CYCLE, OrderStatus.REVOKED),
    ],
)
def test_first_cycle_graduates_keep_it_to_the_end_of_october(
    level: StudyLevel, status: OrderStatus
) -> None:
    usos = house()
    usos.keep(order(OrderStatus.COLLECTED))
    known = usos.services.store.read(lambda view: view.get(Student, "anna.nowak"))
    usos.keep(replace(known, enrolment=Enrolment(level)))
    after = usos.services.office_students.graduate(usos.session("dziekanat"), "anna.nowak")
    assert after.enrolment.status is EnrolmentStatus.GRADUATED
    (held,) = usos.orders()
    assert held.status is status
    if status is OrderStatus.COLLECTED:
        assert held.expiration_date.isoformat() == "2026-10-31"


def test_what_is_refused_changes_nothing(usos: House, office: OfficeOrders) -> None:
    session = usos.session("dziekanat")
    usos.services.progression.catch_up()
    before = usos.services.store.revision()
    for act in (
        lambda: office.fail(session, "ewa.lis-001", "powód"),
        lambda: office.retry(session, "ewa.lis-001"),
        lambda: office.revoke(session, "anna.nowak-001", ""),
        lambda: office.fail(session, "anna.nowak-001", "powód", seen=99),
    ):
        with pytest.raises(Refused):
            act()
    assert usos.services.store.revision() == before
