"""The real program in a terminal, and its plain commands beside it on the same store."""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.cli import main
from tests.end_to_end.terminal import Terminal

PROGRAM = (sys.executable, "-m", "mleg_tui")
STANDING = "2026-03-02T12:00:00+01:00"
"""Simulated time begins here and stands still until it is moved."""


def environment(**more: str | None) -> dict[str, str | None]:
    return {"MLEG_TUI_SEED": "7", "MLEG_TUI_NOW": STANDING, "NO_COLOR": None, **more}


def program(
    store: Path,
    *options: str,
    size: tuple[int, int] = (80, 24),
    environ: Mapping[str, str | None] | None = None,
) -> Terminal:
    command = [*PROGRAM, "--store", str(store), *options]
    return Terminal(command, size=size, environ=environment(**(environ or {})))


def command(store: Path, line: str) -> str:
    """Run a plain command beside the program, in the tests' process; return what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in environment(MLEG_TUI_PASSWORD="demo").items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        status = copy_context().run(main, [*line.split(), "--store", str(store)])
    assert status == 0, err.getvalue()
    return out.getvalue()


def order_of(store: Path, user: str) -> Any:
    return json.loads(command(store, f"order status --user {user} --json"))


def log_in(terminal: Terminal, login: str, *, dot: str = "•") -> None:
    """Fill the form at a person's pace: Enter has moved the cursor before the password comes."""
    terminal.wait_for("Ctrl+Q")  # in the last line, which is painted last
    listed = terminal.text.count(login)
    terminal.type(login)
    terminal.wait_for(lambda screen: screen.text.count(login) > listed)
    terminal.wait_for(lambda screen: login in screen.lines[screen.screen.cursor.y])
    typed = terminal.screen.cursor.y
    terminal.press("enter")
    terminal.wait_for(lambda screen: screen.screen.cursor.y > typed)
    terminal.type("demo")
    terminal.wait_for(4 * dot)
    terminal.press("enter")


def copied(terminal: Terminal) -> list[str]:
    """Return what the program sent to the terminal's clipboard (OSC 52)."""
    parts = bytes(terminal.raw).split(b"\x1b]52;c;")[1:]
    return [base64.b64decode(part.split(b"\x07")[0]).decode() for part in parts]
