"""A checkbox whose sign tells its state without colours."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local


class Checkbox(Widget, can_focus=True):
    """``[ ]`` or ``[✓]`` before a label of the data or of the catalogue."""

    DEFAULT_CSS = """
    Checkbox { width: 100%; height: auto; }
    Checkbox:focus { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "toggle_value", show=False)]

    value: reactive[bool] = reactive(default=False)

    def __init__(self, label: LocalText | MessageId, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label

    @property
    def text(self) -> str:
        """The label in the session's present language."""
        return _(self._label) if isinstance(self._label, MessageId) else local(self._label)

    def render(self) -> Content:
        """Draw the box and the label."""
        return Content(f"[{'✓' if self.value else ' '}] {self.text}")

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh(layout=True)

    def action_toggle_value(self) -> None:
        """Checkbox, or take the tick back."""
        self.value = not self.value

    def on_click(self) -> None:
        """Checkbox by mouse."""
        self.action_toggle_value()
