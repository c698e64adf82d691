"""Where the keys go can be seen, without colours too, and Tab goes from the top to the bottom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from rich.style import Style
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.gallery.catalogue import SCENES, Scene
from mleg_tui.gallery.settle import settle, strips
from tests.ui.play import Play, playing

Cell = tuple[str, bool, bool, bool]


def colourless(line: Strip) -> list[Cell]:
    """Return what NO_COLOR leaves of a line."""
    cells: list[Cell] = []
    for text, style, _control in line:
        look = style or Style()
        cells += [
            (letter, bool(look.bold), bool(look.reverse), bool(look.underline)) for letter in text
        ]
    return cells


async def picture(play: Play, focused: Widget | None) -> list[list[Cell]]:
    play.app.screen.set_focus(focused, scroll_visible=False)
    await settle(play.app)
    return [colourless(line) for line in strips(play.app)]


def in_sight(screen: Screen[Any]) -> list[Widget]:
    """Return what Tab goes through, without what lies under the drawer with the menu."""
    chain = ((widget, screen.find_widget(widget).visible_region) for widget in screen.focus_chain)
    return [
        widget
        for widget, region in chain
        if region and widget in screen.get_widget_at(*region.offset)[0].ancestors_with_self
    ]


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
async def test_tab_goes_as_one_reads_and_the_focus_is_seen(scene: Scene) -> None:
    async with playing(scene.user, *scene.steps, size=scene.size or (80, 24), theme="ansi") as play:
        widgets = in_sight(play.app.screen)
        for one, other in pairwise(widgets):
            assert reads_on(one, other), (one, other)
        without = await picture(play, None)
        for widget in widgets:
            if not isinstance(widget, VerticalScroll):  # which has it when nothing on it has
                rows = slice(widget.region.y, widget.region.bottom)
                assert (await picture(play, widget))[rows] != without[rows], widget


@pytest.mark.parametrize("name", ["usosweb.mlegitymacja.ready", "mobywatel.documents", "inspector"])
async def test_tab_goes_from_one_pane_to_the_other(name: str) -> None:
    scene = next(scene for scene in SCENES.values() if scene.name.startswith(name))
    async with playing(scene.user, *scene.steps, size=(140, 40)) as play:
        for one, other in pairwise(in_sight(play.app.screen)):
            assert reads_on(one, other), (one, other)


def reads_on(one: Widget, other: Widget) -> bool:
    """Tell whether a widget stands below another one, or at its right."""
    return one.region.y <= other.region.y or one.region.right <= other.region.x
