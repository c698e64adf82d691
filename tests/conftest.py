"""What all tests stand on: one environment, and the wish to renew the kept pictures."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable

import pytest

from mleg_tui.gallery.environment import pin
from mleg_tui.services import turns
from mleg_tui.services.turns import Turns


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the pictures of the screens anew instead of comparing them",
    )


def pytest_configure() -> None:
    pin()  # before any test module imports Textual
    # Whoever starts the tests in the background may let them ignore it; our programs would, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(100_000, 20, 20)  # a quarter of the time would go into looking for garbage


@pytest.fixture
def takers(monkeypatch: pytest.MonkeyPatch) -> list[Turns]:
    """Let turns last until they are ended; return whose are asked for, one for each asking."""
    asked: list[Turns] = []
    take = Turns.take

    async def noted(of_all: Turns) -> Callable[[], None]:
        asked.append(of_all)
        return await take(of_all)

    monkeypatch.setattr(turns, "_LONGEST", 3600.0)
    monkeypatch.setattr(Turns, "take", noted)
    return asked
