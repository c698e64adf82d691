"""Polish and English, switched while the program runs."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from mleg_tui.domain.pictures import PICTURES
from mleg_tui.gallery.catalogue import SCENES, Scene
from mleg_tui.gallery.steps import Give, LogIn
from mleg_tui.locale import Speech
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.store import KINDS, View
from tests.ui.play import playing

ROOMY = (200, 60)
OWN_NAMES = {"PL", "EN", "PLN"}
"""Words that are the same in every language and no message."""
KEYS = {"Ctrl", "Shift", "Enter", "Esc", "Tab", "PgUp", "PgDn", "Home", "End"}


async def test_switching_keeps_typed_text_focus_and_refusal() -> None:
    async with playing(None, LogIn("anna.nowak", "nie to")) as play:
        await play.write("abc")
        await play.press("f2")
        assert "SIMULATION — NOT A DOCUMENT" in play.text
        assert "✗ The credentials you provided cannot be" in play.text
        assert play.focused == "password"
        assert play.app.screen.query_one("#password", Input).value == "abc"
        await play.press("f2")
        assert "✗ Dostarczone dane uwierzytelniania" in play.text


async def test_switching_keeps_the_place_on_a_page() -> None:
    async with playing("anna.nowak", Give("usosweb.mlegitymacja"), size=(80, 20)) as play:
        area = play.app.screen.query_one("#page")
        area.scroll_to(y=3, animate=False)
        await play.press("f2")
        assert area.scroll_offset.y == 3
        assert "Order mLegitymacja" in play.text


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
async def test_every_word_on_the_screen_is_a_message_or_data(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Speech, "gettext", lambda _, text: f"⟦{text}⟧" if text else "")
    monkeypatch.setattr(Speech, "ngettext", lambda _, one, _many, _count: f"⟦{one}⟧")
    async with playing(scene.user, *scene.steps, size=scene.size or ROOMY) as play:
        play.stage.store.broken = False
        known = words_in(play.stage.store.read(everything))
        for widget in play.app.screen.walk_children(Widget):
            typed = isinstance(widget, Input) and widget.value
            if widget.display and not widget.children and not typed:
                leaked = words_outside(shown_by(widget)) - known - OWN_NAMES - KEYS
                assert not leaked, f"{widget}: {leaked}"


def shown_by(widget: Widget) -> str:
    width, height = widget.outer_size
    return "\n".join(line.text for line in widget.render_lines(Region(0, 0, width, height)))


def words_outside(text: str) -> set[str]:
    """Return the words outside ⟦…⟧; a message that was cut ends in an ellipsis."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*(?:⟧|…)", " ", text)
    text = re.sub(r"[^\W\d_]+…", " ", text)  # half a word, of which nothing can be said
    return set(re.findall(r"[^\W\d_]{2,}", text))


def everything(view: View) -> str:
    """Return all data, which bring their own languages along."""
    records = [asdict(record) for kind in KINDS.values() for record in view.select(kind)]
    pictures = [picture.name for picture in PICTURES.values()]
    scenarios = (own_directory() / "scenarios.json").read_text("utf-8")
    return f"{records} {pictures} {scenarios}"


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text))
