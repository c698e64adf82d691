"""One after the other, each for a moment at most."""

from __future__ import annotations

import asyncio

import pytest

from mleg_tui.services import turns
from mleg_tui.services.turns import Turns


async def test_the_next_one_waits_for_the_end_of_a_turn() -> None:
    of_all = Turns()
    end = await of_all.take()
    following = [asyncio.create_task(of_all.take()) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in following)
    end()
    end()  # which ends nobody else's
    end_second = await following[0]
    await asyncio.sleep(0)
    assert not following[1].done()
    end_second()
    (await following[1])()


async def test_a_turn_that_nobody_ends_is_over_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_LONGEST", 0.01)
    of_all = Turns()
    await of_all.take()
    (await of_all.take())()


async def test_who_waits_no_more_is_left_out() -> None:
    of_all = Turns()
    end = await of_all.take()
    gone, waits = (asyncio.create_task(of_all.take()) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    end()
    (await waits)()
