"""Modal screens: how one is drawn over another, and closed only once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from rich.console import RenderableType
from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from mleg_tui.textual_internals.screen import SteadyScreen
from mleg_tui.ui.liveness import is_on_top

T = TypeVar("T")


class Modal(SteadyScreen[T], ModalScreen[T]):
    """A dialog, a list or a notice. It closes once, however often it is dismissed.

    Textual takes away whatever is on top, so a second Enter on a button, typed before the first
    was obeyed, would take the page below along.
    """

    def render(self) -> RenderableType:
        """Draw the screen below, darkened.

        Textual takes whichever is next on a list that other drawing has taken from, too; after a
        wrong one, two windows may draw each other without end.
        """
        stack, background = self.app.screen_stack, self.styles.background
        place = stack.index(self) if self in stack else 0
        if not place or background.a == 1:
            return super().render()
        return BackgroundScreen(stack[place - 1], background)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close, with an answer for whoever opened it."""
        return super().dismiss(result) if is_on_top(self) else AwaitComplete()


class ListModal(Modal[str | None]):
    """A list of which one entry is chosen, while what is typed above it makes it shorter.

    It answers with the entry's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def action_move(self, by: int) -> None:
        """Move in the list while typing goes on."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


def answered(act: Callable[[T], object]) -> Callable[[T | None], Any]:
    """Return what acts on the answer of a screen, if it was given one."""
    return lambda answer: None if answer is None else act(answer)


def agreed(act: Callable[[], object]) -> Callable[[bool | None], Any]:
    """Return what acts if a screen was answered with yes."""
    return lambda yes: act() if yes else None
