"""Plain values are read in threads, as sessions do in a served process."""

from __future__ import annotations

import subprocess
import sys

from tests.end_to_end.terminal import ROOT


def test_threads_may_meet_a_kind_at_the_same_time() -> None:
    """A process of its own, for what goes wrong would end it without a word."""
    command = [sys.executable, "-m", "tests.services.explorers"]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0
