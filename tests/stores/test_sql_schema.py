"""Databases that older versions of the program made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.order import Order
from mleg_tui.services.store import INDEXED, StoreCorrupt
from mleg_tui.stores import schema
from mleg_tui.stores.schema import Document
from mleg_tui.stores.sql import layout
from tests.stores.conftest import Locate
from tests.stores.samples import order


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
    monkeypatch.setattr(schema, "CURRENT", 2)
    monkeypatch.setattr(schema, "MIGRATIONS", {1: step})


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
    more = {**INDEXED, "orders": ("student", "status", "university")}
    for module in ("mleg_tui.stores.sql.layout", "mleg_tui.stores.sql.tables"):
        monkeypatch.setattr(f"{module}.INDEXED", MappingProxyType(more))
    monkeypatch.setattr("mleg_tui.stores.tables.INDEXED", MappingProxyType(more))
    assert "university" in layout.fields_today()["orders"]
    assert of_student(url, "anna") == ["1", "2"]
    with closing(open_store(url)) as store:
        store.transact(lambda work: work.add(order("3")))
        found = store.read(lambda view: view.select(Order, university="agh"))
    assert [order.id for order in found] == ["1", "2", "3"]
