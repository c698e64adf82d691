"""What every adapter of the store port does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from mleg_tui.domain.account import Account
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.services.store import (
    KINDS,
    Conflict,
    DuplicateKey,
    NotFound,
    Record,
    Store,
    View,
    Work,
)
from tests.stores.samples import account, cancelled, every_kind, order

T = TypeVar("T")


def find(store: Store, id_: str = "AGH-1") -> Order | None:
    return store.read(lambda view: view.find(Order, id_))


def orders(store: Store, **equal: str) -> list[str]:
    return [found.id for found in store.read(lambda view: view.select(Order, **equal))]


def refuse(error: type[Exception]) -> Callable[[Work], None]:
    def change(work: Work) -> None:
        work.add(order("AGH-2"))
        work.save(cancelled(work.get(Order, "AGH-1")))
        raise error

    return change


@pytest.mark.parametrize("record", every_kind(), ids=lambda record: type(record).__name__)
def test_a_record_of_every_kind_comes_back_as_it_was(store: Store, record: Record) -> None:
    store.transact(lambda work: work.add(record))
    kept = store.read(lambda view: view.get(type(record), record.id))
    assert kept == replace(record, version=1)


def test_every_kind_has_a_sample() -> None:
    assert {type(record) for record in every_kind()} == set(KINDS.values())


def test_a_new_store_is_empty(store: Store) -> None:
    assert find(store) is None
    for kind in KINDS.values():
        assert store.read(lambda view, kind=kind: view.select(kind)) == ()  # type: ignore[misc]


def test_get_names_what_is_missing(store: Store) -> None:
    with pytest.raises(NotFound) as refusal:
        store.read(lambda view: view.get(Order, "AGH-9"))
    assert refusal.value.details == {"id": "AGH-9"}


def test_versions_count_from_one(store: Store) -> None:
    assert store.transact(lambda work: work.add(order())).version == 1
    assert store.transact(lambda work: work.save(work.get(Order, "AGH-1"))).version == 2
    again = store.transact(lambda work: work.save(work.save(work.get(Order, "AGH-1"))))
    assert again.version == 4
    assert find(store) == again


def test_the_same_id_twice_is_refused(store: Store) -> None:
    store.transact(lambda work: work.add(order()))
    with pytest.raises(DuplicateKey):
        store.transact(lambda work: work.add(order()))
    with pytest.raises(DuplicateKey):
        store.transact(lambda work: [work.add(account("x")), work.add(account("x"))])


def test_kinds_do_not_share_ids(store: Store) -> None:
    store.transact(lambda work: [work.add(order("x")), work.add(account("x"))])
    assert store.read(lambda view: view.get(Account, "x")).name == "Żółć"


@pytest.mark.parametrize("errand", [Work.save, Work.remove])
def test_what_was_not_seen_is_not_overwritten(store: Store, errand: Any) -> None:
    seen = store.transact(lambda work: work.add(order()))
    newer = store.transact(lambda work: work.save(cancelled(seen)))
    with pytest.raises(Conflict):
        store.transact(lambda work: getattr(work, errand.__name__)(seen))
    assert find(store) == newer


@pytest.mark.parametrize("errand", [Work.save, Work.remove])
def test_what_is_not_there_cannot_be_changed(store: Store, errand: Any) -> None:
    with pytest.raises(NotFound):
        store.transact(lambda work: getattr(work, errand.__name__)(order()))


def test_a_removed_record_is_gone_and_its_id_free(store: Store) -> None:
    kept = store.transact(lambda work: work.add(order()))
    store.transact(lambda work: work.remove(kept))
    assert find(store) is None
    assert orders(store, student="anna") == []
    assert store.transact(lambda work: work.add(order())).version == 1


@pytest.mark.parametrize("error", [Conflict, ZeroDivisionError, KeyboardInterrupt])
def test_an_exception_leaves_all_as_it_was(store: Store, error: type[Exception]) -> None:
    before = store.transact(lambda work: work.add(order()))
    revision = store.revision()
    with pytest.raises(error):
        store.transact(refuse(error))
    assert orders(store) == ["AGH-1"]
    assert find(store) == before
    assert store.revision() == revision
    store.transact(lambda work: work.add(order("AGH-2")))


def test_a_store_is_cleared_of_what_is_there_and_of_what_was_just_added(store: Store) -> None:
    store.transact(lambda work: [work.add(record) for record in every_kind()])

    def change(work: Work) -> None:
        work.add(order("AGH-2"))
        work.clear()
        assert [work.select(kind) for kind in KINDS.values()] == [()] * len(KINDS)
        assert work.find(Order, "AGH-1") is None
        work.restore([replace(order("AGH-1"), version=7)])

    store.transact(change)
    kept = store.read(lambda view: [one for kind in KINDS.values() for one in view.select(kind)])
    assert kept == [replace(order("AGH-1"), version=7)]


def test_work_sees_its_own_writes(store: Store) -> None:
    store.transact(lambda work: [work.add(order("AGH-1")), work.add(order("AGH-3"))])

    def change(work: Work) -> list[list[str]]:
        work.add(order("AGH-2"))
        work.save(cancelled(work.get(Order, "AGH-1")))
        work.remove(work.get(Order, "AGH-3"))
        return [
            [found.id for found in work.select(Order, status=status)]
            for status in (OrderStatus.PENDING, OrderStatus.CANCELLED)
        ]

    assert store.transact(change) == [["AGH-2"], ["AGH-1"]]
    assert orders(store) == ["AGH-1", "AGH-2"]


def test_a_view_stays_as_it_was(store: Store) -> None:
    store.transact(lambda work: work.add(order("AGH-1")))

    def look(view: View) -> tuple[list[Order | None], tuple[Order, ...]]:
        store.transact(lambda work: work.add(order("AGH-2")))
        return [view.find(Order, "AGH-2")], view.select(Order, student="anna")

    seen, listed = store.read(look)
    assert seen == [None]
    assert [found.id for found in listed] == ["AGH-1"]
    assert orders(store) == ["AGH-1", "AGH-2"]


def test_a_transaction_shows_nothing_before_it_ends(store: Store) -> None:
    def change(work: Work) -> Order | None:
        work.add(order())
        return find(store)

    assert store.transact(change) is None
    assert find(store) is not None


def test_select_narrows_and_sorts(store: Store) -> None:
    def fill(work: Work) -> None:
        for id_, student in (("3", "anna"), ("1", "jan"), ("10", "anna"), ("2", "anna")):
            work.add(order(id_, student))
        work.save(cancelled(work.get(Order, "2")))

    store.transact(fill)
    assert orders(store) == ["1", "10", "2", "3"]
    assert orders(store, student="anna") == ["10", "2", "3"]
    assert orders(store, student="anna", status=OrderStatus.CANCELLED) == ["2"]
    assert orders(store, status="PENDING") == ["1", "10", "3"]
    assert orders(store, student="nobody") == []


@pytest.mark.parametrize("ask", [Store.read, Store.transact])
def test_select_without_an_index_is_a_mistake_of_the_program(store: Store, ask: Any) -> None:
    with pytest.raises(TypeError, match="Order has no index on university"):
        getattr(store, ask.__name__)(lambda view: view.select(Order, university="agh"))


def test_the_revision_tells_that_something_changed(store: Store) -> None:
    revisions = [store.revision()]
    store.transact(lambda work: work.add(order()))
    revisions.append(store.revision())
    store.transact(lambda work: work.save(work.get(Order, "AGH-1")))
    revisions.append(store.revision())
    assert len(set(revisions)) == 3


def test_the_revision_stays_where_nothing_changed(store: Store) -> None:
    store.transact(lambda work: work.add(order()))
    revision = store.revision()
    store.transact(lambda work: work.get(Order, "AGH-1"))
    store.transact(lambda work: work.remove(work.add(order("AGH-2"))))
    assert store.revision() == revision


def test_transactions_of_threads_decide_one_after_another(store: Store) -> None:
    store.transact(lambda work: work.add(order()))

    def count() -> None:
        for _ in range(10):
            store.transact(lambda work: work.save(work.get(Order, "AGH-1")))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = find(store)
    assert kept is not None
    assert kept.version == 41


def test_a_transaction_inside_a_transaction_is_a_mistake_of_the_program(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        store.transact(lambda _: store.transact(lambda work: work.add(order())))
    assert find(store) is None
