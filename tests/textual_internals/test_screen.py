"""The screen on which ours stand."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Button, Input

from mleg_tui.textual_internals.screen import SteadyScreen


class _Form(SteadyScreen[None]):
    def compose(self) -> ComposeResult:
        yield Input()
        yield Button("on")


async def test_a_field_that_is_shown_again_keeps_the_focus_that_it_was_given() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.push_screen(_Form())
        field = app.screen.query_one(Input)
        field.focus()
        field.post_message(events.Hide())  # of a layout before
        await pilot.pause()
        assert app.focused is field
        field.display = False
        await pilot.pause()
        assert isinstance(app.focused, Button)
