from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.demo.stage import DEMOS


@pytest.fixture(autouse=True)
def _environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mleg_tui.gallery.environment.pin", lambda: None)


def test_the_demos_are_listed_in_both_languages(cli: Run) -> None:
    polish, english = cli("demo --list"), cli("demo --list --lang en")
    assert polish.out.splitlines()[0] == "agh · AGH: od logowania do kodu QR"
    assert english.out.splitlines()[0] == "agh · AGH: from the login to the QR code"
    assert [line.split(" · ")[0] for line in polish.out.splitlines()] == [*DEMOS]


def test_the_list_as_json(cli: Run) -> None:
    document = cli("demo --list --json").json
    assert document["simulation"] == "SYMULACJA — NIE JEST DOKUMENTEM"
    first = document["demos"][0]
    assert first["id"] == "agh"
    assert first["title"]["en"] == "AGH: from the login to the QR code"
    assert first["steps"] == len(DEMOS["agh"].steps)


def test_without_a_terminal_it_says_how_to_record(cli: Run) -> None:
    result = cli("demo")
    assert (result.status, result.out) == (2, "")
    assert "nie jest terminalem" in result.err
    assert "mleg-tui demo --record PLIK.cast" in result.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("demo mobywatell --record new.cast", "Czy chodziło o „mobywatel”?"),
        ("demo zzz --record new.cast", "Pokazy: agh, pwr"),
        ("demo --pace fast --record new.cast", "--pace to liczba od 0 do 1000"),
        ("demo --pace -1 --record new.cast", "--pace to liczba od 0 do 1000"),
        ("demo --pace nan --record new.cast", "--pace to liczba od 0 do 1000"),
        ("demo --pace 0 --record new.cast", "większego od zera"),
        ("demo --size 80x24", "--size działa tylko z --record"),
        ("demo --json", "--json działa tylko z --record"),
        ("demo --size 80 --record new.cast", "80 nie jest rozmiarem"),
        ("demo --size 59x24 --record new.cast", "co najmniej 60x20"),
        ("demo --size 60x19 --record new.cast", "co najmniej 60x20"),
        ("demo --theme pink --record new.cast", "motywy to: usosweb, usosweb-dark"),
        ("demo --store other.json --record new.cast", "bez --store"),
        ("demo --record nowhere/new.cast", "Nie można zapisać nagrania nowhere/new.cast"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(
    cli: Run, line: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    result = cli(line)
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_is_written_over(cli: Run, tmp_path: Path) -> None:
    there = tmp_path / "there.cast"
    there.write_text("mine", "utf-8")
    result = cli(f"demo --record {there}")
    assert result.status == 1
    assert "już istnieje" in result.err
    assert there.read_text("utf-8") == "mine"


def test_what_was_recorded_is_told(cli: Run, tmp_path: Path) -> None:
    result = cli(f"demo check --record {tmp_path / 'check.cast'} --json")
    assert result.status == 0
    assert result.json["demo"] == "check"
    assert result.json["file"] == str(tmp_path / "check.cast")
    assert 20 < result.json["seconds"] < 90
    assert (tmp_path / "check.cast").read_bytes().startswith(b'{"version":2,')
