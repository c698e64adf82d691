"""Every adapter of the port, to be held to one contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.services.store import Store
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.at_file import add
from tests.stores.postgres import Server, running

FILES = ("tinydb", "sqlite")
SHARED = (*FILES, "postgresql")
ADAPTERS = ("memory", *SHARED)

Locate = Callable[[str, Path], str]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start PostgreSQL once."""
    with running() as cluster:
        yield cluster


@pytest.fixture
def locate(request: pytest.FixtureRequest) -> Locate:
    """Return what makes the URL of an adapter's store that belongs to a directory."""

    def url(adapter: str, directory: Path) -> str:
        if adapter == "postgresql":
            cluster: Server = request.getfixturevalue("server")
            return cluster.url(directory)
        return "memory:" if adapter == "memory" else f"{adapter}:{directory / 'store'}.{adapter}"

    return url


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(locate(request.param, tmp_path))) as opened:
        yield opened


@pytest.fixture(params=SHARED)
def url(request: pytest.FixtureRequest, locate: Locate, tmp_path: Path) -> str:
    """Return the URL of a store that processes can share."""
    return locate(request.param, tmp_path)


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
