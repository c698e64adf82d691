"""What came of something that was asked for, told where one looks."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mleg_tui.domain.messages import MessageId
from mleg_tui.locale import _


class Answer(Static):
    """A line beside what it is about: ✓ and what was done, or ✗ and why not.

    It stays until the next thing is done, covers nothing, and is text like any other where the
    screen is read out. What is said is composed anew in each language.
    """

    DEFAULT_CSS = """
    Answer { width: auto; max-width: 100%; height: auto; text-style: bold; display: none; }
    Answer.-done { display: block; color: $success; }
    Answer.-refused { display: block; color: $error; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self._text: Callable[[], str] = str

    def done(self, text: Callable[[], str]) -> None:
        """Say what was done."""
        self._tell(text, "-done")

    def tell_done(self, message: MessageId | None) -> None:
        """Say a message of the catalogue about what was done, or nothing more."""
        if message is None:
            self.clear()
        else:
            self.done(lambda: _(message))

    def refused(self, text: Callable[[], str]) -> None:
        """Say why it was not done."""
        self._tell(text, "-refused")

    def clear(self) -> None:
        """Say nothing more."""
        self._tell(str, "")

    def say(self) -> None:
        """Say it in the session's present language."""
        sign = "✗" if self.has_class("-refused") else "✓"
        text = self._text()
        self.update(Content(f"{sign} {text}" if text else ""))

    def _tell(self, text: Callable[[], str], outcome: str) -> None:
        self._text = text
        for one in ("-done", "-refused"):
            self.set_class(one == outcome, one)
        self.say()


Copied = Callable[[str, Callable[[], str]], None]
"""Told which command has copied something, and how to say it at length."""
_CONFIRMED = {"mlegitymacja.copy_token": "#token-copied", "mlegitymacja.copy_pass": "#pass-copied"}


def confirm_copy(within: Widget, command: str, _ways: Callable[[], str]) -> None:
    """Confirm a copy in the line beside what was copied, and nowhere else."""
    for other, place in _CONFIRMED.items():
        answer = within.query_one(place, Answer)
        if other == command:
            answer.done(lambda: _("skopiowano"))
        else:
            answer.clear()
