"""The benchmarks of speed work; what they find depends on the machine and is not judged here."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.end_to_end.terminal import ROOT

ROWS = {
    "idle": ("hello world", "login page", "order page"),
    "key_to_paint": (
        "hello world, list",
        "hello world, field",
        "login form",
        "menu",
        "100 orders, rows",
        "200 orders, rows",
        "200 orders, search",
    ),
    "peers": ("hello world", "mleg-tui, login page"),
}
TOLD = {
    "idle": r"^idle CPU of the order page \d+\.\d\d %",
    "key_to_paint": r"^search to the last byte \d+\.\d ms",
    "peers": r"^\| mleg-tui, login page \| \d+ \(\d+\) \| \d+\.\d\d ",
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory and time are read as Linux tells them")
@pytest.mark.parametrize("name", ROWS)
def test_a_short_run_compares_with_hello_world(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", "--short"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert tuple(row[0].removeprefix("| ") for row in rows[1:]) == ROWS[name]
    assert re.search(TOLD[name], done.stdout, re.MULTILINE)
