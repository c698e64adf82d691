"""Where the keys go: what Tab goes through, and what tells where they go now."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from rich.style import Style
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from mleg_tui.textual_internals.settle import settle, strips
from tests.ui.pilot import Play

Cell = tuple[str, bool, bool, bool]


def in_sight(screen: Screen[Any]) -> list[Widget]:
    """Return what Tab goes through, without what lies under the drawer with the menu."""
    chain = ((widget, screen.find_widget(widget).visible_region) for widget in screen.focus_chain)
    return [
        widget
        for widget, region in chain
        if region and widget in screen.get_widget_at(*region.offset)[0].ancestors_with_self
    ]


def see_that_tab_goes_as_one_reads(screen: Screen[Any]) -> None:
    for one, other in pairwise(in_sight(screen)):
        assert _reads_on(one, other), (one, other)


async def see_where_the_keys_go(play: Play) -> None:
    """Fail where the focus shows by colours alone, or not at all."""
    without = await _picture(play, None)
    for widget in in_sight(play.app.screen):
        if _can_mark(widget):
            rows = slice(widget.region.y, widget.region.bottom)
            assert (await _picture(play, widget))[rows] != without[rows], widget


def _can_mark(widget: Widget) -> bool:
    """Tell whether a widget has something that shows its focus: a page, its title, if in sight.

    Other scrolling parts have the focus when nothing on them has.
    """
    titles = (widget.screen.find_widget(title) for title in widget.query(".title"))
    return not isinstance(widget, VerticalScroll) or any(title.visible_region for title in titles)


async def _picture(play: Play, focused: Widget | None) -> list[list[Cell]]:
    play.app.screen.set_focus(focused, scroll_visible=False)
    await settle(play.app)
    return [_colourless(line) for line in strips(play.app)]


def _colourless(line: Strip) -> list[Cell]:
    """Return what NO_COLOR leaves of a line."""
    cells: list[Cell] = []
    for text, style, _control in line:
        look = style or Style()
        cells += [
            (letter, bool(look.bold), bool(look.reverse), bool(look.underline)) for letter in text
        ]
    return cells


def _reads_on(one: Widget, other: Widget) -> bool:
    """Tell whether a widget stands below another one, or at its right."""
    return one.region.y <= other.region.y or one.region.right <= other.region.x
