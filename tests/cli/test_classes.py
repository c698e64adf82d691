"""Classes as plain lines: opened, seen, their results, closed."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mleg_tui.compose import Settings, open_services, own_worlds
from mleg_tui.domain.classroom import Participant, Presence
from mleg_tui.errands.play import Scenarios
from mleg_tui.services.initial_data import Beginning
from mleg_tui.services.session import Administrator
from tests.cli.conftest import Run

OPEN = "class open --exercise photo-waiting --exercise not-active --word Klon"
GROUP = "Grupa 2"


@pytest.fixture
def group(on_store: Run) -> None:
    assert on_store(OPEN, GROUP).status == 0


def take_part(store: Path, nickname: str, *, solves: bool = False) -> str:
    """Join, do something in a world of one's own, and perhaps solve the first exercise.

    Returns the number by which one comes back.
    """
    shared = open_services(Settings(str(store), Beginning()))
    with closing(shared.store):
        seat = shared.participants.join("grupa-2", nickname, "klon")
        world = own_worlds(shared, Beginning()).of(seat)
        scenarios = Scenarios(world)
        exercise = scenarios.named("photo-waiting")
        scenarios.set_up(Administrator(), exercise)
        if solves:
            scenarios.play(Administrator(), exercise)
        else:
            now = datetime.now(UTC)
            shared.participants.note({seat: Presence("usosweb.photo", "app.help", now)})
        known = shared.store.read(lambda view: view.get(Participant, seat.participant))
        return known.number


def test_a_class_is_opened_listed_and_shown(on_store: Run) -> None:
    assert on_store("class list").out.splitlines()[1:] == ["Nie ma otwartych zajęć."]
    opened = on_store(OPEN, GROUP, "--json").json
    assert (opened["id"], opened["name"], opened["word"]) == ("grupa-2", GROUP, "klon")
    assert (opened["participants"], opened["stopped"]) == ([], False)
    assert [one["id"] for one in opened["exercises"]] == ["photo-waiting", "not-active"]
    assert on_store("class open Inna --exercise outage").status == 0
    listed = on_store("class list --json").json["classes"]
    assert {one["id"]: one["joined"] for one in listed} == {"grupa-2": 0, "inna": 0}
    assert all(one["word"] for one in listed)
    for name in ("grupa-2", GROUP, "GRUPA  2"):
        shown = on_store("class show", name)
        assert (shown.status, shown.err) == (0, "")
        assert shown.out.splitlines()[1].startswith("Grupa 2 (grupa-2) · hasło: klon · otwarte: ")
        assert "→ 1. Zdjęcie czeka na zatwierdzenie · rozwiązało: 0 z 0" in shown.out


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("class open Trzecia", 2),
        ("class open Trzecia --exercise nothing", 2),
        ("class open Trzecia --exercise outage --exercise outage", 2),
        ("class open - --exercise outage", 2),
        ("class open grupa-2 --exercise outage", 1),
        ("class show nothing", 1),
        ("class show -", 1),
        ("class results nothing", 1),
        ("class close nothing --yes", 1),
        ("class close grupa-2", 1),
        ("class results grupa-2 --out /nowhere/x.csv", 2),
        ("class", 2),
    ],
)
@pytest.mark.usefixtures("group")
def test_what_cannot_be(on_store: Run, line: str, status: int) -> None:
    before = on_store("class list --json").json
    result = on_store(line)
    assert (result.status, result.out) == (status, "")
    assert result.err
    assert on_store("class list --json").json == before


@pytest.mark.usefixtures("group")
def test_the_board_as_plain_lines_and_as_json(on_store: Run, store: Path) -> None:
    numbers = [take_part(store, "Szybki", solves=True), take_part(store, "Żółw")]
    shown = on_store("class show grupa-2")
    slow, quick = shown.out.splitlines()[-2:]
    assert slow.startswith("Żółw · ćwiczenie 1 z 2 · osiągnięte: 0 z 2 · podpowiedzi: 0 z 2 · bez")
    assert "Zdjęcie do legitymacji · Pomoc, " in slow
    assert "✓ rozwiązane w " in quick
    assert "rozwiązało: 1 z 2" in shown.out
    told = on_store("class show grupa-2 --json")
    people = {one["nickname"]: one for one in told.json["participants"]}
    assert (people["Szybki"]["solved"], people["Szybki"]["stuck_seconds"]) == (True, None)
    assert people["Szybki"]["took_seconds"] >= 0
    assert people["Żółw"]["page"] == "usosweb.photo"
    assert people["Żółw"]["act"] == "app.help"
    assert people["Żółw"]["idle_seconds"] >= 0
    assert [one["solved"] for one in told.json["exercises"]] == [1, 0]
    for secret in (*numbers, '"seat"', '"number"'):
        assert secret not in told.out + shown.out


@pytest.mark.usefixtures("group")
def test_results_are_written_and_then_the_class_is_closed(
    on_store: Run, store: Path, tmp_path: Path
) -> None:
    take_part(store, "=Żółw", solves=True)
    told = on_store("class results grupa-2")
    assert told.out.splitlines()[2].startswith("'=Żółw,photo-waiting,true,")
    assert told.out.splitlines()[3] == "'=Żółw,not-active,false,,,"
    assert len(on_store("class results grupa-2 --json").json["results"]) == 2
    file = tmp_path / "wyniki.csv"
    written = on_store(f"class results grupa-2 --out {file}")
    assert (written.out, str(file) in written.err) == ("", True)
    assert file.read_text(encoding="utf-8") == told.out
    on_store(f"class results grupa-2 --json --out {file}")
    assert json.loads(file.read_text(encoding="utf-8"))["results"]
    refused = on_store("class close grupa-2")
    assert "mleg-tui class results" in refused.err
    closed = on_store("class close grupa-2 --yes --json").json
    assert [one["nickname"] for one in closed["participants"]] == ["=Żółw"]
    assert on_store("class list --json").json["classes"] == []
    assert on_store("class results grupa-2").status == 1
    counted = on_store("store check").out.splitlines()
    for table in ("zajęcia", "osoby na zajęciach", "światy osób na zajęciach"):
        assert f"{table}: 0" in counted


@pytest.mark.usefixtures("group")
def test_a_class_is_told_in_english(on_store: Run, store: Path) -> None:
    take_part(store, "Ola")
    shown = on_store("class show grupa-2 --lang en").out
    assert "Ola · exercise 1 of 2 · reached: 0 of 2 · hints: 0 of 2 · nothing new for " in shown
    assert "The photo waits for approval · solved by: 0 of 1" in shown
