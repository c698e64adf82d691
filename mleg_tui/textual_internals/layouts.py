"""What changed is laid out once.

Textual lays all out again when anything got another size in a layout, though nothing depends on
that but scroll bars, which ask for a layout themselves. Replaces the private ``_size_updated`` of
widgets.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget

_size_updated = Widget._size_updated  # noqa: SLF001


def lay_out_once() -> None:
    """Let all widgets of this process do so; calling it again changes nothing."""
    Widget._size_updated = _take_size  # type: ignore[method-assign, assignment]  # noqa: SLF001


def _take_size(
    widget: Widget,
    size: Size,
    virtual_size: Size,
    container_size: Size,
    layout: bool = True,  # noqa: FBT001, FBT002 - as Textual has it
) -> bool:
    del layout
    return _size_updated(widget, size, virtual_size, container_size, layout=False)
