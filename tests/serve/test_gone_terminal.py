"""A terminal that goes away without a signal takes the program with it."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.program import PROGRAM, environment
from tests.end_to_end.terminal import ROOT, _environment


@pytest.mark.parametrize("unread", [b"", 40 * b"\x1bOQ"], ids=["read", "nobody-reads-any-more"])
def test_the_program_ends_with_a_terminal_that_is_not_its_controlling_one(
    tmp_path: Path, unread: bytes
) -> None:
    master, slave = os.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "--served", "--store", str(tmp_path / "store.json")],
        cwd=ROOT,
        env=_environment(environment()),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    try:
        os.close(slave)
        written = b""
        while b"anna.nowak" not in written:
            written += os.read(master, 65536)
        os.write(master, unread)  # each key paints the whole screen anew
        os.close(master)
        assert process.wait(60) in (129, -signal.SIGALRM)
    finally:
        process.kill()
        process.wait()
