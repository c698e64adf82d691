"""Files of older versions of the program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.domain.exercise import StartedExercise
from mleg_tui.services.store import SCHEMA_VERSION, StoreCorrupt, Work
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores import schema
from mleg_tui.stores.codec import Document
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.at_file import add, look
from tests.stores.samples import every_kind, order, world


def rename_album(table: str, document: Document) -> Iterator[tuple[str, Document]]:
    """Stand for a change of schema: what was ``album`` is ``student_number``."""
    if table == "orders":
        document["student_number"] = document.pop("album")
    yield table, document


@pytest.fixture
def outdated(path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    with closing(TinyDbStore(path)) as store:
        store.transact(lambda work: [work.add(order("AGH-1")), work.add(order("AGH-2"))])
    path.write_text(path.read_text().replace('"student_number"', '"album"'))
    monkeypatch.setattr(schema, "MIGRATIONS", {SCHEMA_VERSION: rename_album})
    monkeypatch.setattr(schema, "CURRENT", SCHEMA_VERSION + 1)
    return path.read_bytes()


def test_an_older_schema_is_read_without_a_change(
    path: Path, outdated: bytes, tinydb: TinyDbStore
) -> None:
    assert look(tinydb) == ["AGH-1", "AGH-2"]
    assert path.read_bytes() == outdated


@pytest.mark.parametrize("change", [lambda _: None, lambda work: work.add(order("AGH-3"))])
def test_the_next_transaction_brings_it_to_todays(
    path: Path, outdated: bytes, tinydb: TinyDbStore, change: object
) -> None:
    tinydb.transact(change)  # type: ignore[arg-type]
    assert path.with_name(f"store.json.schema-{SCHEMA_VERSION}").read_bytes() == outdated
    content = json.loads(path.read_bytes())
    assert content["_meta"]["store"]["schema"] == SCHEMA_VERSION + 1
    assert content["orders"]["AGH-1"]["student_number"] == "400001"
    add(tinydb, "AGH-4")
    assert path.with_name(f"store.json.schema-{SCHEMA_VERSION}").read_bytes() == outdated


def test_a_migration_that_fails_touches_nothing(
    path: Path, outdated: bytes, tinydb: TinyDbStore
) -> None:
    broken = outdated.replace(b'"album"', b'"albumen"')
    path.write_bytes(broken)
    for ask in (look, add):
        with pytest.raises(StoreCorrupt) as refusal:
            ask(tinydb)
        assert refusal.value.details["reason"] == "KeyError('album')"
    assert path.read_bytes() == broken


def test_there_is_a_migration_from_every_schema() -> None:
    assert set(schema.MIGRATIONS) == set(range(1, SCHEMA_VERSION))


def test_a_store_of_before_there_were_exercises_takes_one(path: Path) -> None:
    with closing(TinyDbStore(path)) as store:
        store.transact(lambda work: work.add(order("AGH-1")))
    path.write_text(path.read_text().replace(f'"schema": {SCHEMA_VERSION}', '"schema": 2'))
    (started,) = (one for one in every_kind() if isinstance(one, StartedExercise))
    with closing(TinyDbStore(path)) as store:
        assert store.read(lambda view: view.select(StartedExercise)) == ()
        store.transact(lambda work: work.add(started))
        assert store.read(lambda view: view.select(StartedExercise, student="anna"))
        assert look(store) == ["AGH-1"]
    assert json.loads(path.read_bytes())["_meta"]["store"]["schema"] == SCHEMA_VERSION


def test_a_refused_transaction_does_not_migrate(
    path: Path, outdated: bytes, tinydb: TinyDbStore
) -> None:
    def refuse(work: Work) -> None:
        work.add(order("AGH-3"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tinydb.transact(refuse)
    assert path.read_bytes() == outdated


def test_an_older_store_keeps_its_audit_until_somebody_says_how_long(path: Path) -> None:
    with closing(TinyDbStore(path)) as store:
        store.transact(lambda work: work.add(world()))
    content = json.loads(path.read_bytes())
    content["_meta"]["store"]["schema"] = 1
    (document,) = content["worlds"].values()
    del document["audit_days"]
    path.write_text(json.dumps(content))
    with closing(TinyDbStore(path)) as store:
        assert store.read(lambda view: view.get(World, WORLD_ID)).audit_days is None
