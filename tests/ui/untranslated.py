"""Words on a screen that are neither of the catalogue nor data: they would speak one language."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets._toast import Toast

from mleg_tui.locale import Speech
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.store import KINDS, View
from tests.ui.pilot import Play

_OWN_NAMES = {"PL", "EN", "PLN", "USOS", "mOb", "mleg", "tui"}
"""Words that are the same in every language and no message."""
_KEYS = {"Ctrl", "Shift", "Enter", "Esc", "Tab", "PgUp", "PgDn", "Home", "End"}


async def see_no_word_of_its_own(play: Play) -> None:
    """Fail for a word that is not of the catalogue, by a language that marks what is."""
    with pytest.MonkeyPatch.context() as patch:
        mark_messages(patch)
        await play.give("app.language")
        known = words_in(play.stage.store.sound.read(everything))
        for widget in play.app.screen.walk_children(Widget):
            typed = isinstance(widget, Input) and widget.value
            told_once = isinstance(widget, Toast)
            if widget.display and not widget.children and not typed and not told_once:
                leaked = words_outside(shown_by(widget)) - known - _OWN_NAMES - _KEYS
                assert not leaked, f"{widget}: {leaked}"
    await play.give("app.language")


def mark_messages(patch: pytest.MonkeyPatch) -> None:
    """Let what is of the catalogue be said between ⟦ and ⟧."""
    patch.setattr(Speech, "gettext", lambda _, text: f"⟦{text}⟧" if text else "")
    patch.setattr(Speech, "ngettext", lambda _, one, _many, _count: f"⟦{one}⟧")


def shown_by(widget: Widget) -> str:
    width, height = widget.outer_size
    return "\n".join(line.text for line in widget.render_lines(Region(0, 0, width, height)))


def words_outside(text: str) -> set[str]:
    """Return the words outside ⟦…⟧; a message that was cut ends in an ellipsis, or there."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*(?:⟧|…|\Z)", " ", text)
    text = re.sub(r"[^\W\d_]+…", " ", text)  # half a word, of which nothing can be said
    return set(re.findall(r"[^\W\d_]{2,}", text))


def everything(view: View) -> str:
    """Return all data, which bring their own languages along."""
    records = [asdict(record) for kind in KINDS.values() for record in view.select(kind)]
    scenarios = (own_directory() / "scenarios.json").read_text("utf-8")
    return f"{records} {scenarios}".replace("\\n", " ")  # as lines end in a repr


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text))
