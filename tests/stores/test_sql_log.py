"""The log of changes and the counts of records in databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Query, Store, Work
from mleg_tui.stores.sql import change_log
from tests.stores.conftest import Locate
from tests.stores.samples import cancelled, order


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(locate(request.param, tmp_path))) as opened:
        opened.transact(lambda work: work.add(order("first")))
        yield opened


def add(store: Store, id_: str) -> None:
    store.transact(lambda work: work.add(order(id_)))


def ids(store: Store, since: str) -> set[str] | None:
    records = store.changes(since).records
    return None if records is None else {change.id for change in records}


def counted(store: Store) -> int:
    return store.read(lambda view: view.count(Query(Order)))


def test_the_log_goes_back_to_the_last_thousand(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "REMEMBERED", 7)
    start = store.revision()
    for number in range(6):
        add(store, f"{number}")
    assert ids(store, start) == {"0", "1", "2", "3", "4", "5"}
    almost = store.revision()
    add(store, "6")
    assert ids(store, start) is None
    add(store, "7")
    assert ids(store, almost) == {"6", "7"}
    assert counted(store) == 9


def test_what_nobody_knows_of_is_told(store: Store) -> None:
    for since in ("", "x", "-1", "999999", f"{store.revision()}0"):
        assert store.changes(since).records is None, since
        assert store.changes(since).revision == store.revision()


def test_a_change_of_very_much_is_told_as_such(store: Store) -> None:
    start = store.revision()
    store.transact(lambda work: [work.add(order(f"{n:03}")) for n in range(500)])
    known = store.changes(start)
    assert known.records is not None
    assert len(known.records) == 500
    store.transact(
        lambda work: work.restore(replace(order(f"r{n}"), version=1) for n in range(501))
    )
    assert store.changes(known.revision).records is None
    add(store, "last")
    assert store.changes(known.revision).records is None
    assert counted(store) == 1003


def test_records_are_counted_through_everything(store: Store) -> None:
    def change(work: Work) -> list[int]:
        numbers = [work.count(Query(Order))]
        work.add(order("second"))
        work.remove(work.save(cancelled(work.get(Order, "first"))))
        numbers.append(work.count(Query(Order)))
        work.restore([replace(order("third"), version=1)])
        numbers.append(work.count(Query(Order)))
        work.remove(work.get(Order, "second"))
        return [*numbers, work.count(Query(Order))]

    assert store.transact(change) == [1, 1, 2, 1]
    assert counted(store) == 1

    def begin_anew(work: Work) -> list[int]:
        work.add(order("fourth"))
        work.clear()
        numbers = [work.count(Query(Order))]
        work.restore([replace(order("third"), version=4), replace(order("fifth"), version=1)])
        return [*numbers, work.count(Query(Order))]

    assert store.transact(begin_anew) == [0, 2]
    assert counted(store) == 2

    def fail(work: Work) -> None:
        work.clear()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(fail)
    assert [one.id for one in store.read(lambda view: view.select(Order))] == ["fifth", "third"]
    assert counted(store) == 2


def test_counts_that_are_lost_are_made_anew(store: Store) -> None:
    table = store._layout.changes  # type: ignore[attr-defined]
    with store._database.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(table.delete())
        connection.commit()
    add(store, "second")
    assert counted(store) == 2
