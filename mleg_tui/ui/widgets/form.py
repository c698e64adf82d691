"""A short form over the page: some fields, each checked before the form closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

from mleg_tui.domain.errors import BadInput, MlegError
from mleg_tui.domain.inert import check_inert
from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _, advice_of, message_of
from mleg_tui.ui.modal import Modal
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.dialogs import BACK
from mleg_tui.ui.widgets.entry import Entry, LeadingEntry
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel

if TYPE_CHECKING:
    from textual.widgets import TextArea


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its label, what stands in it, and what raises ``BadInput`` for nonsense.

    ``longest`` is how many letters it takes; more than are seen at once move along. A field of more
    ``lines`` than one takes any number of both.
    """

    label: MessageId
    value: str
    check: Callable[[str], object]
    longest: int = 64
    lines: int = 1


class Form(Modal[tuple[str, ...] | None]):
    """Answers with what was typed, in the order of the fields, or with nothing.

    Where it ``is_final`` what comes of it cannot be taken back: Enter in a field leads to the safe
    answer, and never through the buttons.
    """

    CSS_PATH = Path(__file__).with_name("form.tcss")  # for subclasses elsewhere
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "Input, TextArea"

    def __init__(
        self,
        title: MessageId,
        note: MessageId | Callable[[], str],
        fields: tuple[Field, ...],
        yes: MessageId,
        *,
        is_final: bool = False,
    ) -> None:
        super().__init__()
        self._is_final = is_final
        self._title = title
        self._note = note if callable(note) else partial(_, note)
        self._fields = fields
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Draw the fields, the room for what is wrong, and the two ways out."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield self.title_bar()
            with VerticalScroll(id="fields", can_focus=False):
                yield ComposedLabel(self._note)
                for number, field in enumerate(self._fields):
                    yield TranslatedLabel(field.label)
                    yield self._entry(field, f"field-{number}")
                yield ComposedLabel(id="wrong")
            with Horizontal(id="buttons"):
                yield from self._buttons()

    def title_bar(self) -> Static:
        """Return what stands on top."""
        return TranslatedLabel(self._title, id="title")

    async def attempt(self, given: tuple[str, ...]) -> None:
        """Do what the form is for, where that may be refused. Raises ``MlegError``."""

    def _entry(self, field: Field, id: str) -> Input | TextArea:
        if field.lines == 1:
            kind = Entry if field is self._fields[-1] else LeadingEntry
            return kind(field.value, id=id, compact=True, max_length=field.longest)
        from textual.widgets import TextArea  # noqa: PLC0415 - dear, and seldom needed

        entry = TextArea(field.value, id=id, compact=True)
        entry.styles.height = field.lines
        return entry

    def _buttons(self) -> Iterator[TranslatedButton]:
        back = TranslatedButton(BACK, id="no")
        if self._is_final:
            yield back
            yield TranslatedButton(self._yes, "error", id="yes")
        else:
            yield TranslatedButton(self._yes, "primary", id="yes")
            yield back

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "no":
            self.dismiss(None)
        elif self._is_understood():
            await self._answer()

    @on(Input.Submitted)
    async def _entered(self) -> None:
        if not self._is_understood():
            return
        if self._is_final:
            self.query_one("#no").focus()
        else:
            await self._answer()

    async def _answer(self) -> None:
        """Close, unless it was refused, which is told in the form."""
        given = tuple(map(_typed, self._entries))
        try:
            await self.attempt(given)
        except MlegError as error:
            self.query_one("#wrong", ComposedLabel).tell(partial(_told, error))
        else:
            self.dismiss(given)

    @property
    def _entries(self) -> Sequence[Input | TextArea]:
        ids = (f"#field-{number}" for number in range(len(self._fields)))
        return [cast("Input | TextArea", self.query_one(id_)) for id_ in ids]

    def _is_understood(self) -> bool:
        """Tell whether every field can be understood; go to the first that cannot."""
        for field, entry in zip(self._fields, self._entries, strict=True):
            try:
                if field.lines == 1:
                    check_inert(_typed(entry), _(field.label).rstrip(":"))
                field.check(_typed(entry))
            except BadInput as error:
                self.query_one("#wrong", ComposedLabel).tell(partial(_told, error))
                entry.focus()
                return False
        self.query_one("#wrong", ComposedLabel).tell(str)
        return True


def _typed(entry: Input | TextArea) -> str:
    return entry.value if isinstance(entry, Input) else entry.text


def _told(error: MlegError) -> str:
    return f"✗ {message_of(error)}\n  {advice_of(error)}"
