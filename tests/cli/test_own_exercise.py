"""The documentation's exercise of one's own: played, loaded, solved, and told what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "mleg_tui" / "docs"
JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOST = "scenario {act} --data {folder} lost-card"


def example(page: str = "exercises.md") -> str:
    (found,) = JSON.findall((DOCS / page).read_text(encoding="utf-8"))
    return str(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my_exercises"
    folder.mkdir()
    (folder / "scenarios.json").write_text(example(), encoding="utf-8")
    return folder


def test_both_pages_have_the_same_one() -> None:
    assert example() == example("exercises.pl.md")


def test_it_is_played(cli: Run, folder: Path) -> None:
    played = cli(LOST.format(act="play", folder=folder))
    assert (played.status, "✓ zgodnie ze scenariuszem" in played.out) == (0, True)


def test_it_is_loaded_and_solved_without_its_folder(on_store: Run, folder: Path) -> None:
    assert on_store(LOST.format(act="load", folder=folder)).status == 0
    (folder / "scenarios.json").unlink()
    asked = on_store("scenario check lost-card")
    assert (asked.status, "ELS ważna w USOS: tak (jest: nie)" in asked.err) == (1, True)
    on_store("office issue-els --user dziekanat --student zenon.probny")
    on_store("order place --user zenon.probny")
    assert on_store("scenario check lost-card").status == 0


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"els_valid": true', '"els_valid": "yes"', "goal[0].els_valid"),
        ('"els_valid": true', '"owes": 0, "colour": "red"', "exercise.goal[0].colour"),
        ('"difficulty": "EASY"', '"difficulty": "SIMPLE"', "difficulty"),
        ('"university": "agh"', '"university": "oxford"', "$.scenarios[0].students[0]"),
        ('"goal": [{"els_valid": true}', '"goal": [{"owes": 5}', ".exercise.goal[0]"),
        ('"enrolment": "STRUCK_OFF"', '"photo": "APPROVED"', ".exercise.wrong_ways[0]"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_field(
    cli: Run, folder: Path, right: str, wrong: str, told: str
) -> None:
    text = example()
    assert right in text
    (folder / "scenarios.json").write_text(text.replace(right, wrong), encoding="utf-8")
    played = cli(LOST.format(act="play", folder=folder))
    assert played.status == (2 if "Popraw plik" in played.err else 1)
    assert "scenarios.json" in played.out + played.err
    assert told in played.out + played.err


def test_a_folder_without_the_file_is_told(cli: Run, tmp_path: Path) -> None:
    played = cli(LOST.format(act="play", folder=tmp_path))
    assert (played.status, "scenarios.json" in played.err) == (2, True)
