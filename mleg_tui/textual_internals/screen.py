"""The screen below ours: what Textual learns too late does no harm.

Touches Textual's private ``_reset_focus`` of a screen and ``_subscriptions`` of a signal.
"""

from __future__ import annotations

from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.geometry import Offset
from textual.screen import Screen
from textual.signal import Signal, SignalCallbackType
from textual.widget import Widget

T = TypeVar("T")


class TidySignal(Signal[T]):
    """A signal that holds nothing which is gone.

    Textual forgets that only when the signal is published. Nobody may ever select a text, and every
    field of every page that was left would stay for as long as its screen, with all around it.
    """

    def subscribe(
        self,
        node: DOMNode,
        callback: SignalCallbackType[T],
        immediate: bool = False,  # noqa: FBT001, FBT002 - as Textual has it
    ) -> None:
        """Subscribe a node, and forget those that were taken down."""
        for other in [*self._subscriptions]:
            if not other.is_attached:
                self.unsubscribe(other)
        super().subscribe(node, callback, immediate)


class SteadyScreen(Screen[T]):
    """A screen that is not led astray by what is no longer so."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.text_selection_started_signal = TidySignal(self, "selection_started")

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """Let go of a widget that was hidden, unless it is seen again by now.

        That it was hidden it hears through a queue, maybe after it has been shown and given the
        focus, which then would go on to the next one.
        """
        if avoiding or widget not in self.focus_chain:
            super()._reset_focus(widget, avoiding)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return what can be selected there: nothing that was taken down since it was drawn."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (widget, offset) if widget is None or widget.is_attached else (None, None)
