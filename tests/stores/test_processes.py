"""Many processes on one store, and processes that die: nothing acknowledged is lost.

``MLEG_TUI_BURN=1`` and ``--timeout 0`` ask for the long versions.
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.stores.processes import BURN, counted, go, lost, output, process, told

ORDERS = 333 if BURN else 17
"""Of each process; every second one is cancelled, too, so that 500 and 25 changes are made."""

ROUNDS = 200 if BURN else 20


def test_eight_processes_lose_nothing(url: str) -> None:
    with ExitStack() as stack:
        writers = [
            stack.enter_context(process("writer", url, f"p{number}", ORDERS)) for number in range(8)
        ]
        for writer in writers:
            go(writer)
        acknowledged = told(writers)
    assert len(acknowledged) == 8 * (ORDERS + ORDERS // 2)
    assert lost(url, acknowledged) == []
    assert counted(url) == len(acknowledged)


def test_a_killed_writer_loses_nothing(url: str) -> None:
    acknowledged: list[str] = []
    for turn in range(ROUNDS):
        with process("writer", url, f"k{turn}", -1) as writer:
            go(writer)
            acknowledged += [output(writer).readline().strip() for _ in range(1 + turn % 10)]
            writer.kill()
            acknowledged += output(writer).read().splitlines()
        assert lost(url, acknowledged) == []
    assert len(acknowledged) <= counted(url) <= len(acknowledged) + ROUNDS


@pytest.mark.parametrize("turn", range(3))
def test_two_processes_that_start_at_once_make_one_store(url: str, turn: int) -> None:
    """Both place the same first order; the second finds the store made and is told so."""
    del turn
    with process("writer", url, "same", 1) as one, process("writer", url, "same", 1) as two:
        go(one)
        go(two)
        said = sorted(told([one, two]))
    assert said == ["kept same-0000", "placed same-0000"]
    assert lost(url, ["placed same-0000"]) == []
    assert counted(url) == 1
