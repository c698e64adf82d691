"""The driver for a terminal at the other end of a stream. Textual 8.2.8."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from mleg_tui.serve.app import ServedMlegTui
from mleg_tui.textual_internals.shared_process import IsolatedApp
from mleg_tui.textual_internals.stream_driver import StreamDriver, StreamedApp


class Recorded:
    """A stream that keeps what is drawn, and has something typed from the start."""

    def __init__(self, typed: bytes = b"") -> None:
        self.drawn = ""
        self.typed = typed

    def write(self, text: str) -> None:
        self.drawn += text

    def take_input(self) -> bytes:
        return self.typed

    def pause(self) -> None:
        pass

    def resume(self) -> None:
        pass


class Form(IsolatedApp):
    driver: StreamDriver | None = None
    asks_for_synchronised_output = True

    def __init__(self, stream: Recorded) -> None:
        super().__init__()
        self.stream = stream
        self.driver_class = StreamDriver
        self.isolate("xterm-256color", "256", no_color=False)
        self.sizes: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        yield Input()

    def on_resize(self, event: events.Resize) -> None:
        self.sizes.append(event.size)


def served(app: ServedMlegTui) -> StreamedApp:
    """Let mypy see that the served program is what the driver needs."""
    return app


async def holds(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.01)


async def test_the_app_has_the_size_of_the_terminal_and_what_was_typed_before() -> None:
    app = Form(Recorded(b"typed early"))
    running = asyncio.create_task(app.run_async(size=(60, 20)))
    await holds(lambda: app.is_running and app.driver and app.screen.query(Input))
    assert app.driver is not None
    assert app.size == (60, 20)
    await holds(lambda: app.screen.query_one(Input).value == "typed early")
    app.driver.resize(100, 30)
    await holds(lambda: (100, 30) in app.sizes)
    assert app.size == (100, 30)
    app.exit()
    await running
    assert app.stream.drawn.startswith("\x1b[?1049h")
    assert "\x1b[?2026$p" in app.stream.drawn
    assert app.stream.drawn.rstrip().endswith("\x1b[0m")
    assert app.stream.drawn.count("\x1b[?1049l") == 1
