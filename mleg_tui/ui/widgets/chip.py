"""Chips: a state as a sign and a word, in the state's colours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from mleg_tui.domain.document import VALIDITY_LABELS
from mleg_tui.domain.order_status import PRESENTED, OrderStatus, Tone
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import Emphasis
from mleg_tui.locale import _, local


def chip(sign: str, word: str, tone: Tone, emphasis: Emphasis = Emphasis.BOLD) -> Content:
    """Return a chip to be put into a line."""
    style = f"{emphasis.lower()} $chip-{tone}-foreground on $chip-{tone}-background"
    return Content.assemble((f" {sign} {word} ", style))


def status_chip(status: OrderStatus, label: str, emphasis: Emphasis = Emphasis.BOLD) -> Content:
    """Return the chip of an order's state; ``label`` is what the university calls it."""
    shown = PRESENTED[status]
    return chip(shown.sign, label, shown.tone, emphasis)


def told(message: str, value: str | Content) -> Content:
    """Return a message with its value, which stands out."""
    before, after = re.split(r"\{\w+\}", message)
    return Content.assemble(before, (value, "bold") if isinstance(value, str) else value, after)


class Chip(Static):
    """The state of an order; nothing where there is no order."""

    DEFAULT_CSS = """
    Chip { width: auto; height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._state: tuple[OrderStatus, LocalText] | None = None
        self.display = False

    def show(self, status: OrderStatus | None, label: LocalText | None) -> None:
        """Show a state by the name that the university has for it."""
        self._state = None if status is None or label is None else (status, label)
        self.display = self._state is not None
        self.say()

    def say(self) -> None:
        """Show the label in the session's present language."""
        if self._state is not None:
            status, label = self._state
            self.update(status_chip(status, local(label)))


def told_apart(rows: Iterable[str]) -> Content:
    """Return rows whose values stand out from what they are called."""
    return Content("\n").join(map(_row, rows))


def validity_chip(validity: Validity) -> Content:
    """Return the validity by sign, word and colour."""
    sign, _space, word = _(VALIDITY_LABELS[validity]).partition(" ")
    return chip(sign, word, Tone.GOOD if validity is Validity.VALID else Tone.BAD)


def status_line(validity: Validity) -> Content:
    """Return the row that tells the validity."""
    before, _field, after = _("Status: {status}").partition("{status}")
    return Content.assemble((before.rstrip(), "$quiet"), validity_chip(validity), after)


def _row(text: str) -> Content:
    name, colon, value = text.partition(": ")
    return Content.assemble((name + colon, "$quiet"), (value, "bold")) if colon else Content(text)
