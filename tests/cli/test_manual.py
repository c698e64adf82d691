"""The man page says all that the grammar knows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from mleg_tui.cli.manual import STATUSES, VARIABLES
from mleg_tui.cli.parser import whole
from tests.cli.conftest import Run


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_command_option_status_and_variable_is_in_it(cli: Run, language: str) -> None:
    page = cli(f"manual --lang {language}").out.replace("\\-", "-")
    for command in whole({}).leaves():
        assert f".SS {command.prog}\n" in page
        for _title, actions in command.groups(own=True):
            for action in actions:
                assert all(name in page for name in action.option_strings)
    for name in (*STATUSES, *VARIABLES):
        assert f"\\fB{name}\\fR\n" in page


def test_the_variables_of_the_help_are_those_of_the_page(cli: Run) -> None:
    told = cli("--help").out
    assert all(name in told for name in VARIABLES)


def test_man_can_set_it(cli: Run, tmp_path: Path) -> None:
    groff = shutil.which("groff")
    if groff is None:
        assert not os.environ.get("CI"), "groff is missing"
        pytest.skip("groff is not installed")
    page = tmp_path / "mleg-tui.1"
    page.write_text(cli("manual").out, "utf-8")
    drawn = subprocess.run(
        [groff, "-Kutf8", "-Tutf8", "-P-cbou", "-man", "-ww", str(page)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert drawn.stderr == ""
    assert "mleg-tui order place" in drawn.stdout
    assert "SYMULACJA — NIE JEST DOKUMENTEM" in " ".join(drawn.stdout.split())


def test_it_names_no_home_directory(cli: Run, tmp_path: Path) -> None:
    assert str(tmp_path) not in cli("manual").out
