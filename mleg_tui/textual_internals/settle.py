# ruff: noqa: SLF001
"""Wait until a screen is at rest, and give what it shows then.

Textual's own answer, an idle processor, is wrong on a busy machine. Here the app is at rest when no
message, callback, worker or animation is left and the screen has painted what it owes, several
times in a row.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual._context import visible_screen_stack
from textual.dom import DOMNode
from textual.events import Resize
from textual.geometry import Size

from mleg_tui.textual_internals.app import BACKGROUND, CalmApp
from mleg_tui.textual_internals.cover import CoverableApp
from mleg_tui.textual_internals.rest import is_at_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen
    from textual.strip import Strip

_CALM_ROUNDS = 3
_PATIENCE = 20
"""Restless rounds after which something outside the loop is waited for: a thread, a timer."""
_PAUSE = 0.001
"""Seconds for which it is waited for before the next look."""


async def settle(app: App[Any], seconds: float = 10.0) -> None:
    """Wait until the app is at rest, or has ended.

    Raises TimeoutError, saying what is still going on, when it was found restless as often as an
    idle machine looks in `seconds`. The clock would say nothing: a busy one may hardly get there.
    """
    calm = in_a_row = restless = 0
    while calm < _CALM_ROUNDS and not _ended(app):
        await _advance(app, waiting=in_a_row > _PATIENCE)
        unrest = _unrest(app)
        calm, in_a_row = (0, in_a_row + 1) if unrest else (calm + 1, 0)
        restless += bool(unrest)
        if restless > seconds / _PAUSE:
            message = f"not at rest after {restless} looks: {unrest}"
            raise TimeoutError(message)


async def resize(app: App[Any], width: int, height: int) -> None:
    """Give an app without a terminal a window of another size, and wait until it is at rest."""
    size = Size(width, height)
    app._driver._size = size  # type: ignore[union-attr]
    app.post_message(Resize(size, size))
    await settle(app)


def strips(app: App[Any]) -> list[Strip]:
    """Give the lines of the app's screen as they are shown, with what a modal lets through.

    Where something is drawn over the app, give that.
    """
    width, height = app.size
    if isinstance(app, CoverableApp) and app.cover is not None:
        return [*app.cover.strips(width, height)]
    reset = visible_screen_stack.set(app._background_screens)
    try:
        with app._context():  # of what is not painted yet
            lines = app.screen._compositor.render_strips()
    finally:
        visible_screen_stack.reset(reset)
    return [line.adjust_cell_length(width) for line in lines[:height]]


async def _advance(app: App[Any], *, waiting: bool) -> None:
    """Let every queue run on, then paint without waiting for the frame timer."""
    app._check_resize()  # otherwise throttled by a timer
    await asyncio.sleep(_PAUSE if waiting else 0)
    if not _ended(app):
        for screen in filter(_is_laid_out_anew, app._background_screens):
            screen._on_timer_update()
        app.screen._on_timer_update()


def _unrest(app: App[Any]) -> str:
    """Name the first thing that is not at rest, or nothing."""
    if _ended(app):
        return ""
    if isinstance(app, CalmApp) and app.is_busy:
        return "a key"
    if names := _workers(app):
        return f"worker {names[0]}"
    if app.animator._animations or app.animator._scheduled:
        return "animation"
    for node in _nodes(app):
        if not (node.is_running and is_at_rest(node)):
            return f"messages of {node}"
    below = any(map(_is_laid_out_anew, app._background_screens))
    return "painting" if below or _owes_painting(app.screen) else ""


def _is_laid_out_anew(screen: Screen[Any]) -> bool:
    return screen._layout_required or screen._scroll_required


def _owes_painting(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _nodes(app: App[Any]) -> Iterator[DOMNode]:
    """Give everything with a queue: the app, and the screens of the stack with their widgets."""
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _workers(app: App[Any]) -> list[str]:
    """Name the workers at work: not those in the background, nor one for each awaited screen.

    Every screen that was pushed has a future; a worker waits for it where somebody is to be called.
    """
    busy = [w.name or w.group for w in app.workers if not w.is_finished and w.group != BACKGROUND]
    awaited = sum(
        bool(callback.future is not None and callback.future._callbacks)
        for screen in app.screen_stack
        for callback in screen._result_callbacks
    )
    return busy[awaited:]


def _ended(app: App[Any]) -> bool:
    return app._exit or app._exception is not None or not app.is_running
