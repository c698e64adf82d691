"""Everything on a screen that can be clicked or focused, and where it is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual import events
from textual.css.query import NoMatches
from textual.errors import NoWidget
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

if TYPE_CHECKING:
    from textual.app import App


@runtime_checkable
class InParts(Protocol):
    """A widget that draws by itself several things that can be clicked."""

    def parts(self) -> Iterable[Offset]:
        """Return where they are, from the widget's upper left corner."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be reached. ``label`` and ``click`` are places on the screen.

    Without ``click`` it only takes the focus: a text that scrolls, an empty list.
    """

    widget: Widget
    label: Offset
    click: Offset | None = None

    def reach(self, app: App[Any]) -> None:
        """Go there, just as the mouse would."""
        if self.click is None:
            self.widget.focus()
            return
        for kind in (events.MouseDown, events.MouseUp):
            x, y = self.click
            app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))  # noqa: FBT003


def targets(screen: Screen[Any]) -> list[Target]:
    """Return what can be seen and reached, from the top to the bottom, once each."""
    found: dict[Offset, Target] = {}
    for widget in screen.walk_children(Widget):
        seen = _seen(screen, widget)
        for target in _targets(widget, seen) if seen else ():
            if _is_uncovered(screen, target):
                found.setdefault(target.label, target)
    return sorted(found.values(), key=lambda target: (target.label.y, target.label.x))


def _seen(screen: Screen[Any], widget: Widget) -> Region:
    """Return the part of the screen on which a widget is seen."""
    try:
        return screen.find_widget(widget).visible_region
    except (NoMatches, NoWidget):
        return Region()


def _is_uncovered(screen: Screen[Any], target: Target) -> bool:
    try:
        on_top, _region = screen.get_widget_at(*(target.click or target.label))
    except NoWidget:
        return False
    return target.widget in on_top.ancestors_with_self


def _targets(widget: Widget, seen: Region) -> Iterator[Target]:
    parts = list(_parts(widget, seen))
    yield from parts
    if parts or not widget.focusable:
        return
    corner, end = seen.offset, Offset(seen.right - 1, seen.y)
    if isinstance(widget, Input):
        yield Target(widget, corner, end)  # behind what is typed
    elif widget.children or isinstance(widget, OptionList | InParts):
        yield Target(widget, end)
    else:
        yield Target(widget, corner, corner)


def _parts(widget: Widget, seen: Region) -> Iterator[Target]:
    """Yield what a widget draws that can be clicked: links, entries of a list, rows."""
    origin = widget.region.offset
    if isinstance(widget, InParts):
        for part in widget.parts():
            if seen.contains_point(origin + part):
                yield Target(widget, origin + part, origin + part)
        return
    if widget.children:
        return
    known: set[Hashable] = set()
    for y, strip in enumerate(widget.render_lines(seen.translate(-origin))):
        x = 0
        for segment in strip:
            link = _link(widget, segment.style.meta) if segment.style else None
            if link is not None and link not in known:
                known.add(link)
                at = seen.offset + Offset(x, y)
                yield Target(widget, at - Offset(1, 0) if strip.text[:x].endswith(" ") else at, at)
            x += segment.cell_length


def _link(widget: Widget, meta: dict[str, Any]) -> Hashable | None:
    """Return what a click on a piece of text would do."""
    if "@click" in meta:
        return str(meta["@click"])
    option = meta.get("option")
    if option is None or not isinstance(widget, OptionList):
        return None
    return None if widget.get_option_at_index(option).disabled else ("option", option)
