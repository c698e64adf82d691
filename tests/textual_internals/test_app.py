"""The app below ours."""

from __future__ import annotations

import gc
from functools import partial

import pytest

from mleg_tui.textual_internals.app import EXIT_STATUS, CalmApp, run_beside


async def _fail_and_quit(app: CalmApp) -> None:
    async with app.run_test():
        app.fail(RuntimeError("an error"))
        app.exit()


async def test_who_quits_while_an_error_ends_the_program_does_not_hide_the_error() -> None:
    app = CalmApp()
    with pytest.raises(RuntimeError, match="an error"):
        await _fail_and_quit(app)
    assert app.return_code == EXIT_STATUS


async def test_work_that_ends_before_it_begins_leaves_nothing() -> None:
    done: list[int] = []

    async def work(number: int) -> None:
        done.append(number)

    app = CalmApp()
    async with app.run_test():
        run_beside(app, partial(work, 1)).cancel()
        await run_beside(app, partial(work, 2)).wait()
    gc.collect()  # a coroutine that nobody awaited would be told of, which fails a test
    assert done == [2]
