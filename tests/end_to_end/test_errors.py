"""An error of the program ends it, wherever it comes from, and leaves a sentence and a log."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.end_to_end.broken import KINDS, SECRET
from tests.end_to_end.program import environment
from tests.end_to_end.terminal import Terminal

SENTENCE = "Program napotkał nieoczekiwany błąd i zakończył pracę. Zamówienia są zapisane."
IN_TIME = 20
"""Seconds, the start included."""
TYPED = {"a worker": "anna.nowak\tdemo\r", "a key": "a", "the end": "\x11"}
"""What makes the error come; the others come by themselves."""


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_ends_the_program_with_a_sentence_and_a_log(kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.end_to_end.broken", kind]
    command += ["--store", str(tmp_path / "store.json")]
    environ = environment(XDG_STATE_HOME=str(tmp_path), PYTHONWARNINGS=None)
    with Terminal(command, environ=environ) as terminal:
        if kind in TYPED:
            terminal.wait_for("anna.nowak")
            terminal.type(TYPED[kind])
        assert terminal.wait(IN_TIME) == 70, terminal.text
        assert terminal.modes_left_on == set()
        said = re.sub(r"\s+", " ", re.sub(r"\x1b\[[^a-z]*[a-zA-Z]", "", terminal.raw.decode()))
        assert said.count(SENTENCE) == 1
        assert b"Traceback" not in terminal.raw
        assert b"broken on purpose" not in terminal.raw
    log = (tmp_path / "mleg-tui" / "mleg-tui.log").read_text(encoding="utf-8")
    assert kind == "rules of style" or "RuntimeError: broken on purpose" in log
    assert SECRET not in log
