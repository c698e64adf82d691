"""Each of the instructions that the program was asked for, followed on the screen.

The facts are in ``tests/seeds``, a line each: what is done (``do`` a command, ``push`` a widget,
``wait`` for a state), and the labels that are then on the screen, in their order. ``*…*`` is
printed in italics there, ``**…**`` in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rich.style import Style

from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import WaitFor
from mleg_tui.textual_internals.settle import strips
from tests.ui.pilot import Play, playing

SEEDS = Path(__file__).parent.parent / "seeds"
TALL = (80, 90)
"""A window in which every page is seen whole."""
_FRAMES = re.compile(r"[─-╿▀-▟▏▎]+")


def facts(seed: str) -> Iterator[tuple[str, str]]:
    """Yield what each line is, and what it says."""
    for line in (SEEDS / f"{seed}.txt").read_text("utf-8").splitlines():
        step = re.fullmatch(r"(student|do|push|wait): (.+)", line)
        if step:
            yield step[1], step[2]
        elif not line.startswith("#"):
            yield "label", line


def shown(play: Play) -> str:
    """Return what is on the screen as one line, with italics and bold marked as in the facts."""
    lines = []
    for strip in strips(play.app):
        parts = [_marked(text, style or Style()) for text, style, _control in strip]
        lines.append("".join(parts))
    text = _FRAMES.sub(" ", " ".join(lines))
    return " ".join(text.split())


def _marked(text: str, style: Style) -> str:
    bare = text.strip()
    if not bare or not (style.italic or style.bold):
        return text
    mark = "*" if style.italic else "**"
    return text.replace(bare, f"{mark}{bare}{mark}")


def bare(text: str) -> str:
    return " ".join(text.replace("*", " ").split())


@pytest.mark.parametrize("seed", ["fk", "agh", "pwr", "umcs"])
async def test_every_label_is_on_its_screen_in_its_order(seed: str) -> None:
    steps = [*facts(seed)]
    student = next(said for kind, said in steps if kind == "student")
    async with playing(student, size=TALL) as play:
        place = 0
        for kind, said in steps:
            if kind == "label":
                place = see(play, said, place)
            else:
                await do(play, kind, said)
                place = 0


def see(play: Play, label: str, place: int) -> int:
    """Find a label from a place on; return where it ends."""
    marked = shown(play)
    if label.startswith("*"):
        words = re.escape(label.strip("*"))
        emphasis = re.escape("**" if label.startswith("**") else "*")
        assert re.search(rf"(?<!\*){emphasis}[^*]*{words}[^*]*{emphasis}(?!\*)", marked), label
    text = bare(marked)
    found = text.find(bare(label), place)
    assert found >= 0, (label, text[place:])
    return found + len(bare(label))


async def do(play: Play, kind: str, said: str) -> None:
    match kind:
        case "do":
            await play.give(said)
        case "push":
            play.app.screen.query(f"#{said}").last().focus()
            await play.press("enter")
        case "wait":
            await play.stage.play((WaitFor(status=OrderStatus(said)),))
        case "student" if said == "piotr.zielinski":  # who has to pay first
            session = play.stage.session(said)
            for unit in play.services.payments.statement(session).unsettled:
                for state in unit.dues:
                    missing = f"{state.missing // 100},{state.missing % 100:02}"
                    play.services.payments.pay(session, missing, state.due.account_number)
            play.services.time.forward(timedelta(days=1))
            play.services.office.issue_els(play.stage.session("dziekanat"), said)
            await play.look_again()
