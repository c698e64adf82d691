"""Pages, counts and long lists of the office are what a look at everything would find."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mleg_tui.domain.audit import Event
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Els, Student
from mleg_tui.services import pages
from mleg_tui.services.audit_log import EventFilter
from mleg_tui.services.columns import folded
from mleg_tui.services.office_orders import OfficeOrders
from mleg_tui.services.order_queries import OrderFilter, Sorting, rows_of
from mleg_tui.services.order_rows import OrderRow
from mleg_tui.services.student_rows import StudentFilter, StudentSorting
from tests.factories import NOW, House, house, order, student

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_STUDENTS = (
    ("Anna", "Nowak-Źrebięca", "agh"),
    ("Jan", "Żółć", "pwr"),
    ("Ola", "Nowak", "umcs"),
    ("Ewa", "Lis", "agh"),
)


def some_order(chance: random.Random, number: int) -> Order:
    who = number % len(_STUDENTS)
    made = order(
        chance.choice(list(OrderStatus)),
        now=NOW - chance.randrange(20) * DAY,
        id=f"s{who}-{number:03}",
        student=f"s{who}",
        university=_STUDENTS[who][2],
        student_number=str(95 + who * 3),
        expiration_date=date(2026, 9, 30) + chance.randrange(40) * DAY,
    )
    until = NOW + chance.randrange(-50, 90) * HOUR
    return replace(made, codes_expiration=until if made.codes else None)


@pytest.fixture
def usos() -> House:
    built, chance = house(), random.Random(7)  # noqa: S311 - reproducible
    for number, (first, last, university) in enumerate(_STUDENTS):
        built.keep(
            student(
                id=f"s{number}",
                first_name=first,
                last_name=last,
                university=university,
                student_number=str(95 + number * 3),
                els=Els(date(2026, 1, 1), date(2026, 10, 1) + number * 3 * DAY, last),
            )
        )
    for number in range(90):
        built.keep(some_order(chance, number))
    return built


@pytest.fixture
def orders(usos: House) -> OfficeOrders:
    return usos.services.office_orders


def some_filter(chance: random.Random) -> OrderFilter:
    return OrderFilter(
        text=chance.choice(["", "", "now", "zolc jan", "s1", "98", "nowak a", "x"]),
        statuses=frozenset(chance.sample(list(OrderStatus), chance.choice([0, 0, 1, 2, 5]))),
        university=chance.choice([None, None, "agh", "pwr", "nowhere"]),
        older_than=chance.choice([None, None, 2 * HOUR, 5 * DAY, timedelta.max]),
    )


def searched(row: OrderRow) -> str:
    """Return what a search looks in: surname, first name, album number and id."""
    first_name, last_name = row.student.split(maxsplit=1)
    return folded(f"{last_name} {first_name} {row.student_number} {row.id}")


def scanned(usos: House, wanted: OrderFilter) -> list[OrderRow]:
    """Return what a filter lets through, from the meaning of its parts."""
    now = usos.services.time.show().now
    orders = sorted(usos.orders(), key=lambda one: (one.order_date, one.id), reverse=True)
    rows = usos.services.store.read(lambda view: rows_of(view, orders, now))
    placed_by = None if wanted.older_than == timedelta.max else now - (wanted.older_than or DAY)
    return [
        row
        for row in rows
        if all(
            any(word.startswith(one) for word in searched(row).replace("-", " ").split())
            or searched(row).split()[-1].startswith(one)
            for one in wanted.text.split()
        )
        and (not wanted.statuses or row.status in wanted.statuses)
        and wanted.university in (None, row.university_id)
        and (wanted.older_than is None or (placed_by is not None and row.order_date <= placed_by))
    ]


def key(by: Sorting) -> Callable[[OrderRow], tuple[object, ...]]:
    """Return by what rows are sorted; those of one status, the newest first."""
    keys: dict[Sorting, Callable[[OrderRow], object]] = {
        Sorting.ORDER_DATE: lambda row: row.order_date,
        Sorting.STATUS: lambda row: list(OrderStatus).index(row.status),
        Sorting.STUDENT: lambda row: searched(row).rsplit(maxsplit=2)[0],
        Sorting.STUDENT_NUMBER: lambda row: row.student_number.zfill(12),
        Sorting.UNIVERSITY: lambda row: row.university_id,
        Sorting.CHANGED: lambda row: row.changed_at,
    }
    return lambda row: (keys[by](row), "" if by is Sorting.STATUS else row.id)


@pytest.mark.parametrize("seed", range(8))
def test_a_page_of_orders_is_what_a_scan_finds(
    usos: House, orders: OfficeOrders, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_CHUNK", 7)
    chance, office = random.Random(seed), usos.session("dziekanat")  # noqa: S311 - reproducible
    for _ in range(15):
        wanted, by = some_filter(chance), chance.choice(list(Sorting))
        descending, start = chance.random() < 0.5, chance.randrange(20)
        whole = sorted(scanned(usos, wanted), key=key(by), reverse=descending)
        if by is Sorting.STATUS:  # the newest of a state first, whichever way the states go
            whole.sort(key=lambda row: (row.order_date, row.id), reverse=True)
            whole.sort(key=key(by), reverse=descending)
        asked = replace(wanted, by=by, descending=descending)
        page = orders.find(office, asked, start, count=9)
        assert [row.id for row in page.rows] == [row.id for row in whole[start : start + 9]]
        assert page.rows == tuple(whole[start : start + 9])
        assert list(orders.stream(office, asked)) == whole, asked
        for most in (None, 1, 1000):
            counted = orders.find(office, asked, start, count=9, most=most)
            assert counted.number == (len(whole) if most is None else min(most, len(whole)))
            assert counted.is_counted is (most is None or len(whole) < most)
            assert counted.total == len(usos.orders())


@pytest.mark.parametrize("seed", range(4))
def test_counters_are_those_of_a_scan(usos: House, orders: OfficeOrders, seed: int) -> None:
    chance, office = random.Random(seed), usos.session("dziekanat")  # noqa: S311 - reproducible
    for _ in range(15):
        wanted = some_filter(chance)
        rows, counted = scanned(usos, wanted), orders.counters(office, wanted)
        states = Counter(row.status for row in rows)
        assert counted.by_status == {status: states[status] for status in OrderStatus}
        days = Counter(warsaw_date(row.order_date) for row in rows)
        assert counted.by_day == tuple(sorted(days.items()))


def shown(usos: House, wanted: OrderFilter, by: Sorting) -> tuple[object, datetime | None]:
    office, orders = usos.session("dziekanat"), usos.services.office_orders
    page = orders.find(office, replace(wanted, by=by), start=3, count=8)
    return page.rows, page.holds_until


@pytest.mark.parametrize("seed", range(6))
def test_a_page_holds_until_it_says(usos: House, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    wanted, by = some_filter(chance), chance.choice(list(Sorting))
    usos.services.progression.catch_up()
    before, until = shown(usos, wanted, by)
    for _ in range(60):
        usos.later(hours=4)
        now = usos.services.time.show().now
        present, later = shown(usos, wanted, by)
        assert present == before or (until is not None and until <= now), (wanted, by)
        if until is not None and until <= now:
            before, until = present, later


def test_a_page_that_turns_says_when(usos: House, orders: OfficeOrders) -> None:
    office = usos.session("dziekanat")
    (next_one,) = [
        coming
        for coming in usos.services.simulation.whats_next(office, 1000)
        if coming.status is OrderStatus.CODES_EXPIRED
    ][:1]
    wanted = OrderFilter(statuses=frozenset({OrderStatus.CODES_EXPIRED}))
    page, number = orders.find(office, wanted, count=1), orders.find(office, wanted, count=0)
    assert page.holds_until == number.holds_until
    assert page.holds_until is not None
    assert page.holds_until <= next_one.at
    usos.services.time.forward_to(next_one.at)
    assert orders.find(office, wanted).number != number.number
    assert orders.find(office, OrderFilter(), count=0).holds_until is None


def test_a_page_of_students_is_what_a_scan_finds(
    usos: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_CHUNK", 2)
    office, students = usos.session("dziekanat"), usos.services.office_students
    everybody = {row.id: row for row in students.stream(office, StudentFilter())}
    known = usos.services.store.read(lambda view: view.select(Student))
    keys: dict[StudentSorting, Callable[[Student], str]] = {
        StudentSorting.LOGIN: lambda one: one.id,
        StudentSorting.STUDENT_NUMBER: lambda one: (one.student_number or "").zfill(12),
        StudentSorting.UNIVERSITY: lambda one: one.university,
    }
    for by, key_of in keys.items():
        for descending in (False, True):
            for university in (None, "agh", "pwr"):
                wanted = StudentFilter("", university, by, descending)
                of = [one for one in known if university in (None, one.university)]
                of.sort(key=lambda one: (key_of(one), one.id), reverse=descending)
                rows = [everybody[one.id] for one in of]
                page = students.find(office, wanted, start=1, count=3)
                assert page.rows == tuple(rows[1:4])
                assert list(students.stream(office, wanted)) == rows
                assert (page.number, page.total) == (len(rows), len(known))
    found = students.find(office, StudentFilter("nowak", by=StudentSorting.NAME)).rows
    assert [row.name for row in found] == ["Anna Nowak", "Ola Nowak", "Anna Nowak-Źrebięca"]


def test_a_page_of_students_says_when_a_card_runs_out(usos: House) -> None:
    office, students = usos.session("dziekanat"), usos.services.office_students
    wanted = StudentFilter("s1")
    page = students.find(office, wanted)
    assert page.rows[0].els_valid_until == date(2026, 10, 4)
    assert page.holds_until is None  # it ran out yesterday
    of_agh = students.find(office, StudentFilter("s3"))
    assert of_agh.rows[0].els_valid_until == date(2026, 10, 10)
    assert of_agh.holds_until == datetime.fromisoformat("2026-10-11T00:00+02:00")


def test_events_are_streamed_in_order(usos: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_CHUNK", 3)
    office, log = usos.session("dziekanat"), usos.services.audit_log
    usos.services.progression.catch_up()  # many at one moment
    for minute in range(4):
        usos.later(minutes=minute)
        usos.services.office_students.suspend(office, "s1")
        usos.services.office_students.reinstate(office, "s1")
    kept = usos.services.store.read(lambda view: view.select(Event))
    newest = sorted(kept, key=lambda event: (event.at, event.id), reverse=True)
    assert list(log.stream(office, EventFilter())) == newest
    wanted = EventFilter(since=NOW + timedelta(minutes=1), actor="dziekanat")
    assert list(log.stream(office, wanted)) == [
        event for event in newest if event.actor and event.at >= NOW + timedelta(minutes=1)
    ]
    assert log.find(office, wanted, most=2).number == 2


def test_an_order_whose_student_is_missing_is_a_row_like_others(usos: House) -> None:
    usos.keep(order(OrderStatus.READY, id="nobody-001", student="nobody"))
    office, orders = usos.session("dziekanat"), usos.services.office_orders
    (row,) = orders.find(office, OrderFilter("nobody")).rows
    assert (row.student, row.student_id) == ("nobody", "nobody")
    assert orders.order(office, "nobody-001").row == row
