"""The screen on which ours stand."""

from __future__ import annotations

import gc
from weakref import ref

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Button, Input, Static

from mleg_tui.textual_internals.screen import SteadyScreen


class _Form(SteadyScreen[None]):
    def compose(self) -> ComposeResult:
        yield Input()
        yield Button("on")
        yield Static("told", id="told")


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


async def test_a_click_on_what_is_drawn_but_gone_does_no_harm() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.push_screen(_Form())
        await pilot.pause()
        gone = app.screen.query_one("#told", Static)
        x, y = gone.region.offset
        with app.batch_update():  # it is drawn still
            await gone.remove()
            down = events.MouseDown(None, x, y, 0, 0, 1, *(False, False, False))
            app.post_message(down)
            await pilot.pause()
        assert app.is_running


async def test_fields_that_were_taken_down_are_not_kept() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.push_screen(_Form())
        gone = [ref(field) for field in app.screen.query(Input)]
        for _ in range(8):  # the screen knows its last four layouts
            await app.screen.query(Input).first().remove()
            await app.screen.mount(field := Input())
            gone.append(ref(field))
            await pilot.pause()
        del field
        gc.collect()
        assert [known() for known in gone[:3]] == [None, None, None]
