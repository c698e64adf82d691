"""A short form over the page: some fields, each checked before the form closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.inert import check_inert
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _, advice_of, message_of
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.entry import Entry, LeadingEntry
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its label, what stands in it, and what raises ``BadInput`` for nonsense.

    ``longest`` is how many letters it takes; more than are seen at once move along.
    """

    label: MessageId
    value: str
    check: Callable[[str], object]
    longest: int = 64


class Form(Modal[tuple[str, ...] | None]):
    """Answers with what was typed, in the order of the fields, or with nothing."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(
        self, title: MessageId, note: MessageId, fields: tuple[Field, ...], yes: MessageId
    ) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._fields = fields
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Draw the fields, the room for what is wrong, and the two ways out."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(self._title, id="title")
            with VerticalScroll(id="fields", can_focus=False):
                yield TranslatedLabel(self._note)
                for number, field in enumerate(self._fields):
                    yield TranslatedLabel(field.label)
                    kind = Entry if field is self._fields[-1] else LeadingEntry
                    yield kind(
                        field.value,
                        id=f"field-{number}",
                        compact=True,
                        max_length=field.longest,
                    )
                yield ComposedLabel(id="wrong")
            with Horizontal(id="buttons"):
                yield TranslatedButton(self._yes, id="yes")
                yield TranslatedButton(N_("Nie, wróć"), id="no")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._submit()
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _submit(self) -> None:
        """Answer if every field can be understood, else go to the first that cannot."""
        inputs = list(self.query(Input))
        for field, typed in zip(self._fields, inputs, strict=True):
            try:
                check_inert(typed.value, _(field.label).rstrip(":"))
                field.check(typed.value)
            except BadInput as error:
                self.query_one("#wrong", ComposedLabel).tell(partial(_told, error))
                typed.focus()
                return
        self.dismiss(tuple(typed.value for typed in inputs))


def _told(error: BadInput) -> str:
    return f"✗ {message_of(error)}\n  {advice_of(error)}"
