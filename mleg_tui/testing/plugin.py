"""Pictures of the program's screens in a team's own tests, as a plugin of pytest.

    def test_our_refusals(mleg_screen):
        mleg_screen("usosweb.mlegitymacja.refused", lang="en", size="120x40")

Whatever it needs is imported by the first test that asks for a picture, not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mleg_tui.testing.screens import MlegScreen, Studio


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, for the command line and for the configuration file."""
    from mleg_tui.testing.options import add_to

    add_to(parser)


@pytest.fixture
def mleg_screen(request: pytest.FixtureRequest, _mleg_studio: Studio) -> MlegScreen:
    """Compare a screen of mleg-tui with the picture that is kept of it."""
    from mleg_tui.testing.screens import MlegScreen

    return MlegScreen(request.config, request.path.parent, _mleg_studio)


@pytest.fixture(scope="session")
def _mleg_studio() -> Iterator[Studio]:
    from mleg_tui.testing.screens import Studio

    with Studio() as studio:
        yield studio
