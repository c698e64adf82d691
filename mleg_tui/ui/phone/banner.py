"""A push notice: it comes on the phone itself, above the app, and leads into the app it is from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from mleg_tui.domain.calendar import WARSAW
from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _
from mleg_tui.ui.widgets.bars import both_ends


class Banner(Widget, can_focus=True):
    """Who tells what, since when. It takes rows of its own, so that it covers nothing."""

    DEFAULT_CSS = """
    Banner { height: auto; padding: 0 1; display: none; pointer: pointer; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", show=False)]

    @dataclass
    class Opened(Message):
        """Somebody wants to see what a notice is about. ``command`` starts the app it is from."""

        command: str

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._command = ""
        self._source = self._text = MessageId("")
        self._at: datetime | None = None

    @property
    def text(self) -> str:
        """What it says, in the session's present language."""
        return _(self._text)

    def push(self, command: str, source: MessageId, text: MessageId, at: datetime | None) -> None:
        """Show a notice of an app, in place of the last one."""
        self._command, self._source, self._text, self._at = command, source, text, at
        self.display = True
        self.say()

    def render(self) -> Content:
        """Draw whose notice it is, and what it says."""
        width = self.content_size.width
        at = f" · {self._at.astimezone(WARSAW):%H:%M}" if self._at else ""
        opens = Content(_("Enter otwiera") if self.has_focus else "")
        source = Content.assemble(("● " + _(self._source) + at, "bold"))
        return Content.assemble(both_ends(source, opens, width), "\n", self.text)

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh(layout=True)

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's watcher
        """Say what Enter does, or no more."""
        super().watch_has_focus(_has_focus)
        self.refresh()

    def action_open(self) -> None:
        """Open what the notice is about."""
        self.post_message(self.Opened(self._command))

    def on_click(self) -> None:
        """Open it by mouse."""
        self.action_open()
