"""The app below ours."""

from __future__ import annotations

import pytest

from mleg_tui.textual_internals.app import EXIT_STATUS, CalmApp


async def _fail_and_quit(app: CalmApp) -> None:
    async with app.run_test():
        app.fail(RuntimeError("an error"))
        app.exit()


async def test_who_quits_while_an_error_ends_the_program_does_not_hide_the_error() -> None:
    app = CalmApp()
    with pytest.raises(RuntimeError, match="an error"):
        await _fail_and_quit(app)
    assert app.return_code == EXIT_STATUS
