"""Is a message pump at rest? Textual does not say.

Touches the private ``_message_queue`` and ``_next_callbacks`` of pumps, ``_callbacks`` and
``_result_callbacks`` of screens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.message_pump import MessagePump
from textual.screen import Screen


def is_at_rest(pump: MessagePump) -> bool:
    """Tell whether a running pump waits for a message, and has none and no callback left."""
    arrived: Any = pump._message_queue.ready_event  # noqa: SLF001
    waits = not arrived.is_set() and arrived._waiters  # noqa: SLF001
    return bool(waits and not pump._next_callbacks)  # noqa: SLF001


def is_drawn(screen: Screen[Any]) -> bool:
    """Tell whether nothing waits for the screen on top to be drawn."""
    return not screen._callbacks  # noqa: SLF001


def askers(screen: Screen[Any]) -> Iterator[MessagePump]:
    """Yield whoever waits for a screen's answer, such as a dialog's."""
    for asked in screen._result_callbacks:  # noqa: SLF001
        if asked.callback is not None:
            yield asked.requester
