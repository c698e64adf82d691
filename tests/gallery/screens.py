"""``mleg-tui screens`` as a user starts it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

Finished = subprocess.CompletedProcess[str]


def screens(*options: str | Path, python: str = sys.executable, **environ: str) -> Finished:
    """Run it and see that no traceback is shown."""
    own = ("MLEG_TUI_", "LC_ALL", "NO_COLOR")
    clean = {name: text for name, text in os.environ.items() if not name.startswith(own)}
    done = subprocess.run(
        [python, "-m", "mleg_tui", "screens", *map(str, options)],
        cwd=ROOT,
        env={**clean, "LANG": "C.UTF-8", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done
