"""Pages of rows, counts and the log of changes, alike in every adapter."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.audit import Event
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.columns import (
    NEVER,
    columns_of,
    finds,
    moment,
    number_column,
    searched_words,
    sort_key,
)
from mleg_tui.services.store import Change, DuplicateKey, Query, Span, Store, View, Where, Work
from mleg_tui.simulation.faults import Outage
from mleg_tui.simulation.world import WORLD_ID, World
from tests.stores.samples import NOW, cancelled, order, ready, student, university, world

_NAMES = ("Anna Nowak-Źrebięca", "Jan Żółć", "Ola Wiśniewska", "Łucja Nowak", "Ewa Lis")
_BY = ("id", "placed", "changed", "number", "name", "ends", "turns", "university", "student")


def a_student(number: int) -> Student:
    first, last = _NAMES[number % len(_NAMES)].split(" ")
    return replace(
        student(),
        id=f"s{number}",
        first_name=first,
        last_name=last,
        student_number=str(90 + number * 7),
    )


def an_order(number: int) -> Order:
    made = replace(
        order(f"s{number % 9}-{number:03}", f"s{number % 9}"),
        order_date=NOW + timedelta(minutes=number * 13 % 60),
        student_number=str(90 + number % 9 * 7),
        expiration_date=date(2027, 3, 1) + timedelta(days=number % 5),
    )
    return {0: made, 1: ready(made), 2: cancelled(made)}[number % 3]


def fill(work: Work) -> None:
    work.add(world())
    work.add(university())
    for number in range(9):
        work.add(a_student(number))
    for number in range(40):
        work.add(an_order(number))


@pytest.fixture
def filled(store: Store) -> Store:
    store.transact(fill)
    return store


def ids(store: Store, query: Query[Order], start: int = 0, count: int | None = None) -> list[str]:
    return [one.id for one in store.read(lambda view: view.page(query, start, count))]


def scanned(view: View, query: Query[Order]) -> list[str]:
    """Return what a query finds, from the meaning of its parts."""
    found = [one for one in view.select(Order) if finds(query, one, view)]
    found.sort(key=lambda one: (sort_key(query, one, view), one.id), reverse=query.descending)
    return [one.id for one in found]


def a_query(chance: random.Random) -> Query[Order]:
    """Return a query like those of the office, and some that nobody asks."""
    wheres: tuple[tuple[Where, ...], ...] = (
        (),
        ({"status": OrderStatus.READY.value},),
        ({"status": "PENDING"}, {"status": "CANCELLED", "university": "agh"}),
        ({"university": "pwr"},),
        ({"placed": Span(moment(NOW), moment(NOW + timedelta(minutes=30)))},),
        ({"status": "READY", "turns": Span(below=NEVER), "ends": Span(moment(NOW))},),
        ({"status": "READY", "turns": Span(below=moment(NOW + timedelta(days=150)))},),
        ({"turns": Span(moment(NOW))},),
    )
    words = ("", "now", "nowak a", "zolc", "s1", "s1-0", "97", "źrebięca", "x", "wis 1", "a", "0")
    return Query(
        Order,
        words=searched_words(chance.choice(words)),
        either=chance.choice(wheres),
        by=chance.choice(_BY),
        descending=chance.random() < 0.5,
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_page_is_what_a_scan_finds(filled: Store, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    for _ in range(25):
        query = a_query(chance)
        whole = filled.read(lambda view, query=query: scanned(view, query))  # type: ignore[misc]
        start, count = chance.randrange(12), chance.choice([None, 0, 1, 5, 100])
        assert ids(filled, query) == whole, query
        end = None if count is None else start + count
        assert ids(filled, query, start, count) == whole[start:end], query
        most = chance.choice([None, 1, 3, 1000])
        counted = filled.read(lambda view, q=query, m=most: view.count(q, most=m))  # type: ignore[misc]
        assert counted == (len(whole) if most is None else min(most, len(whole))), query


def test_a_transaction_sees_its_own_changes_in_a_page(filled: Store) -> None:
    query = Query(Order, either=({"status": "CANCELLED"},), by="placed")

    def change(work: Work) -> tuple[list[str], list[str], int]:
        pending = work.page(Query(Order, either=({"status": "PENDING"},)))
        work.save(cancelled(pending[0]))
        work.remove(work.page(query)[0])
        work.add(cancelled(replace(order("new", "s1"), order_date=NOW)))
        return (
            [one.id for one in work.page(query)],
            scanned(work, query),
            work.count(query),
        )

    paged, scan, counted = filled.transact(change)
    assert paged == scan
    assert counted == len(scan)
    assert ids(filled, query) == scan


def test_what_follows_from_another_record_follows_it(filled: Store) -> None:
    def rename(work: Work) -> None:
        work.save(replace(work.get(Student, "s1"), last_name="Abacka", student_number="5"))

    filled.transact(rename)
    found = ids(filled, Query(Order, words=("abac",), by="name"))
    assert found
    assert all(id_.startswith("s1-") for id_ in found)
    assert ids(filled, Query(Order, by="name"))[: len(found)] == found
    assert not ids(filled, Query(Order, words=("zolc", "s1-")))


def test_when_an_order_turns_follows_the_switches(filled: Store) -> None:
    due = Query(Order, either=({"status": "PENDING", "turns": Span(below=NEVER)},), by="turns")

    def switch(*, down: bool) -> None:
        def change(work: Work) -> None:
            known = work.get(World, WORLD_ID)
            outages = (Outage(NOW - timedelta(days=1)),) if down else ()
            work.save(replace(known, faults=replace(known.faults, agent=outages)))

        filled.transact(change)

    switch(down=False)
    assert len(ids(filled, due)) == 14
    switch(down=True)
    assert ids(filled, due) == []
    switch(down=False)
    first = filled.read(lambda view: view.page(due, 0, 1)[0])
    turns = filled.read(lambda view: columns_of(view.get(Order, first.id), view)["turns"])
    assert NOW + timedelta(minutes=1) > NOW
    assert turns == min(
        filled.read(lambda view: [columns_of(one, view)["turns"] for one in view.page(due)])
    )

    def slow(work: Work) -> None:
        known = work.get(University, "agh")
        work.save(
            replace(
                known,
                durations=replace(
                    known.durations, pending=replace(known.durations.pending, least=7200, most=7200)
                ),
            )
        )

    filled.transact(slow)
    soonest = filled.read(lambda view: columns_of(view.page(due, 0, 1)[0], view)["turns"])
    assert soonest > turns
    assert (
        ids(filled, due._replace(either=({"status": "PENDING", "turns": Span(below=soonest)},)))
        == []
    )


def test_an_order_without_its_student_is_found_by_what_is_known(store: Store) -> None:
    store.transact(lambda work: work.add(order("AGH-1", "nobody")))
    assert ids(store, Query(Order, words=("agh", "400001"), by="name")) == ["AGH-1"]
    assert ids(store, Query(Order, either=({"turns": NEVER},))) == ["AGH-1"]


def test_students_and_events_are_found_by_their_words(filled: Store) -> None:
    def event(work: Work) -> None:
        for number in range(3):
            work.add(
                Event(
                    id=f"e{number}",
                    at=NOW + timedelta(hours=number),
                    real_at=NOW,
                    actor="dziekanat" if number else "",
                    table="orders",
                    record=f"s{number}-001",
                    changes=(),
                    reason="Skreślenie z listy studentów." if number == 1 else None,
                )
            )

    filled.transact(event)

    def found(query: Query[Event]) -> list[str]:
        return [one.id for one in filled.read(lambda view: view.page(query))]

    assert found(Query(Event, words=("skresl",))) == ["e1"]
    assert found(Query(Event, words=("orders",), descending=True)) == ["e2", "e1", "e0"]
    assert found(Query(Event, either=({"actor": ""},))) == ["e0"]
    assert found(Query(Event, either=({"at": Span(moment(NOW + timedelta(hours=1)))},))) == [
        "e1",
        "e2",
    ]
    numbered = Query(Student, either=({"number": number_column("97")},))
    assert [one.id for one in filled.read(lambda view: view.page(numbered))] == ["s1"]
    named = Query(Student, words=("nowak",), by="name")
    assert [one.id for one in filled.read(lambda view: view.page(named))] == [
        "s3",
        "s8",
        "s0",
        "s5",
    ]


def test_many_and_stream(filled: Store) -> None:
    def look(view: View) -> tuple[set[str], list[str]]:
        return set(view.many(Student, ("s1", "s2", "nobody", "s1"))), [
            one.id for one in view.stream(Order)
        ]

    several, streamed = filled.read(look)
    assert several == {"s1", "s2"}
    assert streamed == sorted(an_order(number).id for number in range(40))


def names(records: Iterable[Change] | None) -> set[tuple[str, str, str]]:
    assert records is not None
    return {tuple(one) for one in records}  # type: ignore[misc]


def test_the_log_names_what_changed_and_whose_it_is(filled: Store) -> None:
    start = filled.changes("")
    assert start.records is None
    assert filled.changes(start.revision) == start._replace(records=frozenset())

    filled.transact(
        lambda work: work.save(
            cancelled(work.page(Query(Order, either=({"status": "PENDING"},)))[0])
        )
    )
    one = filled.changes(start.revision)
    assert one.revision == filled.revision() != start.revision
    assert names(one.records) == {("orders", "s0-000", "s0")}

    filled.transact(lambda work: work.remove(work.get(Student, "s2")))
    assert names(filled.changes(one.revision).records) == {("students", "s2", "s2")}
    assert len(names(filled.changes(start.revision).records)) == 2
    assert filled.changes("no such revision").records is None


def test_another_handle_learns_from_the_log(url: str) -> None:
    with closing(open_store(url)) as one, closing(open_store(url)) as other:
        one.transact(fill)
        seen = other.changes("")
        one.transact(lambda work: work.save(cancelled(work.get(Order, "s0-000"))))
        one.transact(lambda work: work.add(order("s1-100", "s1")))
        news = other.changes(seen.revision)
        assert names(news.records) == {("orders", "s0-000", "s0"), ("orders", "s1-100", "s1")}
        assert other.changes(news.revision).records == frozenset()


def test_a_refused_transaction_is_in_no_log(filled: Store) -> None:
    start = filled.changes("")
    with pytest.raises(DuplicateKey):
        filled.transact(lambda work: [work.add(order("x", "s1")), work.add(order("x", "s1"))])
    filled.transact(lambda work: work.find(Order, "x"))
    assert filled.changes(start.revision) == start._replace(records=frozenset())


def test_records_are_restored_as_they_are_and_once(store: Store) -> None:
    kept = [replace(an_order(number), version=7) for number in range(12)]
    store.transact(lambda work: work.restore(iter(kept)))
    assert {one.version for one in store.read(lambda view: view.select(Order))} == {7}
    with pytest.raises(DuplicateKey):
        store.transact(lambda work: work.restore(iter(kept[:1])))


def test_a_page_amid_a_transactions_own_changes_is_that_of_a_scan(filled: Store) -> None:
    query = Query(Order, either=({"status": "PENDING"}, {"status": "CANCELLED"}), by="placed")

    def change(work: Work) -> None:
        for one in work.page(query, 3, 4):
            if one.status is OrderStatus.PENDING:
                work.save(cancelled(one))
            else:
                work.remove(one)
        work.add(replace(order("new", "s1"), order_date=NOW + timedelta(minutes=20)))
        for turned in (query, query._replace(descending=True)):
            whole = scanned(work, turned)
            for start in range(0, len(whole), 3):
                page = [one.id for one in work.page(turned, start, 4)]
                assert page == whole[start : start + 4]
            assert [work.count(turned, most=most) for most in (None, 2, 1000)] == [
                len(whole),
                2,
                len(whole),
            ]

    filled.transact(change)
