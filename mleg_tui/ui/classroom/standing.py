"""Where somebody stands in a class, as their own screen tells it."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.text import LocalText


@dataclass(frozen=True, slots=True)
class Said:
    """What came from the trainer: a message, or a hint."""

    text: LocalText
    is_hint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which class it is, who one is there, and which of the exercises one does.

    ``number`` of ``count`` is the exercise; ``said`` is the latest from the trainer, which one
    ``reads`` until it is put away. While the class is ``stopped``, time stands still.
    """

    classroom: str
    nickname: str
    number: int
    count: int
    is_solved: bool = False
    stopped: bool = False
    said: Said | None = None
    reads: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the last exercise is solved."""
        return self.is_solved and self.number == self.count

    @property
    def may_go_on(self) -> bool:
        """Whether the next exercise can be begun."""
        return self.is_solved and self.number < self.count
