"""A language is a folder of messages and entries in the data, and nothing in the code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

from mleg_tui.domain.messages import NOTICE
from mleg_tui.languages import LANGUAGES
from mleg_tui.services.demo_data import own_directory

ROOT = Path(__file__).parents[2]
SIGN = "» "
"""Stands before every text in the new language."""


def run(house: Path, *command: str) -> str:
    """Return what Python prints in the house, where the new language is spoken."""
    environ = {"MLEG_TUI_LANG": "de", "MLEG_TUI_STORE": "memory:", "MLEG_TUI_PASSWORD": "demo"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def translate(po: Path) -> None:
    """Write the translation of every message into a file of messages."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale="de")
    assert (catalogue.num_plurals, len(catalogue)) > (1, 1000)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(f"{SIGN}{form}" for form in message.id)
        elif message.id:
            message.string = f"{SIGN}{message.id}"
    with po.open("wb") as file:
        write_po(file, catalogue)


def translated(value: Any) -> Any:
    """Return data with the translation of each of their texts."""
    match value:
        case {"pl": str(polish)}:
            return {**value, "de": SIGN + polish}
        case dict():
            return {key: translated(part) for key, part in value.items()}
        case list():
            return [translated(part) for part in value]
        case _:
            return value


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a copy of the program is to which German was added."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "mleg_tui", house / "mleg_tui", ignore=shutil.ignore_patterns("docs"))
    (house / "tests").mkdir()
    for name in ("__init__.py", "catalogue.py"):
        shutil.copy(ROOT / "tests" / name, house / "tests")
    (house / "demo_data").mkdir()
    for path in own_directory().glob("*.json"):
        texts = json.dumps(translated(json.loads(path.read_text("utf-8"))))
        (house / "demo_data" / path.name).write_text(texts)
    german = house / "mleg_tui" / "locale" / "de"
    german.mkdir()
    subprocess.run([sys.executable, "-m", "tests.catalogue"], cwd=house, check=False)
    translate(german / "LC_MESSAGES" / "mleg_tui.po")
    run(house, "-m", "tests.catalogue")
    return house


def test_the_program_offers_it_and_greets_in_it(house: Path) -> None:
    assert "{pl,de,en}" in run(house, "-m", "mleg_tui", "--help")
    said = run(house, "-c", "from mleg_tui import splash; print(splash.notice('de'))")
    assert said == f"{SIGN}{NOTICE}\n"


def test_a_plain_command_speaks_it(house: Path) -> None:
    lines = run(house, "-m", "mleg_tui", "order", "conditions", "--user", "anna.nowak").splitlines()
    assert lines[0] == f"{SIGN}{NOTICE}"
    assert all(SIGN in line for line in lines if line.strip())


def test_the_data_are_told_in_it(house: Path) -> None:
    told = run(house, "-m", "mleg_tui", "demo", "--list", "--json")
    titles = [demo["title"] for demo in json.loads(told)["demos"]]
    assert titles
    assert all(title["de"] == SIGN + title["pl"] for title in titles)
    assert all(set(title) == {"de", *LANGUAGES} for title in titles)


def test_a_screen_speaks_it(house: Path) -> None:
    chosen = ("--only", "usosweb.login", "--size", "120x40", "--lang", "de", "--format", "txt")
    run(house, "-m", "mleg_tui", "screens", "--out", "kept", *chosen)
    [picture] = (house / "kept").glob("usosweb.login.de.*.txt")
    screen = picture.read_text("utf-8")
    assert f"{SIGN}{NOTICE}" in screen
    assert "PL | DE | EN" in screen
    assert f"{SIGN}AGH" in screen
