"""Looks at a store in a file, and that the file stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mleg_tui.domain.order import Order
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.samples import order


def add(store: TinyDbStore, id_: str = "AGH-2") -> Order:
    """Add an order."""
    return store.transact(lambda work: work.add(order(id_)))


def look(store: TinyDbStore) -> list[str]:
    """Return the ids of the orders."""
    return [found.id for found in store.read(lambda view: view.select(Order))]


@contextmanager
def untouched(path: Path) -> Iterator[None]:
    """Check that the body leaves a file as it was."""
    before = path.read_bytes(), path.stat()
    yield
    after = path.stat()
    assert path.read_bytes() == before[0]
    assert (after.st_ino, after.st_mtime_ns) == (before[1].st_ino, before[1].st_mtime_ns)
    assert not path.with_name(path.name + ".new").exists()
