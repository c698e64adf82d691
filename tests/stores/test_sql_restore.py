"""Databases take records in as they come, however many, and all that hangs together with them."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.order import Order
from mleg_tui.domain.student import Student
from mleg_tui.services.store import DuplicateKey, Query, Record, Store, View, Work
from mleg_tui.stores.sql.store import SqlStore
from tests.stores.conftest import Locate
from tests.stores.samples import cancelled, order, student, university, world
from tests.stores.test_queries import scanned

NAMED = Query(Order, words=("zak",), by="turns")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(locate(request.param, tmp_path))) as opened:
        yield opened


def orders(count: int) -> Iterator[Order]:
    return (replace(order(f"s{n}-1", f"s{n}"), version=2) for n in range(count))


def students(count: int) -> Iterator[Student]:
    return (replace(student(), id=f"s{n}", last_name="Żak", version=1) for n in range(count))


def restore_all(count: int, work: Work) -> None:
    work.restore(students(count))
    work.restore(orders(count))


def check_named(view: View, count: int) -> None:
    assert [one.id for one in view.page(NAMED)] == scanned(view, NAMED)
    assert view.count(NAMED) == count


@pytest.mark.parametrize("is_new", [True, False])
def test_the_order_of_records_does_not_matter(store: Store, is_new: bool) -> None:  # noqa: FBT001 - a parameter
    if not is_new:
        store.transact(lambda work: work.add(student()))

    def restore(work: Work) -> None:
        rest: list[Record] = [replace(world(), version=1), replace(university(), version=1)]
        work.restore([*orders(1200), *students(1200), *rest])
        check_named(work, 1200)

    store.transact(restore)
    store.read(lambda view: check_named(view, 1200))


@pytest.mark.parametrize("place", [1, 499, 700])
def test_the_same_record_twice_is_told_and_nothing_is_kept(store: Store, place: int) -> None:
    kept = list(orders(701))
    with pytest.raises(DuplicateKey) as refusal:
        store.transact(lambda work: work.restore([*kept[: place + 1], kept[0], *kept[place + 1 :]]))
    assert refusal.value.details == {"id": "s0-1"}
    assert store.read(lambda view: view.count(Query(Order))) == 0


def test_what_is_restored_can_be_changed_at_once(store: Store) -> None:
    def change(work: Work) -> None:
        work.add(order("own"))
        work.restore([*students(3), *orders(3)])
        work.save(cancelled(work.get(Order, "s1-1")))
        work.remove(work.get(Order, "s2-1"))
        assert [(one.id, one.version) for one in work.stream(Order)] == [
            ("own", 1),
            ("s0-1", 2),
            ("s1-1", 3),
        ]
        assert {name for (_, name), _ in work.moved()} == {"own", "s1-1", "s2-1"}
        with pytest.raises(DuplicateKey):
            work.restore(orders(1))

    store.transact(change)
    store.read(lambda view: check_named(view, 2))


def test_more_records_need_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 4000):
        with closing(open_store(f"sqlite:{tmp_path / str(count)}.db")) as store:
            assert isinstance(store, SqlStore)
            tracemalloc.start()
            store.transact(partial(restore_all, count))
            store.read(lambda view: sum(1 for _ in view.stream(Order)))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    few, many = peaks
    assert many < 1.3 * few + 500_000
