"""What the tests of serving stand on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.serve.conversation import Server


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[Server]:
    async with Server(folder) as running:
        yield running
