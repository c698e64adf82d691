"""Databases that older versions of the program made."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from mleg_tui.compose import open_store
from mleg_tui.domain.order import Order
from mleg_tui.services import columns
from mleg_tui.services.store import (
    INDEXED,
    KINDS,
    Change,
    Query,
    Record,
    StoreCorrupt,
    View,
    table_name,
)
from mleg_tui.stores import schema
from mleg_tui.stores.codec import Document, to_line
from mleg_tui.stores.sql import layout
from mleg_tui.stores.sql.database import Database
from tests.stores.conftest import Locate
from tests.stores.samples import cancelled, order, student, university, world
from tests.stores.test_queries import scanned


def rename_student(table: str, document: Document) -> Iterator[tuple[str, Document]]:
    """Stand for a change of schema: every student has another login."""
    if table == "orders":
        document["student"] = document["student"].upper()
    yield table, document


def break_down(table: str, document: Document) -> Iterator[tuple[str, Document]]:
    yield table, document["nothing"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> str:
    url = locate(request.param, tmp_path)
    with closing(open_store(url)) as store:
        store.transact(lambda work: [work.add(order("1")), work.add(order("2"))])
    return url


def of_student(url: str, student: str) -> list[str]:
    with closing(open_store(url)) as store:
        found = store.read(lambda view: view.select(Order, student=student))
        return [order.id for order in found]


def upgrade(monkeypatch: pytest.MonkeyPatch, step: schema.Step) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", {schema.CURRENT: step})
    monkeypatch.setattr(schema, "CURRENT", schema.CURRENT + 1)


def test_an_older_schema_is_read_and_the_next_transaction_brings_it_to_todays(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(monkeypatch, rename_student)
    assert of_student(url, "ANNA") == ["1", "2"]
    with closing(open_store(url)) as store:
        store.transact(lambda _: None)
    assert of_student(url, "ANNA") == ["1", "2"]
    monkeypatch.setattr(schema, "MIGRATIONS", {})  # it is not needed any more
    assert of_student(url, "ANNA") == ["1", "2"]
    with closing(open_store(url)) as store:
        store.transact(lambda work: work.add(order("3", "ANNA")))
    assert of_student(url, "ANNA") == ["1", "2", "3"]


def test_a_migration_that_fails_touches_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        upgrade(patch, break_down)
        with closing(open_store(url)) as store:
            for ask in (store.read, store.transact):
                with pytest.raises(StoreCorrupt):
                    ask(lambda view: view.find(Order, "1"))
    assert of_student(url, "anna") == ["1", "2"]


def test_a_new_index_is_made(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**INDEXED, "orders": ("student", "status", "student_number")}
    for module in ("mleg_tui.stores.sql.layout", "mleg_tui.stores.sql.tables"):
        monkeypatch.setattr(f"{module}.INDEXED", MappingProxyType(more))
    monkeypatch.setattr("mleg_tui.stores.tables.INDEXED", MappingProxyType(more))
    assert "student_number" in layout.fields_today()["orders"]
    assert of_student(url, "anna") == ["1", "2"]
    with closing(open_store(url)) as store:
        store.transact(lambda work: work.add(order("3")))
        found = store.read(lambda view: view.select(Order, student_number="400001"))
    assert [order.id for order in found] == ["1", "2", "3"]


STRANGE = ("a\\0b", "a\0b", "a\\", "ż", "Z")


def people_and_orders(count: int) -> Iterator[Record]:
    yield replace(world(), version=1)
    yield replace(university(), version=2)
    for number in range(count):
        name = STRANGE[number] if number < len(STRANGE) else f"s{number:05}"
        yield replace(student(), id=name, last_name=f"Żak{number % 7}", version=1)
        yield replace(order(f"{name}-1", name), version=4)


def in_the_first_layout(url: str, records: Iterable[Record]) -> None:
    """Make a store as the first version of the adapter did: with few columns, other escapes."""
    metadata = MetaData()
    meta = layout._meta(metadata)
    tables = {name: first_table(name, metadata) for name in KINDS}
    fields = {name: INDEXED.get(name, ()) for name in KINDS}
    with closing(open_store(url)) as store:
        database: Database = store._database  # type: ignore[attr-defined]
        with database.writing() as connection:
            metadata.create_all(connection)
            told = {"format": "mleg-tui", "schema_version": 1, "revision": 7, "recent": ""}
            connection.execute(insert(meta), {"id": "store", "layout": json.dumps(fields), **told})
            for record in records:
                connection.execute(insert(tables[table_name(type(record))]), first_row(record))
            connection.commit()


def first_table(name: str, metadata: MetaData) -> Table:
    fields = [Column(f"by_{field}", Text, index=True) for field in INDEXED.get(name, ())]
    columns = (Column("id", Text, primary_key=True), Column("version", Integer))
    return Table(f"mleg_{name}", metadata, *columns, Column("doc", Text), *fields)


def first_row(record: Record) -> dict[str, object]:
    fields = INDEXED.get(table_name(type(record)), ())
    keys = {"id": record.id, **{f"by_{field}": getattr(record, field) for field in fields}}
    row = {name: value.replace("\\", "\\\\").replace("\0", "\\0") for name, value in keys.items()}
    return {**row, "version": record.version, "doc": to_line(record).decode()}


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> str:
    url = locate(request.param, tmp_path)
    in_the_first_layout(url, people_and_orders(40))
    return url


def check_content(view: View) -> None:
    ids = sorted(one.id for one in people_and_orders(40) if isinstance(one, Order))
    assert [one.id for one in view.stream(Order)] == ids
    assert [one.id for one in view.select(Order)] == ids
    assert set(view.many(Order, [*ids[:9], "x"])) == set(ids[:9])
    for name in STRANGE:
        assert [one.id for one in view.select(Order, student=name)] == [f"{name}-1"]
        assert view.get(Order, f"{name}-1").version == 4
    named = Query(Order, words=("zak3",), either=({"status": "PENDING"},), by="name")
    found = view.page(named)
    assert [one.id for one in found] == scanned(view, named)
    assert view.count(named) == len(found) == 6
    assert view.count(Query(Order)) == 40


def layout_of(url: str) -> str:
    with (
        closing(open_store(url)) as store,
        store._database.reading() as connection,  # type: ignore[attr-defined]
    ):
        return str(connection.exec_driver_sql("SELECT layout FROM mleg_meta").scalar())


def test_a_store_of_the_first_layout_is_read_as_it_is(old_url: str) -> None:
    before = layout_of(old_url)
    with closing(open_store(old_url)) as store:
        store.read(check_content)
        assert store.revision().endswith("7")
        assert store.changes(store.revision()).records == frozenset()
        assert store.changes("").records is None
        assert store.bad_records(9) == ()
    assert layout_of(old_url) == before


def test_the_next_transaction_brings_the_first_layout_to_todays(old_url: str) -> None:
    with closing(open_store(old_url)) as store:
        start = store.revision()
        store.transact(check_content)
        store.read(check_content)
        assert store.changes(start).records is None
        start = store.revision()
        store.transact(lambda work: work.save(cancelled(work.get(Order, "ż-1"))))
        assert store.changes(start).records == frozenset({Change("orders", "ż-1", "ż")})
        cancelled_ones = Query(Order, either=({"status": "CANCELLED"},))
        assert [one.id for one in store.read(lambda view: view.page(cancelled_ones))] == ["ż-1"]
    with closing(open_store(old_url)) as store:
        assert store.read(lambda view: view.count(Query(Order))) == 40


def test_other_columns_are_computed_for_what_is_there(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(old_url)) as store:
        store.transact(lambda _: None)
    monkeypatch.setattr(columns, "VERSION", 99)
    with closing(open_store(old_url)) as store:
        store.read(check_content)
        store.transact(lambda _: None)
        store.read(check_content)


def test_a_migration_needs_no_more_memory_for_more_records(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 4000):
        url = f"sqlite:{tmp_path / str(count)}.db"
        in_the_first_layout(url, people_and_orders(count))
        tracemalloc.start()
        with closing(open_store(url)) as store:
            store.transact(lambda _: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    few, many = peaks
    assert many < 1.3 * few + 500_000
