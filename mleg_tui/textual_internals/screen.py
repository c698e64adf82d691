"""The screen below ours: what Textual learns too late does no harm, nothing is drawn twice.

Touches Textual's private ``_reset_focus``, ``_on_screen_resume``, ``_on_update``,
``_screen_resized``, ``_refresh_layout``, ``_compositor_refresh``, ``_compositor`` and its
``_full_map`` and ``_dirty_regions``, ``_repaint_required`` of a screen, ``_layout_required`` and
``_scrollbar_changes`` of a widget, ``_batch_count`` of an app, and ``_subscriptions`` of a signal.
Replaces ``_size_updated`` of widgets.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, TypeVar

from textual import events
from textual._compositor import CompositorMap
from textual.dom import DOMNode
from textual.geometry import Offset, Size
from textual.messages import Update
from textual.screen import Screen
from textual.signal import Signal, SignalCallbackType
from textual.widget import Widget

T = TypeVar("T")
_WAITS = 0.1
"""Seconds after which painting is put off no more; it comes after twice as many in any case."""


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

    _all_painted_at = 0.0
    """When all of it was painted, by the clock of messages."""
    _painted_map: CompositorMap | None = None
    """Where everything was when it was laid out last."""
    _waits_since = 0.0
    """Since when painting is put off; 0 if it is not."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.text_selection_started_signal = TidySignal(self, "selection_started")

    @property
    def is_new(self) -> bool:
        """Whether it has not been painted yet."""
        return not self._all_painted_at

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come up; for the first time with the styles from mounting, and painted once.

        Textual would style every widget again, and paint all of it again in the next frame.
        """
        event.prevent_default()
        is_new = self.is_new
        event.refresh_styles = event.refresh_styles and not is_new
        super()._on_screen_resume(event)
        if is_new and not self.is_new:
            self._repaint_required = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out for another size; Textual does so for the one that it has, too."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002
        """Lay out; all of it is painted where nobody knows any more what stood where.

        Textual paints what is elsewhere than on its map. But after a scroll, or when something new
        came, it draws that anew for who asks where something is, and takes what has moved meanwhile
        for painted.
        """
        compositor = self._compositor
        if compositor._full_map is not self._painted_map:  # noqa: SLF001
            compositor._dirty_regions.add(self.outer_size.region)  # noqa: SLF001
        super()._refresh_layout(size, scroll)
        self._painted_map = None if scroll else compositor._full_map  # noqa: SLF001

    def _compositor_refresh(self) -> None:
        """Paint, unless it is laid out again first, for a scroll bar has come or gone.

        Where all is painted, so is whatever any widget has asked for until now.
        """
        if self.app._batch_count and self is self.app.screen:  # noqa: SLF001
            self.refresh()  # after the batch; Textual would draw it now, and show nothing
            return
        now = monotonic()
        if any(map(_lays_out_again, self._compositor.widgets)):
            if not self._waits_since:
                self._waits_since = now
                self.set_timer(2 * _WAITS, self._paint_at_last)
            if now - self._waits_since < _WAITS:
                return
        self._waits_since = 0.0
        if self.is_current and self.size.region in self._compositor._dirty_regions:  # noqa: SLF001
            self._all_painted_at = now
            for widget in self.walk_children(Widget, with_self=True):
                widget._repaint_required = False  # noqa: SLF001
        super()._compositor_refresh()

    def _paint_at_last(self) -> None:
        """Paint what is put off still, should nothing have come of the layout."""
        if self._waits_since:
            self.refresh()

    async def _on_update(self, message: Update) -> None:
        """Drop a widget's wish that has come true already."""
        if message.time < self._all_painted_at:
            message.stop()
            message.prevent_default()

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


def lay_out_once() -> None:
    """Let no widget of this process ask for another layout because its size changed in one.

    Nothing depends on that but scroll bars, which ask for a layout themselves. Calling it again
    changes nothing.
    """
    Widget._size_updated = _take_size  # type: ignore[method-assign, assignment]  # noqa: SLF001


_size_updated = Widget._size_updated  # noqa: SLF001


def _take_size(
    widget: Widget,
    size: Size,
    virtual_size: Size,
    container_size: Size,
    layout: bool = True,  # noqa: FBT001, FBT002 - as Textual has it
) -> bool:
    del layout
    return _size_updated(widget, size, virtual_size, container_size, layout=False)


def _lays_out_again(widget: Widget) -> bool:
    return widget._layout_required and bool(widget._scrollbar_changes)  # noqa: SLF001
