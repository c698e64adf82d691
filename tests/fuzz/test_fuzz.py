"""A little of the fuzzer in every run, and that it would tell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mleg_tui.domain.messages import NOTICE
from tests.fuzz import subject
from tests.fuzz.noise import Noise
from tests.fuzz.runs import fuzz
from tests.fuzz.subject import Fault, Subject

SEED = "3"
SECONDS = 4


@pytest.mark.parametrize("page", ["login", "phone", "office"])
def test_nothing_that_is_sent_breaks_the_program(page: str) -> None:
    for found in fuzz(SEED, SECONDS, [page]):
        assert found.fault is None, found


def test_a_crash_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.end_to_end.broken", "a key"]
    with Subject([*command, "--store", str(tmp_path / "store.json")], tmp_path) as broken:
        broken.arrive("Ctrl+Q", b"a")
        with pytest.raises(Fault, match="ended with 70"):
            broken.leave()
        assert "broken on purpose" in broken.log()


def test_a_hang_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "PATIENCE", 0.5)
    deaf = f"import time, tty; tty.setraw(0); print({str(NOTICE)!r}, flush=True); time.sleep(60)"
    with Subject([sys.executable, "-c", deaf], tmp_path) as program:
        program.arrive(str(NOTICE), b"")
        with pytest.raises(Fault, match="does not answer"):
            program.ask()
        with pytest.raises(Fault, match="reads no more"):
            program.take(Noise(b"a" * 100_000))
