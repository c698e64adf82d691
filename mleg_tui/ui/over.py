"""A screen over another one, to which it gives way."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from mleg_tui.ui.standing import is_on_top

T = TypeVar("T")


class Over(ModalScreen[T]):
    """A dialog, a list or a notice. It leaves once, however often it is told to.

    Textual takes away whatever is on top, so a second Enter on a button, typed before the first
    was obeyed, would take the page below along.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Give way, with an answer for whoever opened it."""
        return super().dismiss(result) if is_on_top(self) else AwaitComplete()
