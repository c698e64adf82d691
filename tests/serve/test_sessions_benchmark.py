"""The benchmarks over SSH work; what they find depends on the machine and is not judged here."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.end_to_end.terminal import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def short_run(name: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", "--short"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_short_run_compares_all_ways() -> None:
    told = short_run("sessions")
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| ")]
    assert [row[:2] for row in rows[1:]] == [
        ["| 1", "serve ssh"],
        ["| 1", "serve web"],
        ["| 1", "a process each"],
        ["| 3", "serve ssh"],
        ["| 3", "serve web"],
        ["| 3", "a process each"],
    ]
    for ratio in ("connect to first paint", "key to paint, p95", "memory per further session"):
        assert len(re.findall(rf"^{ratio} \d+\.\d\d", told, re.MULTILINE)) == 2, ratio


def test_a_short_flood_is_measured() -> None:
    told = short_run("flood")
    assert re.search(r"^worker above rest -?\d+ MB", told, re.MULTILINE)
    assert re.search(r"^another student waits \d+\.\d\d s at most", told, re.MULTILINE)
