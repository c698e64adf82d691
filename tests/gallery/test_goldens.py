"""Every screen looks as it did when somebody last looked at it.

``pytest --update-goldens tests/gallery`` writes the pictures anew; look at the difference.
"""

from __future__ import annotations

import pytest

from mleg_tui.gallery.album import Shot, take
from mleg_tui.gallery.check import verdict
from mleg_tui.stores.memory import MemoryStore
from tests.gallery.shots import GOLDENS, SHOTS


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_screen_looks_as_kept(shot: Shot, pytestconfig: pytest.Config) -> None:
    taken = take(shot, MemoryStore)
    if pytestconfig.getoption("update_goldens") and not taken.problem:
        GOLDENS.make(update=True)
        GOLDENS.keep(shot.name, {"txt": taken.text.encode()})
    finding = verdict(GOLDENS, taken)
    if finding is not None:
        told = [f"{shot.name} is {finding.problem.value}:", *finding.changes()]
        pytest.fail("\n".join(told), pytrace=False)


def test_no_picture_is_kept_that_is_not_taken(pytestconfig: pytest.Config) -> None:
    extra = {*GOLDENS.names()} - {shot.name for shot in SHOTS}
    if pytestconfig.getoption("update_goldens"):
        for name in extra:
            GOLDENS.remove(name)
        extra = set()
    assert extra == set()
    assert {path.suffix for path in GOLDENS.path.iterdir()} == {".txt"}
