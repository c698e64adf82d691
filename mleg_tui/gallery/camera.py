"""Run an app without a terminal, bring it to the wanted state, and take the snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypeVar

from textual.widgets import Button, Input, TextArea

from mleg_tui.domain.text import SOURCE_LANGUAGE
from mleg_tui.gallery.picture import Picture, picture
from mleg_tui.textual_internals.settle import settle
from mleg_tui.textual_internals.shortcuts import shortcuts

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.app import App
    from textual.pilot import Pilot


P = ParamSpec("P")
T = TypeVar("T")
Act: TypeAlias = "Callable[[Pilot[Any]], Awaitable[object]]"
"""What is done on the screen before the picture."""


async def take(
    app_factory: Callable[[], App[Any]],
    size: tuple[int, int],
    act: Act | None = None,
    *,
    name: str = "screen",
    lang: str = SOURCE_LANGUAGE,
    drawn: bool = False,
) -> Picture:
    """Run a new app at `size` (columns, rows), act on it, and give the picture at rest.

    `drawn` asks for it as SVG, too. Raises what the app raises, and TimeoutError when it does not
    come to rest.
    """
    app = app_factory()
    with ExitStack() as unseen:
        unseen.enter_context(shortcuts())
        async with unwatched(app, size) as pilot:
            if act is not None:
                await act(pilot)
                await settle(app)
            await hold_still(app)
            unseen.close()
            return picture(app, name, lang, drawn=drawn)


def freeze(app: App[Any]) -> None:
    """Let nothing move in the app, before it runs: values change at once, spinners stand still."""
    app.animation_level = "none"
    app.NOTIFICATION_TIMEOUT = 3600  # type: ignore[misc]  # outlasts a slow machine


@asynccontextmanager
async def unwatched(app: App[Any], size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    """Run an app at a size without a terminal, in which nothing moves by itself; it is at rest."""
    freeze(app)
    asyncio.get_running_loop().set_default_executor(SynchronousExecutor())
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app)
        yield pilot


async def hold_still(app: App[Any]) -> None:
    """Stop what moves in the widgets that are there now, just before a picture.

    Cursors stay visible instead of blinking, and a pressed button no longer shows it.
    """
    for screen in app.screen_stack:
        for widget in screen.walk_children():
            if isinstance(widget, Input | TextArea):
                widget.cursor_blink = False
            elif isinstance(widget, Button):
                widget.remove_class("-active")
    await settle(app)


class SynchronousExecutor(ThreadPoolExecutor):
    """A loop's default executor without threads: all is done in order, whatever the machine."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call it here and now."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asks for the result
            future.set_exception(error)
        return future
