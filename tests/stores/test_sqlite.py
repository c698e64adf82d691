"""What can be wrong with a SQLite file: each has its error, and the file stays as it is."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.order import Order
from mleg_tui.services.store import (
    Store,
    StoreBusy,
    StoreCorrupt,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    StoreUnsupported,
    Work,
)
from mleg_tui.stores.sql import sqlite_store
from tests.stores.samples import order


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(sqlite_store(path, timeout=0.2)) as opened:
        yield opened


def add(store: Store, id_: str = "AGH-1") -> Order:
    return store.transact(lambda work: work.add(order(id_)))


def look(store: Store) -> list[str]:
    return [found.id for found in store.read(lambda view: view.select(Order))]


def pragma(store: Store, setting: str) -> None:
    """Set something on the connection that writes."""
    writer = store._database._writer  # type: ignore[attr-defined]
    writer.connection.driver_connection.execute(f"PRAGMA {setting}")


def check_refused(store: Store, error: type[StoreUnusable]) -> None:
    with pytest.raises(error):
        look(store)
    with pytest.raises(error):
        add(store, "AGH-9")


def test_reading_makes_no_file(path: Path, store: Store) -> None:
    assert look(store) == []
    assert store.revision() == ""
    assert not path.exists()


def test_new_directories_and_files_are_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "a" / "store.db"
    old = os.umask(0)
    try:
        with closing(sqlite_store(path)) as store:
            add(store)
            modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_first_transaction_that_fails_leaves_nothing(tmp_path: Path, store: Store) -> None:
    def fail(work: Work) -> None:
        work.add(order("AGH-1"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(fail)
    store.transact(lambda work: work.find(Order, "AGH-1"))
    assert not any(tmp_path.iterdir())
    assert look(store) == []
    add(store)
    assert look(store) == ["AGH-1"]


@pytest.mark.parametrize("space", [0, 4096, 30_000])
def test_a_full_disk_has_no_new_store(tmp_path: Path, store: Store, space: int) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (space, limits[1]))
    try:
        with pytest.raises(StoreUnusable):
            add(store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not any(tmp_path.iterdir())
    add(store)
    assert look(store) == ["AGH-1"]


def test_who_founds_second_writes_into_the_firsts(path: Path) -> None:
    with closing(sqlite_store(path)) as store, closing(sqlite_store(path)) as other:

        def change(work: Work) -> int:
            if not path.exists():
                add(other, "AGH-2")
            work.add(order("AGH-1"))
            return len(work.select(Order))

        assert store.transact(change) == 2
        assert look(other) == look(store) == ["AGH-1", "AGH-2"]
        add(store, "AGH-3")
        assert look(other) == ["AGH-1", "AGH-2", "AGH-3"]
    assert {file.name.partition("-")[0] for file in path.parent.iterdir()} == {"store.db"}


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%20b", "ą ę", "a&mode=memory"])
def test_a_name_may_have_signs_of_an_address(tmp_path: Path, name: str) -> None:
    with closing(sqlite_store(tmp_path / name)) as store:
        add(store)
    with closing(sqlite_store(tmp_path / name)) as store:
        assert look(store) == ["AGH-1"]
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("content", [b"x" * 1000, b'{"_meta": {}}'])
def test_what_is_no_database(path: Path, store: Store, content: bytes) -> None:
    path.write_bytes(content)
    check_refused(store, StoreForeign)
    assert path.read_bytes() == content


def test_somebody_elses_database(path: Path, store: Store) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id text)")
    before = path.read_bytes()
    check_refused(store, StoreForeign)
    assert path.read_bytes() == before


def test_a_directory(tmp_path: Path) -> None:
    with closing(sqlite_store(tmp_path)) as store:
        check_refused(store, StoreUnsupported)


def test_a_file_that_was_cut(path: Path) -> None:
    with closing(sqlite_store(path)) as store:
        store.transact(lambda work: [work.add(order(f"{n}")) for n in range(200)])
    os.truncate(path, path.stat().st_size // 2)
    with closing(sqlite_store(path)) as store, pytest.raises(StoreCorrupt):
        look(store)


def test_a_file_that_vanished_is_not_made_anew(path: Path, store: Store) -> None:
    add(store)
    path.unlink()
    check_refused(store, StoreCorrupt)
    assert not path.exists()


def test_a_file_that_was_replaced_is_refused(path: Path, store: Store, tmp_path: Path) -> None:
    add(store)
    with closing(sqlite_store(tmp_path / "other.db")) as other:
        add(other, "AGH-7")
    (tmp_path / "other.db").replace(path)
    check_refused(store, StoreCorrupt)


def test_another_writer_is_waited_for_and_not_for_ever(path: Path, store: Store) -> None:
    add(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert look(store) == ["AGH-1"]
        with pytest.raises(StoreBusy):
            add(store, "AGH-2")
    add(store, "AGH-2")
    assert look(store) == ["AGH-1", "AGH-2"]


def test_a_full_disk_changes_nothing(path: Path, store: Store) -> None:
    add(store)
    with closing(sqlite3.connect(path)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    pragma(store, f"max_page_count = {pages}")
    with pytest.raises(StoreFull):
        store.transact(lambda work: [work.add(order(f"{n}")) for n in range(500)])
    assert look(store) == ["AGH-1"]


def test_a_store_that_may_only_be_read(store: Store) -> None:
    add(store)
    pragma(store, "query_only = ON")
    assert look(store) == ["AGH-1"]
    with pytest.raises(StoreReadOnly):
        add(store, "AGH-2")


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        ("UPDATE mleg_meta SET schema_version = 99", StoreTooNew),
        ("UPDATE mleg_meta SET format = 'x'", StoreForeign),
        ("UPDATE mleg_orders SET doc = replace(doc, 'PENDING', 'LOST')", StoreCorrupt),
    ],
)
def test_damage_is_named(path: Path, store: Store, damage: str, error: type[StoreUnusable]) -> None:
    add(store)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(damage)
    with pytest.raises(error):
        look(store)


def test_ids_may_hold_anything(store: Store) -> None:
    ids = ["a\\0b", "a\0b", "a\\", "ż", "'; DROP TABLE mleg_orders; --"]
    for id_ in ids:
        add(store, id_)
    assert look(store) == sorted(ids)
    assert [store.read(lambda view, i=id_: view.get(Order, i)).id for id_ in ids] == ids  # type: ignore[misc]
