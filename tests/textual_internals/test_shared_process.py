"""Many apps in one process: what each has of its own, and what all share. Textual 8.2.8."""

from __future__ import annotations

import gc
import sys
import weakref
from contextvars import copy_context
from typing import Literal

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._context import active_app
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip
from textual.widgets import Static

from mleg_tui.textual_internals.shared_process import IsolatedApp, prepare_process

RED = "rgb(255,0,0)"


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share this process, for the test only."""
    monkeypatch.setattr(Strip, "render", Strip.render)
    monkeypatch.setattr(StylesCache, "get_inner_outer", StylesCache.get_inner_outer)
    prepare_process()


class Small(IsolatedApp):
    CSS = "Static { color: $primary; }"

    def compose(self) -> ComposeResult:
        yield Static("red", classes="red")


def test_what_a_widget_looked_like_is_let_go() -> None:
    cache = StylesCache()
    background = Color(1, 2, 3)
    inner, outer = cache.get_inner_outer(background, Color(4, 5, 6))
    assert (inner.background, outer.background) == (Color(4, 5, 6), background)
    gone = weakref.ref(cache)
    del cache
    gc.collect()
    assert gone() is None


def test_a_strip_is_rendered_in_the_colours_of_whoever_asks() -> None:
    strip = Strip([Segment("red", Style.parse(RED))])
    kinds: tuple[Literal["standard", "256", "truecolor"], ...] = ("standard", "256", "truecolor")
    consoles = [Console(color_system=kind, force_terminal=True) for kind in kinds]
    rendered = [strip.render(console) for console in consoles]
    assert rendered == [
        "\x1b[31mred\x1b[0m",
        "\x1b[38;5;196mred\x1b[0m",
        "\x1b[38;2;255;0;0mred\x1b[0m",
    ]
    assert strip.render(consoles[2]) is rendered[2]


async def test_apps_leave_the_streams_of_the_process_alone() -> None:
    before = sys.stdout, sys.stderr
    app = Small()
    app.isolate("xterm-256color", "256", no_color=False)
    async with app.run_test():
        assert (sys.stdout, sys.stderr) == before


def test_a_terminal_without_colours_gets_greys() -> None:
    app, plain = Small(), Small()
    app.isolate("xterm", "truecolor", no_color=True)
    plain.isolate("xterm", "standard", no_color=False)
    added = [type(filter_) for filter_ in app._filters if filter_ not in plain._filters]
    assert Monochrome in added
    assert (app.console.color_system, plain.console.color_system) == ("truecolor", "standard")


async def test_an_app_that_breaks_has_a_last_word_and_prints_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    app = Small()
    app.isolate("xterm-256color", "256", no_color=False)
    with pytest.raises(RuntimeError):
        async with app.run_test():
            app._handle_exception(RuntimeError("never to be shown"))
    assert "nieoczekiwany błąd" in app.last_words
    assert app.return_code == 70
    assert capfd.readouterr() == ("", "")


async def test_a_frame_that_the_terminal_does_not_take_is_not_drawn() -> None:
    app, frames = Small(), []
    app.may_draw = lambda: bool(frames.append(1))  # type: ignore[method-assign, func-returns-value]
    app.isolate("xterm-256color", "256", no_color=False)
    async with app.run_test() as pilot:
        app.screen.query_one(Static).update("another")
        await pilot.pause()
        assert frames


def test_a_context_is_taken_for_the_apps_own() -> None:
    app, context = Small(), copy_context()
    context.run(app.be_active)
    assert context[active_app] is app
