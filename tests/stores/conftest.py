"""Every adapter of the port, to be held to one contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.services.store import Store
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.at_file import add

ADAPTERS: Mapping[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "tinydb": lambda directory: TinyDbStore(directory / "store.json"),
}


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(ADAPTERS[request.param](tmp_path)) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.json"


@pytest.fixture
def tinydb(path: Path) -> Iterator[TinyDbStore]:
    with closing(TinyDbStore(path)) as opened:
        yield opened


@pytest.fixture
def filled(tinydb: TinyDbStore) -> TinyDbStore:
    add(tinydb, "AGH-1")
    return tinydb
