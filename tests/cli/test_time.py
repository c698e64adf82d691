from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mleg_tui.compose import Settings, open_services
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.time_desk import TimeDesk
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


def test_the_speed_that_is_set_stays_and_says_so(on_store: Run) -> None:
    on_store("time resume")
    told = on_store("time speed 60")
    assert "To tempo zostaje, także gdy żaden program nie działa." in told.out
    assert "Tempo: ×60" in on_store("time show").out
    assert "zostaje" not in on_store("time speed 1").out


@contextmanager
def hours_ago(store: Path, hours: int) -> Iterator[TimeDesk]:
    """Have the hands on a store's clock of some hours ago, in a program that is gone then."""
    then = StandingClock(datetime.now(UTC) - timedelta(hours=hours))
    with closing(open_services(Settings(str(store)), then).store) as opened:
        desk = TimeDesk(opened, then, program="gone")
        desk.resume()
        yield desk


def test_a_borrowed_speed_says_that_it_ends(on_store: Run, store: Path) -> None:
    with hours_ago(store, 0) as desk:
        desk.borrow_speed(60)
    shown = on_store("time show")
    assert "Tempo: ×60" in shown.out
    assert "To tempo kończy się z programem, który o nie prosił; potem ×1." in shown.out
    told = on_store("time show --json").json
    assert (told["speed"], told["lasting_speed"]) == (60, 1)


def test_who_comes_back_is_told_that_the_speed_has_ended(on_store: Run, store: Path) -> None:
    with hours_ago(store, 8) as desk:
        desk.borrow_speed(60)
    back = on_store("order status --user anna.nowak --json")
    assert back.json["status"] is None
    assert "Tempo ×60 skończyło się z programem, który o nie prosił" in back.err
    assert "mleg-tui time speed" in back.err
    english = on_store("time show --lang en")
    assert "The speed ×60 ended with the program that asked for it" in english.err


def test_who_comes_back_is_told_how_much_time_has_passed(on_store: Run, store: Path) -> None:
    with hours_ago(store, 8) as desk:
        desk.set_speed(60)
    back = on_store("time show")
    assert "minęło 20d czasu symulacji, a naprawdę 8h" in back.err
    on_store("order place --user anna.nowak")
    assert on_store("time show").err == ""
