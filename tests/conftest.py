"""What all tests stand on: one environment, and the wish to renew the kept pictures."""

from __future__ import annotations

import gc
import signal

import pytest

from mleg_tui.gallery.environment import pin


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
