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

    ``number`` of ``count`` is the exercise; ``said`` is the latest from the trainer, and ``reads``
    what of it stands there until it is put away; with ``has_news`` something waits for a code to
    be gone from the screen. While the class is ``stopped``, time stands still.
    """

    classroom: str
    nickname: str
    number: int
    count: int
    is_solved: bool = False
    stopped: bool = False
    said: tuple[Said, ...] = ()
    reads: tuple[Said, ...] = ()
    has_news: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the last exercise is solved."""
        return self.is_solved and self.number == self.count

    @property
    def briefly(self) -> str:
        """Who one is, and how far, in few letters."""
        signs = "✓ " if self.is_solved else ""
        news = " ●" if self.has_news else ""
        return f"{signs}{self.nickname} {self.number}/{self.count}{news}"

    @property
    def may_go_on(self) -> bool:
        """Whether the next exercise can be begun."""
        return self.is_solved and self.number < self.count
