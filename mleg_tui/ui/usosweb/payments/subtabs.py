"""The sub-pages of the payments page, on as many lines as their names need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.widgets.translated import Lines


class Subpage(Enum):
    """A sub-page; the value is its name as a message id."""

    UNSETTLED = N_("Należności nierozliczone")
    SETTLED = N_("Należności rozliczone")
    PLANS = N_("Plany ratalne")
    PAYMENTS = N_("Wpłaty wszystkie")
    UNSETTLED_PAYMENTS = N_("Wpłaty nierozliczone")
    UNIVERSITY_ACCOUNTS = N_("Konta bankowe uczelni")
    BANK_ACCOUNTS = N_("Moje konta bankowe")


class SubTabs(Lines, can_focus=True):
    """Goes from one sub-page to the next with the arrow keys, or by mouse."""

    DEFAULT_CSS = """
    SubTabs {
        width: 100%; height: auto; background: $panel; color: $foreground;
        link-style: none; link-color: $foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $foreground;
    }
    SubTabs:focus { text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    active: reactive[Subpage] = reactive(Subpage.UNSETTLED)

    @dataclass
    class Chosen(Message):
        """A sub-page was chosen."""

        subpage: Subpage

    def action_step(self, by: int) -> None:
        """Go to the next sub-page."""
        subpages = list(Subpage)
        self._choose(subpages[(subpages.index(self.active) + by) % len(subpages)])

    def action_choose(self, name: str) -> None:
        """Go to a sub-page."""
        self._choose(Subpage[name])

    def _choose(self, subpage: Subpage) -> None:
        self.active = subpage
        self.post_message(self.Chosen(subpage))

    def lines(self, width: int) -> list[Content]:
        """Return the names, the present one reversed."""
        lines: list[list[Content]] = [[]]
        for subpage in Subpage:
            name = self._label(subpage)
            if lines[-1] and sum(n.cell_length for n in lines[-1]) + name.cell_length > width:
                lines.append([])
            lines[-1].append(name)
        return [Content("").join(line) for line in lines]

    def _label(self, subpage: Subpage) -> Content:
        style = "b r" if subpage is self.active else "b"
        marked = subpage is self.active and self.app.has_class(PLAIN)
        name = f"[{_(subpage.value)}]" if marked else f" {_(subpage.value)} "
        return Content.from_markup(f"[{style} @click=choose('{subpage.name}')]$name[/]", name=name)
