"""What the tests of serving stand on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.serve.conversation import Server
from tests.serve.website import WebServer

EitherServer = Server | WebServer
Serving = Callable[..., EitherServer]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(params=["ssh", "web"])
def serving(request: pytest.FixtureRequest, folder: Path) -> Serving:
    """Return what makes a server with settings of its own: each of the two ways in turn."""
    return partial(Server, folder) if request.param == "ssh" else WebServer


@pytest.fixture
async def either(serving: Serving) -> AsyncIterator[EitherServer]:
    async with serving() as running:
        yield running


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[Server]:
    async with Server(folder) as running:
        yield running
