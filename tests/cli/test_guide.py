"""``mleg-tui guide`` as a user starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mleg_tui.cli import main
from tests.guide.told import html

ROOT = Path(__file__).parents[2]
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "en_GB.UTF-8",
    "TERM": "dumb",
    "COLUMNS": "40",
    "NO_COLOR": "1",
    "TEXTUAL_THEME": "dracula",
    "PYTHONHASHSEED": "4711",
    "MLEG_TUI_NOW": "2027-01-01T00:00:00+01:00",
    "MLEG_TUI_SEED": "99",
    "PATH": "/usr/bin:/bin",
}


def test_another_environment_changes_no_byte(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mleg_tui", "guide", "--university", "umcs"),
            *("--lang", "pl", "--out", str(tmp_path)),
        ],
        cwd=ROOT,
        env=ELSEWHERE,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = tmp_path / "mlegitymacja-umcs.pl.html"
    assert done.stdout == f"{written}\n"
    assert done.stderr.startswith("Instrukcja ma ")
    assert written.read_text("utf-8") == html("umcs", "pl")


def test_markdown_has_its_pictures_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["guide", "--format", "md", "--lang", "en", "--out", str(tmp_path)]
    assert main(given) == 0
    text = (tmp_path / "mlegitymacja-agh.en.md").read_text("utf-8")
    pictures = sorted((tmp_path / "mlegitymacja-agh.en").iterdir())
    assert len(pictures) > 15
    for picture in pictures:
        assert f"(mlegitymacja-agh.en/{picture.name})" in text
    capsys.readouterr()
    assert main(given) == 1
    assert "--update" in capsys.readouterr().err
    assert (tmp_path / "mlegitymacja-agh.en.md").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ([], 2, "--out"),
        (["--out", "OUT", "--university", "nowhere"], 2, "„nowhere”"),
        (["--out", "OUT", "--university", "long" * 99], 2, "„longlong"),
        (["--out", "OUT", "--format", "pdf"], 2, "html"),
        (["--out", "OUT", "--data", "OUT"], 2, "universities.json"),
        (["--out", "OUT", "--store", "x.json"], 2, "--store"),
        (["--out", "pyproject.toml/x"], 1, "pyproject.toml"),
    ],
)
def test_what_cannot_be_done_is_told(
    given: list[str],
    status: int,
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    words = [str(out) if word == "OUT" else word for word in given]
    assert main(["guide", "--lang", "pl", *words]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err
    assert not (out.exists() and [*out.iterdir()])
