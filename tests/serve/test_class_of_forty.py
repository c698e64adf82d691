"""A class in small: real sessions over SSH in two workers, one of which is killed meanwhile.

How forty or two hundred fare, and how long each key takes, is ``tests.benchmarks.class_of_forty``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.class_of_forty import run, table
from tests.benchmarks.class_people import Pace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are read from /proc")
PARTICIPANTS = 4


def test_everybody_comes_back_and_finishes(tmp_path: Path) -> None:
    lesson = run(tmp_path, f"tinydb:{tmp_path / 'store.json'}", PARTICIPANTS, Pace(1, 0))
    assert lesson.is_done
    assert 0 < len(lesson.away) < PARTICIPANTS
    known = {one.nickname: one.number for one in lesson.board.participants}
    assert known == lesson.numbers
    assert all(result.took for one in lesson.board.participants for result in one.results)
    assert "| 4 |" in table([lesson])
