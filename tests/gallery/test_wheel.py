"""The wheel in a fresh environment, and another project that pins its screens with it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.gallery.project import ROOT, Project

CONSTRAINTS = ROOT / ".ci" / "constraints.txt"


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a new environment with our wheel and pytest in it; return its interpreter."""
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "-w", str(folder), str(ROOT))
    venv.create(folder / "venv", with_pip=True)
    fresh = str(folder / "venv" / "bin" / "python")
    (wheel,) = folder.glob("*.whl")
    pip(fresh, "install", "-c", str(CONSTRAINTS), str(wheel), "pytest")
    return fresh


def pip(python: str, *command: str) -> None:
    """Run pip; without a registry within reach the test is skipped, but never in CI."""
    options = ("--disable-pip-version-check", "-q")
    done = subprocess.run(
        [python, "-m", "pip", *command, *options],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode != 0 and not os.environ.get("CI"):
        pytest.skip(f"pip cannot install here: {done.stderr.splitlines()[-1:]}")
    assert done.returncode == 0, done.stderr


def test_another_project_pins_a_screen_with_its_own_university(python: str, tmp_path: Path) -> None:
    project = Project(tmp_path, python)
    project.write()

    missing = project.pytest()
    assert missing.returncode == 1
    assert "--mleg-update" in missing.stdout
    assert project.pytest("--mleg-update").returncode == 0
    assert "Nasza Uczelnia" in project.picture.read_text("utf-8")
    same = project.pytest()
    assert same.returncode == 0, same.stdout

    project.write(name="Inna Uczelnia")
    changed = project.pytest()
    assert changed.returncode == 1
    assert "+01│ Inna Uczelnia" in changed.stdout


def test_its_command_line_compares_what_the_plugin_keeps(python: str, tmp_path: Path) -> None:
    project = Project(tmp_path, python)
    project.write()
    assert project.pytest("--mleg-update").returncode == 0
    check = ("screens", "--check", str(project.picture.parent), "--data", "data")
    one = ("--only", "usosweb.login", "--lang", "pl", "--size", "80x24")
    for name, status in (("Nasza Uczelnia", 0), ("Inna Uczelnia", 4)):
        project.write(name=name)
        done = subprocess.run(
            [python, "-m", "mleg_tui", *check, *one],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stderr
