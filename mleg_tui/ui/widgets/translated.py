"""Text that follows the session's language."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Button, Static
from textual.widgets.button import ButtonVariant

from mleg_tui.domain.text import LocalText
from mleg_tui.locale import _, local
from mleg_tui.ui.program import program_of


@runtime_checkable
class Translated(Protocol):
    """A widget that can say what it shows again, in another language."""

    def say(self) -> None:
        """Show the text in the session's present language."""


class Lines(Widget):
    """A widget that draws itself in as many lines as its width makes, and anew in each language."""

    @abstractmethod
    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines in so many columns."""

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self.lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as there are."""
        del container, viewport
        return len(self.lines(width))

    def say(self) -> None:
        """Draw it again in the session's present language."""
        self.refresh(layout=True)


class TranslatedLabel(Static):
    """A message of the catalogue."""

    def __init__(
        self,
        message: str,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(_(message), markup=False, id=id, classes=classes)
        self.message = message

    def say(self) -> None:
        """Show the message in the session's present language."""
        self.update(_(self.message))


class ComposedLabel(Static):
    """A text of several messages and of data, put together anew in each language."""

    def __init__(self, compose: Callable[[], str] = str, *, id: str | None = None) -> None:
        super().__init__(compose(), markup=False, id=id)
        self._text = compose

    def tell(self, compose: Callable[[], str]) -> None:
        """Show another text from now on."""
        self._text = compose
        self.say()

    def say(self) -> None:
        """Show the text in the session's present language."""
        self.update(self._text())


class TranslatedLabelWithKeys(TranslatedLabel):
    """A message that names keys, as ``{key[id of the command]}``."""

    def on_mount(self) -> None:
        """Name them."""
        self.say()

    def say(self) -> None:
        """Show the message in the session's present language."""
        self.update(program_of(self).keymap.told(_(self.message)))


class TranslatedButton(Button, inherit_css=False):
    """A button with a label of the catalogue, one line high.

    The ``variant`` "primary" is filled, "error" outlined in red; with the class ``boxed`` it has a
    frame of its own where the window is tall. Brackets mark the one that has the focus, so that it
    does not take colours to see it. Textual's rules for all the looks of a button are left out:
    reading them is a twentieth of the start.
    """

    DEFAULT_CSS = """
    TranslatedButton {
        width: auto; text-align: center; content-align: center middle;
        pointer: pointer;
    }
    TranslatedButton:disabled { pointer: not-allowed; }
    """

    def __init__(
        self,
        message: str,
        variant: ButtonVariant = "default",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__("", variant, compact=True, id=id, classes=classes)
        self.active_effect_duration = 0  # Textual drops a second press while the effect lasts
        self.message = message
        self.say()

    def say(self) -> None:
        """Show the label in the session's present language."""
        before, after = ("[ ", " ]") if self.has_focus else ("  ", "  ")
        self.label = Content(f"{before}{_(self.message)}{after}")

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's watcher
        """Draw or drop the brackets."""
        super().watch_has_focus(_has_focus)
        self.say()


class LocalButton(TranslatedButton):
    """A button with a label of the data; without one it is not there."""

    def __init__(
        self,
        variant: ButtonVariant = "default",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self._text: LocalText | None = None
        super().__init__("", variant, id=id, classes=classes)
        self.display = False

    def show(self, text: LocalText | None) -> None:
        """Bear a label, or go away."""
        self._text = text
        self.display = text is not None
        self.say()

    def say(self) -> None:
        """Show the label in the session's present language."""
        self.message = local(self._text) if self._text else ""
        super().say()
