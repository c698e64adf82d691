"""What plays a demonstration to a class, as screens know it: nothing below imports the player."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from mleg_tui.ui.appearance import DrawnApp
    from mleg_tui.ui.options import Options


class Controls(Protocol):
    """Stops a demonstration, and lets it go on."""

    def pause_or_go_on(self) -> None:
        """Stop where it is, or go on."""

    def step(self) -> None:
        """Have the present step over at once; then stop."""


PlayDemo = Callable[
    [str, "Options", Callable[["DrawnApp", Controls], object]], Coroutine[Any, Any, None]
]
"""Plays the one of this name in a program of its own; raises ``UnknownDemo``, ``BadDemoData``.

It calls back with that program, in its context, once it runs.
"""
