"""What was taken down asks for nothing more.

A page may be replaced, a session may end, while an answer of the store is on its way. Whatever then
goes on in the page's name finds its parts and its place gone. Here, where everything is carried
out, it is dropped, and only it: whoever carried it out goes on with what comes next.

Touches ``invoke`` in Textual's message pump, and the private ``_pruning`` and ``_closing``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from textual import _callback, message_pump
from textual.app import App, ScreenError
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.widget import MountError, Widget

log = logging.getLogger("mleg_tui")
_NOT_THERE = (NoMatches, NoScreen, ScreenError, MountError)
"""How Textual says that something is not where it is looked for."""


def is_of_what_is_gone(error: BaseException) -> bool:
    """Tell whether an error only says that something is not there which was taken down."""
    cause = getattr(error, "error", error)  # what a worker failed of
    return isinstance(cause, _NOT_THERE) and any(map(_is_gone, _acting(cause.__traceback__)))


@contextmanager
def dropped_when_gone() -> Iterator[None]:
    """Carry on behind what something asks for that is gone."""
    try:
        yield
    except Exception as error:
        if not is_of_what_is_gone(error):
            raise
        log.info("dropped, for it was taken down: %s", error)


def drop_what_is_gone() -> None:
    """Let all message pumps of this process do so; calling it again changes nothing."""
    message_pump.invoke = _invoke  # type: ignore[attr-defined]


async def _invoke(callback: Callable[..., Any], *params: object) -> Any:
    with dropped_when_gone():
        return await _callback.invoke(callback, *params)


def _acting(traceback: TracebackType | None) -> Iterator[object]:
    """Yield in whose name each part of the code ran that led to an error."""
    while traceback is not None:
        yield traceback.tb_frame.f_locals.get("self")
        traceback = traceback.tb_next


def _is_gone(actor: object) -> bool:
    if isinstance(actor, App):
        return bool(actor._exit)  # noqa: SLF001
    if not isinstance(actor, Widget):
        return False
    return not is_there(actor) or actor._closing  # noqa: SLF001


def is_there(widget: Widget) -> bool:
    """Tell whether a widget is on its screen, and nobody is taking it down, parts first."""
    return widget.is_attached and not widget._pruning  # noqa: SLF001
