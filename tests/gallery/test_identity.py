"""Pictures are the same byte for byte, wherever they are taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.gallery.screens import screens_in_a_process

SEVERAL = (
    *("--only", "usosweb.login.refused"),
    *("--only", "usosweb.mlegitymacja.ready"),
    *("--only", "mobywatel.document"),
    *("--size", "80x24"),
)
HERE = {"TZ": "Europe/Warsaw", "TERM": "xterm-256color", "PYTHONHASHSEED": "0"}
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "POSIX",
    "TERM": "dumb",
    "COLUMNS": "40",
    "LINES": "10",
    "NO_COLOR": "1",
    "TEXTUAL_THEME": "dracula",
    "PYTHONHASHSEED": "4711",
    "MLEG_TUI_NOW": "2027-01-01T00:00:00+01:00",
    "MLEG_TUI_SEED": "99",
}


def contents(
    folder: Path, environ: Mapping[str, str], python: str = sys.executable
) -> dict[str, bytes]:
    done = screens_in_a_process("--out", folder, *SEVERAL, python=python, **environ)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return contents(tmp_path_factory.mktemp("here"), HERE)


def test_another_environment_changes_nothing(here: dict[str, bytes], tmp_path: Path) -> None:
    assert len(here) == 13  # three scenes in two languages as text and as SVG, and the versions
    assert contents(tmp_path, ELSEWHERE) == here


def test_several_processes_take_the_same_pictures(here: dict[str, bytes], tmp_path: Path) -> None:
    done = screens_in_a_process("--out", tmp_path, *SEVERAL, "--jobs", "3", **ELSEWHERE)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == here


def test_another_python_changes_nothing(here: dict[str, bytes], tmp_path: Path) -> None:
    other = another_python()
    if other is None:
        pytest.skip("no other Python has what the program needs (MLEG_TUI_OTHER_PYTHON names one)")
    assert contents(tmp_path, ELSEWHERE, other) == here


def another_python() -> str | None:
    """Find an interpreter of another version that can run the program."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    versions = [f"python3.{minor}" for minor in range(11, 16) if f"3.{minor}" != own]
    named = os.environ.get("MLEG_TUI_OTHER_PYTHON")
    found = [named] if named else [shutil.which(name) for name in versions]
    needs = "import textual, argon2, filelock, msgspec, platformdirs, qrcode, tinydb"
    for python in filter(None, found):
        tried = subprocess.run([python, "-c", needs], capture_output=True, check=False)
        if tried.returncode == 0:
            return python
    return None
