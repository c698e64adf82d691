"""Every screen looks as it did when somebody last looked at it.

``pytest --update-goldens tests/gallery`` writes the pictures anew; look at the difference.
"""

from __future__ import annotations

import pytest

from mleg_tui.gallery.compare import differences
from tests.gallery.shots import GOLDENS, SHOTS, Shot


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.file.removesuffix(".txt"))
async def test_a_screen_looks_as_kept(
    shot: Shot, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = await shot.take(monkeypatch)
    golden = GOLDENS / shot.file
    if pytestconfig.getoption("update_goldens"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(taken, encoding="utf-8", newline="\n")
        return
    assert golden.exists(), f"{shot.file} is missing; see --update-goldens"
    changes = differences(golden.read_text(encoding="utf-8"), taken)
    assert not changes, "\n".join([f"{shot.file} differs:", *changes])


def test_no_picture_is_kept_that_is_not_taken(pytestconfig: pytest.Config) -> None:
    extra = {path for path in GOLDENS.iterdir() if path.name not in {s.file for s in SHOTS}}
    if pytestconfig.getoption("update_goldens"):
        for path in extra:
            path.unlink()
        return
    assert not extra
