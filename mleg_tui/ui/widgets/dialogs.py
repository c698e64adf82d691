"""Dialogs: a question that is answered with yes or no, and something to be read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _, advice_of, message_of
from mleg_tui.services.ordering import CannotOrder
from mleg_tui.ui.modal import Modal, agreed
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel

CLOSE, BACK = N_("Zamknij"), N_("Nie, wróć")


class Dialog(Modal[bool]):
    """A frame over the page. Escape leaves it without doing anything."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")  # for subclasses elsewhere
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Draw the notice, the title, the body and the buttons."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield self.title_bar()
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
            with Horizontal(id="buttons"):
                yield from self.buttons()

    def title_bar(self) -> Static:
        """Return what stands on top."""
        return TranslatedLabel(self._title, id="title")

    def body(self) -> ComposeResult:
        """Yield what is to be read."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """Yield the buttons; the one with the id ``yes`` answers with true."""
        yield TranslatedButton(CLOSE, id="no")

    def action_go(self, by: int) -> None:
        """Go on in what is longer than the frame; where all is seen, between the buttons."""
        body = self.query_one("#body")
        if body.max_scroll_y:
            body.scroll_relative(y=by, animate=False)
        elif by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_page(self, by: int) -> None:
        """Go on by what is seen at once."""
        body = self.query_one("#body")
        body.scroll_relative(y=by * max(1, body.size.height - 1), animate=False)

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class Question(Dialog):
    """A question before something that cannot be taken back. The safe answer has the focus."""

    AUTO_FOCUS = "#no"

    def __init__(self, title: str, text: str | Callable[[], str], yes: str, no: str = BACK) -> None:
        super().__init__(title)
        self._text = text if callable(text) else partial(_, text)
        self._yes = yes
        self._no = no

    def body(self) -> ComposeResult:
        """Yield what will happen."""
        yield ComposedLabel(self._text)

    def buttons(self) -> ComposeResult:
        """Yield the way back, then the act."""
        yield TranslatedButton(self._no, id="no")
        yield TranslatedButton(self._yes, "error", id="yes")


Act = Callable[[], object]


def ask(
    program: Program,
    title: MessageId,
    text: str | Callable[[], str],
    act: Act,
    yes: MessageId | None = None,
) -> None:
    """Ask whether something is meant that cannot be taken back; the title names it.

    ``yes`` is a shorter name for the button.
    """
    program.push_screen(Question(title, text, yes or title), agreed(act))


Recover = Callable[[], Awaitable[bool]]
"""Goes back to the last good copy of a store and tells the user what came of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a refusal: what it is called, and what leads there."""

    label: MessageId
    go: Callable[[], Awaitable[None]]


class Told(Dialog):
    """An error or a refusal: what happened, why, and what to do, perhaps with a way on."""

    AUTO_FOCUS = "#no"

    def __init__(self, error: MlegError, way: Way | None = None) -> None:
        super().__init__(error.message)
        self._error = error
        self._way = way

    def title_bar(self) -> Static:
        """Return the message, with its fields filled."""
        return ComposedLabel(partial(message_of, self._error), id="title")

    def body(self) -> ComposeResult:
        """Yield every reason with its repair."""
        yield ComposedLabel(partial(_told, self._error), id="reasons")

    def buttons(self) -> ComposeResult:
        """Yield the way on, if there is one, and the way back."""
        if self._way is not None:
            yield TranslatedButton(self._way.label, id="way")
        yield from super().buttons()

    @on(Button.Pressed, "#way")
    def _go(self) -> None:
        if self._way is not None:
            self.app.call_later(self._way.go)  # once the dialog, which the press closes, is gone


def _told(error: MlegError) -> str:
    if not isinstance(error, CannotOrder):
        return advice_of(error)
    reasons = [f"✗ {message_of(reason)}\n  → {advice_of(reason)}" for reason in error.reasons]
    return "\n".join([*reasons, "", advice_of(error)])


class Failure(Told):
    """The store could not be used: try again, or leave the program. Nothing was changed.

    Where a copy of its last good state is at hand, ``recover`` goes back to it, once it was agreed
    to, and then it is tried again.
    """

    AUTO_FOCUS = "#yes"  # does no harm; the other answer ends the program

    def __init__(self, error: MlegError, recover: Recover | None = None) -> None:
        super().__init__(error)
        self._recover = recover

    def body(self) -> ComposeResult:
        """Yield the reasons, and the last good copy."""
        yield from super().body()
        if self._recover is not None:
            yield TranslatedButton(N_("Użyj ostatniej dobrej kopii"), id="recover")

    def buttons(self) -> ComposeResult:
        """Yield another try and the way out."""
        yield TranslatedButton(N_("Spróbuj ponownie"), "primary", id="yes")
        yield TranslatedButton(N_("Zakończ program"), id="no")

    @on(Button.Pressed, "#recover")
    def _ask(self, event: Button.Pressed) -> None:
        event.prevent_default()  # it is no answer yet
        question = Question(
            N_("Wrócić do ostatniej dobrej kopii?"),
            N_("Ostatniej zmiany może w niej brakować. Uszkodzony plik zostanie zachowany obok."),
            N_("Użyj kopii"),
            N_("Nie teraz"),
        )
        self.app.push_screen(question, agreed(partial(self.call_later, self._go_back)))

    async def _go_back(self) -> None:
        if self._recover is not None and await self._recover():
            self.dismiss(True)  # noqa: FBT003 - the dialog's answer
