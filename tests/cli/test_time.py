from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_time_stands_runs_and_jumps(on_store: Run) -> None:
    assert on_store("time show --json").json == {
        "now": "2026-10-05T07:00:00Z",
        "speed": 1.0,
        "paused": True,
        "next": None,
    }
    assert on_store("time forward 1h30m --json").json["now"] == "2026-10-05T08:30:00Z"
    assert on_store("time speed 0,5 --json").json["speed"] == 0.5
    assert on_store("time resume --json").json["paused"] is False
    assert on_store("time pause --json").json["paused"] is True


def test_the_next_step_is_told_without_its_codes(on_store: Run) -> None:
    on_store("order place --user anna.nowak")
    upcoming = on_store("time show --json").json["next"]
    assert (upcoming["order"], upcoming["command"]) == ("anna.nowak-001", "HAND_OVER")
    lines = on_store("time show").out.splitlines()
    assert lines[0] == "Czas symulacji: 2026-10-05 09:00:00 (zatrzymany)"
    assert lines[2].endswith("anna.nowak-001, przekazanie do systemu mObywatel")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("speed x", 2), ("speed 0", 2), ("speed -1", 2), ("speed nan", 2), ("speed 1e9", 2),
        ("forward 0s", 2), ("forward soon", 2), ("forward 999999w", 1), ("back 1h", 2),
    ],
)  # fmt: skip
def test_what_time_cannot_do(on_store: Run, line: str, status: int) -> None:
    before = on_store("time show --json").json
    result = on_store(f"time {line}")
    assert (result.status, result.out) == (status, "")
    assert len(result.err.splitlines()) == 2
    assert on_store("time show --json").json == before
