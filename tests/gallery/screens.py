"""``mleg-tui screens`` as a user calls it; in a process of its own where the process matters."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from contextvars import copy_context
from pathlib import Path

import pytest

from mleg_tui.cli import main

ROOT = Path(__file__).parents[2]
_OWN = ("MLEG_TUI_", "LC_ALL", "NO_COLOR")

Finished = subprocess.CompletedProcess[str]


def screens(*options: str | Path) -> Finished:
    """Obey the command here, and see that no traceback is shown."""
    command = ["screens", *map(str, options)]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(ROOT):
        for name in filter(_is_own, os.environ):
            patch.delenv(name)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = copy_context().run(main, command)
    return _checked(Finished(command, status, out.getvalue(), err.getvalue()))


def screens_in_a_process(
    *options: str | Path, python: str = sys.executable, **environ: str
) -> Finished:
    """Run it in a process of its own, in another environment."""
    clean = {name: text for name, text in os.environ.items() if not _is_own(name)}
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
    return _checked(done)


def _is_own(name: str) -> bool:
    return name.startswith(_OWN)


def _checked(done: Finished) -> Finished:
    assert "Traceback" not in done.stdout + done.stderr
    return done
