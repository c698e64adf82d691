"""The screen on which ours stand."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any
from weakref import ref

import pytest
from textual import events
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from mleg_tui.textual_internals.app import CalmApp
from mleg_tui.textual_internals.screen import SteadyScreen
from mleg_tui.textual_internals.settle import resize, settle


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


class _Counted(CalmApp):
    """Counts how often screens are laid out and painted."""

    CSS = "#told { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.laid_out: list[Screen[object]] = []
        self.painted_after: list[int] = []
        """After how many layouts it was painted, each time."""
        self.dirty: set[Region] = set()
        """What was painted."""
        self.was_painted = asyncio.Event()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> _Counted:
    app = _Counted()
    reflow, paint = Compositor.reflow, Compositor.render_update

    def reflowed(compositor: Compositor, screen: Screen[object], size: Size) -> object:
        app.laid_out.append(screen)
        return reflow(compositor, screen, size)

    def painted(compositor: Compositor, **how: Any) -> object:
        app.painted_after.append(len(app.laid_out))
        app.dirty |= compositor._dirty_regions
        app.was_painted.set()
        return paint(compositor, **how)

    monkeypatch.setattr(Compositor, "reflow", reflowed)
    monkeypatch.setattr(Compositor, "render_update", painted)
    return app


class _Long(SteadyScreen[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("told", id="told")


async def test_what_grows_is_laid_out_once(counted: _Counted) -> None:
    async with counted.run_test():
        await counted.push_screen(_Long())
        await settle(counted)
        counted.laid_out.clear()
        counted.screen.query_one("#told", Static).update("in\ntwo lines")
        await settle(counted)
        assert counted.screen.query_one("#told").size.height == 2
        assert len(counted.laid_out) == 1


async def test_nothing_is_painted_without_the_scroll_bar_that_comes(counted: _Counted) -> None:
    async with counted.run_test(size=(80, 24)):
        await counted.push_screen(_Long())
        await settle(counted)
        counted.laid_out.clear()
        counted.painted_after.clear()
        counted.screen.query_one("#told", Static).update("line\n" * 50)
        await settle(counted)
        assert counted.screen.query_one(VerticalScroll).show_vertical_scrollbar
        assert counted.painted_after[0] == len(counted.laid_out) == 2


async def test_painting_is_put_off_for_a_while_only(
    counted: _Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mleg_tui.textual_internals.screen._lays_out_again", lambda _widget: True)
    async with counted.run_test():
        await counted.push_screen(_Long())
        await settle(counted)
        counted.was_painted.clear()
        counted.screen.refresh()
        await counted.was_painted.wait()


async def test_what_was_put_off_takes_nothing_along_that_is_wished_for_later(
    counted: _Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with counted.run_test():
        await counted.push_screen(page := _Long())
        await settle(counted)
        timers: list[Callable[[], None]] = []
        with monkeypatch.context() as patch:
            patch.setattr("mleg_tui.textual_internals.screen._lays_out_again", lambda _widget: True)
            patch.setattr(page, "set_timer", lambda _after, then: timers.append(then))
            page._compositor_refresh()
        page._compositor_refresh()  # it was laid out
        told = page.query_one("#told", Static)
        with monkeypatch.context() as patch:
            wished = asyncio.Event()
            patch.setattr(page, "check_idle", wished.set)
            told.update("news")
            await wished.wait()
        assert told in page._dirty_widgets
        counted.dirty.clear()
        for then in timers:
            then()
        await settle(counted)
        assert told.region in counted.dirty


async def test_what_is_laid_out_in_a_batch_is_painted_after_it(counted: _Counted) -> None:
    async with counted.run_test(size=(80, 24)):
        await counted.push_screen(page := _Long())
        await settle(counted)
        counted.dirty.clear()
        counted.was_painted.clear()
        with counted.batch_update():
            page._refresh_layout(page.size)
            page._compositor._dirty_regions.add(page.size.region)
            page.call_later((laid_out := asyncio.Event()).set)
            await laid_out.wait()
            assert not counted.dirty
        await counted.was_painted.wait()
        assert page.size.region in counted.dirty


async def test_what_lies_below_a_dialog_stays_as_it_is_laid_out(counted: _Counted) -> None:
    async with counted.run_test(size=(80, 24)):
        await counted.push_screen(below := _Long())
        await settle(counted)
        counted.laid_out.clear()
        await counted.push_screen(_Form())
        await settle(counted)
        assert below not in counted.laid_out
        await counted.pop_screen()
        await resize(counted, 60, 20)
        assert below.size == (60, 20)


class _Rows(SteadyScreen[None]):
    def compose(self) -> ComposeResult:
        yield Static("head")
        with VerticalScroll():
            yield Static("first", id="told")
            yield Static("line\n" * 40)
            yield Static("last", id="last")


async def test_what_moved_is_painted_though_somebody_asked_where_it_is(counted: _Counted) -> None:
    async with counted.run_test(size=(80, 24)):
        await counted.push_screen(page := _Rows())
        await settle(counted)
        page.query_one(VerticalScroll).scroll_to(y=1, animate=False, immediate=True)
        await settle(counted)
        counted.dirty.clear()
        page.query_one("#told", Static).update("in\ntwo lines")
        for _ in range(20):
            await asyncio.sleep(0)
            assert page.query_one("#last").region
        await settle(counted)
        assert page.size.region in counted.dirty
