"""The plugin for pytest, as another project's tests use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.gallery.project import ROOT, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write()
    done = made.pytest("--mleg-update")
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_a_kept_picture_is_found_the_same(project: Project) -> None:
    assert "Nasza Uczelnia" in project.picture.read_text("utf-8")
    assert (project.picture.parent / "VERSIONS").is_file()
    assert project.pytest().returncode == 0


def test_a_changed_screen_fails_with_its_name_and_its_rows(project: Project) -> None:
    project.write(name="Inna Uczelnia")
    done = project.pytest("--mleg-actual", "actual")
    assert done.returncode == 1
    assert "usosweb.login.pl.80x24 różni się" in done.stdout
    assert "-01│ Nasza Uczelnia" in done.stdout
    assert "+01│ Inna Uczelnia" in done.stdout
    assert "--mleg-update" in done.stdout
    assert "Traceback" not in done.stdout
    written = {path.name for path in (project.folder / "actual").iterdir()}
    assert written == {"usosweb.login.pl.80x24.txt", "usosweb.login.pl.80x24.html"}


def test_what_to_do_about_a_missing_picture_is_told_in_either_language(project: Project) -> None:
    project.picture.unlink()
    assert "nie ma zdjęcia" in project.pytest().stdout
    done = project.pytest(MLEG_TUI_LANG="en")
    assert done.returncode == 1
    assert "there is no snapshot in" in done.stdout
    assert not project.picture.exists()


def test_another_version_is_told_with_the_difference(project: Project) -> None:
    (project.picture.parent / "VERSIONS").write_text("textual 1.0\nrich 1.0\n", "utf-8")
    assert project.pytest().returncode == 0
    project.picture.write_bytes(b"\xff")
    done = project.pytest()
    assert done.returncode == 1
    assert "textual 1.0" in done.stdout


def test_the_folder_can_be_chosen(project: Project) -> None:
    project.write(mleg_screens="kept/here")
    assert project.pytest("--mleg-update").returncode == 0
    assert (project.folder / "kept" / "here" / project.picture.name).is_file()


def test_wrong_arguments_are_told_without_a_traceback(tmp_path: Path) -> None:
    told = {
        'mleg_screen("no.such")': "Żaden ekran nie pasuje do „no.such”",
        'mleg_screen("usosweb.login", theme="pink")': "Nie ma motywu „pink”",
        'mleg_screen("usosweb.login", size="big")': "big nie jest rozmiarem",
        'mleg_screen("usosweb.login", lang="de")': "lang: do wyboru pl, en",
        'mleg_screen("usosweb.login", data="tests")': "nie ma danych",
    }
    project = Project(tmp_path)
    project.write()
    project.test(
        "".join(f"def test_{n}(mleg_screen):\n    {call}\n" for n, call in enumerate(told))
    )
    done = project.pytest()
    assert f"{len(told)} failed" in done.stdout
    assert "Traceback" not in done.stdout
    for reason in told.values():
        assert reason in done.stdout


def test_bad_data_are_told_with_their_place(project: Project) -> None:
    (project.folder / "data" / "universities.json").write_text('{"universities": [{}]}', "utf-8")
    done = project.pytest()
    assert done.returncode == 1
    assert "universities.json" in done.stdout


def test_it_lives_with_xdist_and_without_itself(project: Project) -> None:
    assert project.pytest("-n", "2").returncode == 0
    project.test("def test_nothing():\n    pass\n")
    (project.folder / "pyproject.toml").unlink()
    assert project.pytest("-p", "no:mleg_tui").returncode == 0


def test_it_costs_nothing_until_it_is_used() -> None:
    script = (
        "import sys, pytest; before = {*sys.modules};"
        "import mleg_tui.testing.plugin;"
        "print(*sorted(name for name in {*sys.modules} - before if '_tui' in name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["mleg_tui", "mleg_tui.testing", "mleg_tui.testing.plugin"]
