"""The administrator's plain lines: steps, switches, the way back, and scenarios."""

from __future__ import annotations

from pathlib import Path

import pytest

from mleg_tui.ui.start import Left
from tests.cli.conftest import Run


def test_time_goes_to_a_day_and_step_by_step(on_store: Run) -> None:
    assert on_store("time step").status == 1
    assert on_store("time next").out == "brak\n"
    on_store("order place --user anna.nowak")
    ahead = on_store("time next --json --limit 1").json["next"]
    assert [(one["order"], one["status"]) for one in ahead] == [("anna.nowak-001", "IN_PROGRESS")]
    stepped = on_store("time step --json").json
    assert [one["status"] for one in stepped["happened"]] == ["IN_PROGRESS"]
    assert stepped["now"] == stepped["happened"][0]["at"]
    assert "anna.nowak-001, wydanie kodów" in on_store("time step").out
    assert on_store("order status --user anna.nowak --json").json["status"] == "READY"
    assert on_store("time forward --to 2026-10-06 --json").json["now"] == "2026-10-05T22:00:00Z"
    assert on_store("time forward --to 2026-10-06T09:30 --json").json["now"] == (
        "2026-10-06T07:30:00Z"
    )


@pytest.mark.parametrize(
    "line",
    [
        "time forward",
        "time forward 1h --to 2027-01-01",
        "time forward --to tomorrow",
        "time forward --to 2020-01-01",
        "time next --limit x",
        "simulation agent sideways",
        "simulation rejections 1001",
        "simulation rejections x",
        "simulation slowdown 0",
        "scenario show nothing",
        "scenario play nothing",
    ],
)
def test_what_cannot_be(on_store: Run, line: str) -> None:
    before = on_store("simulation show --json").json
    result = on_store(line)
    assert (result.status, result.out) == (2, "")
    assert on_store("simulation show --json").json == before


def test_switches(on_store: Run) -> None:
    for machine in ("agent", "ministry", "network", "usosweb"):
        assert on_store("simulation show --json").json[machine] == "up"
        assert on_store(f"simulation {machine} down --json").json[machine] == "down"
    refused = on_store("order place --user anna.nowak")
    assert (refused.status, refused.err.splitlines()[0]) == (1, "USOSweb tymczasowo niedostępny")
    on_store("simulation usosweb up")
    on_store("order place --user anna.nowak")
    on_store("time forward 1d")
    assert on_store("order status --user anna.nowak --json").json["status"] == "PENDING"
    on_store("simulation agent up")
    on_store("simulation ministry up")
    assert on_store("simulation rejections 1000 --json").json["rejections_per_mille"] == 1000
    assert on_store("simulation slowdown 2 --json").json["slowdown"] == 2
    on_store("time forward 1h")
    assert on_store("order status --user anna.nowak --json").json["status"] == "ERROR"
    shown = on_store("simulation show").out
    assert "✗ nie działa" in shown
    assert "To nie jest część prawdziwych systemów." in shown


def test_a_reset_asks_and_keeps_a_copy(on_store: Run, store: Path) -> None:
    on_store("order place --user anna.nowak")
    assert on_store("simulation reset").status == 1
    assert on_store("order status --user anna.nowak --json").json["status"] == "PENDING"
    done = on_store("simulation reset --yes")
    assert done.status == 0
    assert on_store("order status --user anna.nowak --json").json["status"] is None
    (copy,) = store.parent.glob("*before-reset*")
    assert str(copy) in done.err
    assert '"anna.nowak-001"' in copy.read_text(encoding="utf-8")


def test_scenarios_are_listed_shown_and_played(cli: Run) -> None:
    listed = cli("scenario list --json").json["scenarios"]
    assert len(listed) > 40
    shown = cli("scenario show new-phone --lang en")
    assert "A new phone, and the old card not revoked" in shown.out
    assert cli("scenario show new-phone --json").json["expect"]["status"] == "COLLECTED"
    played = cli("scenario play new-phone")
    assert played.status == 0
    assert "✓ zgodnie ze scenariuszem" in played.out
    assert "mLegitymacja nie istnieje (DOES_NOT_EXIST)" in played.out
    assert cli("scenario play outage --json").json["as_told"] is True


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_scenario_can_be_told(cli: Run, language: str) -> None:
    for scenario in cli("scenario list --json").json["scenarios"]:
        told = cli(f"scenario show {scenario['id']} --lang {language}")
        assert told.status == 0
        assert scenario["title"][language] in told.out


def test_a_scenario_is_loaded_and_its_account_let_in(on_store: Run) -> None:
    loaded = on_store("scenario load stuck-pending")
    assert loaded.status == 0
    assert on_store("simulation show --json").json["scenario"] == "stuck-pending"
    account = on_store("scenario show stuck-pending --json").json["account"]
    assert on_store(f"order status --user {account} --json").json["status"] == "PENDING"
    on_store("simulation agent up")
    on_store("time forward 30m")
    assert on_store(f"order status --user {account} --json").json["status"] == "READY"


def test_the_program_opens_with_the_scenarios_account(
    on_store: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[str, object] = {}

    def show(_services: object, **options: object) -> Left:
        shown.update(options)
        return Left(0, None, "pl", "usosweb")

    monkeypatch.setattr("mleg_tui.preflight.check", lambda *_: None)
    monkeypatch.setattr("mleg_tui.ui.start.show", show)
    assert on_store("--scenario exchange-student").status == 0
    assert [shown[name] for name in ("login", "university", "language")] == [
        "grace.okafor",
        "umcs",
        "en",
    ]
    assert on_store("--scenario exchange-student --lang pl").status == 0
    assert shown["language"] == "pl"
    assert on_store("--scenario nothing").status == 2


def test_a_scenario_option_stands_without_a_command(on_store: Run) -> None:
    assert on_store("--scenario outage time show").status == 2


def test_exercises_are_listed_by_difficulty_part_and_words(on_store: Run) -> None:
    listed = on_store("scenario list --json").json["scenarios"]
    assert {one["difficulty"] for one in listed} == {"EASY", "MEDIUM", "HARD"}
    assert {one["played_by"] for one in listed} == {"STUDENT", "OFFICE", "BOTH"}
    assert not any(one["solved"] for one in listed)
    office = on_store("scenario list --difficulty easy --played-by office --json").json["scenarios"]
    assert {(one["difficulty"], one["played_by"]) for one in office} == {("EASY", "OFFICE")}
    found = on_store("scenario list --find", "ZDJECIE zatwierdzenie", "--json").json["scenarios"]
    assert "photo-waiting" in [one["id"] for one in found]
    assert len(found) < len(listed)
    assert on_store("scenario list --find", "nic takiego").out == ""
    assert on_store("scenario list --difficulty awful").status == 2


def test_listing_makes_no_store(cli: Run, tmp_path: Path) -> None:
    store = tmp_path / "none.json"
    assert cli(f"scenario list --store {store}").status == 0
    assert not store.exists()


def test_a_script_asks_whether_an_exercise_is_solved(on_store: Run) -> None:
    assert on_store("scenario check photo-waiting").status == 1
    on_store("scenario load photo-waiting")
    asked = on_store("scenario check photo-waiting")
    assert asked.status == 1
    assert asked.out == "photo-waiting · nierozwiązane, 0 z 2, podpowiedzi: 0 z 2\n"
    assert "Brakuje: Zdjęcie: zatwierdzone (jest: czeka na zatwierdzenie)" in asked.err
    told = on_store("scenario check photo-waiting --json")
    assert (told.status, told.json["solved"], told.json["reached"]) == (1, False, 0)
    assert told.json["missing"][0] == {
        "what": "photo",
        "expected": "APPROVED",
        "found": "WAITING",
    }
    on_store("office strike-off --user dziekanat --student sara.milewska")
    assert "! Student jest skreślony z listy" in on_store("scenario check photo-waiting").out
    on_store("office reinstate --user dziekanat --student sara.milewska")
    on_store("office approve-photo --user dziekanat --student sara.milewska")
    asked = on_store("scenario check photo-waiting --lang en")
    assert (asked.status, asked.err) == (0, "")
    assert asked.out.startswith("photo-waiting · ✓ solved in ")
    told = on_store("scenario check photo-waiting --json")
    assert (told.status, told.json["solved"], told.json["missing"]) == (0, True, [])
    listed = on_store("scenario list --json").json["scenarios"]
    assert [one["id"] for one in listed if one["solved"]] == ["photo-waiting"]
