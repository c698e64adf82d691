"""The benchmark of sessions works; what it finds depends on the machine and is not judged here."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.end_to_end.terminal import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_short_run_compares_both_ways() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.sessions", "--short"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[:2] for row in rows[1:]] == [
        ["| 1", "serve ssh"],
        ["| 1", "a process each"],
        ["| 3", "serve ssh"],
        ["| 3", "a process each"],
    ]
    for ratio in ("connect to first paint", "key to paint, p95", "memory per further session"):
        assert re.search(rf"^{ratio} \d+\.\d\d", done.stdout, re.MULTILINE), ratio
