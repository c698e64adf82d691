"""What an instruction is made of before it is played: chapters, and the moves in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import Step

STUDENT = "anna.nowak"
"""Who orders in every instruction: the program's own student who meets every condition."""
DEBTOR = "piotr.zielinski"
"""Who has no plastic card, for its fee is unpaid."""
OFFICE = "dziekanat"
DESK, PHONE = 100, 80
"""Columns of a picture in which a page has its menu beside it, and of one with a phone."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One numbered step of an instruction.

    ``say`` tells what to do, ``steps`` do it, and ``look`` names the widgets that are pointed at
    where nothing is pressed. ``before`` is what happens elsewhere until then. The picture is taken
    before the last of the steps.
    """

    say: str
    steps: tuple[Step, ...] = ()
    look: tuple[str, ...] = ()
    before: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Steps that belong together, in one session of ``user`` after what happened in ``setup``.

    ``expect`` is what has come of it in the end.
    """

    id: str
    title: str
    about: str
    moves: tuple[Move, ...]
    user: str | None = None
    setup: tuple[Step, ...] = ()
    columns: int = DESK
    expect: Expected = field(default_factory=Expected)
