"""Jump mode: a letter at everything on the screen that can be selected; typing it selects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from mleg_tui.ui.jump_targets import Target, targets
from mleg_tui.ui.modal import Modal

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The middle row of the keyboard first."""


def reach(target: object, app: App[Any]) -> None:
    """Go to what was chosen, if it is still there."""
    if isinstance(target, Target) and target in targets(app.screen):
        target.reach(app)


class Jump(Modal[Target | None]):
    """Labels over the screen below, which stays as it is. Answers with what was chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"jump--label"}
    CSS = """
    Jump { background: transparent; }
    Jump .jump--label {
        color: $accent; background: $button-foreground; text-style: bold reverse;
    }
    """

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._size_below = below.size
        found = targets(below)[: len(LETTERS) ** 2]
        self._labels = dict(zip(labels(len(found)), found, strict=True))
        self._typed = ""

    @property
    def left(self) -> dict[str, Target]:
        """What still can be meant, by its whole label."""
        return {k: target for k, target in self._labels.items() if k.startswith(self._typed)}

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the screen below with the labels on it."""
        style = self.get_component_rich_style("jump--label")
        lines = super().render_lines(crop)
        for label, target in self.left.items():
            x, y = target.label - crop.offset
            if 0 <= y < len(lines) and 0 <= x < crop.width:
                lines[y] = _with(lines[y], x, label[len(self._typed) :], style)
        return lines

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell that letters are letters here, not movements."""
        del key
        return character is not None

    def on_key(self, event: events.Key) -> None:
        """Take a letter; any other key takes the labels away."""
        event.stop()
        event.prevent_default()
        self._typed += event.key.lower()
        left = self.left
        if self._typed in left or not left:
            self.dismiss(left.get(self._typed))
        else:
            self.refresh()

    def on_click(self) -> None:
        """Take the labels away by mouse."""
        self.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        """Take the labels away where everything finds another place."""
        if event.size != self._size_below:
            self.dismiss(None)


def labels(count: int) -> Sequence[str]:
    """Return so many labels, none of which begins another: one letter, or two where it must be."""
    pairs_from = next(n for n in range(len(LETTERS) + 1) if _room(n) >= count)
    singles = LETTERS[: len(LETTERS) - pairs_from]
    first_letters = LETTERS[len(singles) :]
    return list(islice(_all(singles, first_letters), count))


def _room(first_letters: int) -> int:
    return len(LETTERS) - first_letters + first_letters * len(LETTERS)


def _all(singles: str, first_letters: str) -> Iterator[str]:
    yield from singles
    yield from map("".join, product(first_letters, LETTERS))


def _with(line: Strip, x: int, text: str, style: Style) -> Strip:
    end = min(line.cell_length, x + len(text))
    label = Strip([Segment(text[: end - x], style)])
    return Strip.join([line.crop(0, x), label, line.crop(end)])
