"""A short list over the page, of which one entry is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.messages import MessageId
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import TranslatedLabel

Choices = Sequence[tuple[str, str]]
"""What can be chosen: ids, and what they are called in the session's language."""


class Choice(Modal[str | None]):
    """Answers with the id that was chosen."""

    CSS = """
    Choice OptionList {
        height: auto; max-height: 14; border: none; padding: 0; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "OptionList"

    def __init__(
        self, title: MessageId, choices: Callable[[], Choices], chosen: str | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Draw the title and the list."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(self._title, id="title")
            options = [Option(label, id=id_) for id_, label in self._choices()]
            yield MlegOptionList(*options, compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin at what holds now."""
        ids = [id_ for id_, _label in self._choices()]
        self.query_one(OptionList).highlighted = (
            ids.index(self._chosen) if self._chosen in ids else 0
        )

    def say(self) -> None:
        """Name the choices in the session's present language; the mark stays where it is."""
        for id_, label in self._choices():
            self.query_one(OptionList).replace_option_prompt(id_, label)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
