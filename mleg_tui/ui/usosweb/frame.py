"""USOSweb's frame: the CAS bar, the tabs, and the footer of the page (docs/domain.md §10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mleg_tui import __version__
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import University
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import _, local, speech
from mleg_tui.ui.plain import CLASS as PLAIN
from mleg_tui.ui.widgets.bars import both_ends
from mleg_tui.ui.widgets.translated import Lines

CAS = N_("Centralny System Uwierzytelniania")


class CasBar(Lines):
    """``<Uczelnia> - Centralny System Uwierzytelniania``, who is logged in, and the language.

    It takes a second line where the window is too narrow for one.
    """

    DEFAULT_CSS = """
    CasBar {
        height: auto; padding: 0 1;
        background: $bar-background; color: $bar-foreground;
        link-style: none; link-color: $bar-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $bar-foreground;
    }
    """

    def __init__(self, university: University, person: str = "") -> None:
        super().__init__()
        self._university = university
        self._person = person

    def lines(self, width: int) -> list[Content]:
        """Return one line or two."""
        title = Content.from_markup(
            "[b]$title[/b]", title=f"{local(self._university.name)} - {_(CAS)}"
        )
        languages = _languages()
        if not self._person:
            return [both_ends(title, languages, width)]
        person = Content.from_markup(
            "$who | [@click=app.command('usosweb.logout')][u]$out[/u][/]",
            who=_("Zalogowany użytkownik: {name}").format(name=_(self._person)),
            out=_("wyloguj się"),
        )
        right = Content.assemble(person, "   ", languages)
        if title.cell_length + right.cell_length < width:
            return [both_ends(title, right, width)]
        return [both_ends(title, languages, width), both_ends(Content(""), person, width)]


def _languages() -> Content:
    """Return ``PL | EN`` with the present language marked, one click from the other."""
    marked = (
        f"[b r]{code.upper()}[/]" if code == speech().code else code.upper() for code in LANGUAGES
    )
    return Content.from_markup(f"[@click=app.command('app.language')]{' | '.join(marked)}[/]")


class Tabs(Widget, can_focus=True):
    """The portal's tabs. A greyed one tells why when it is chosen."""

    DEFAULT_CSS = """
    Tabs {
        height: 1; padding: 0 1; background: $tab-background; color: $tab-foreground;
        link-style: none; link-color: $tab-foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $tab-foreground;
    }
    Tabs:focus { text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]

    active: reactive[str] = reactive("")
    tabs: reactive[tuple[tuple[str, MessageId, Refused | None], ...]] = reactive(())

    @dataclass
    class Chosen(Message):
        """A tab was chosen by arrow keys; ``command`` opens it."""

        command: str

    def render(self) -> Content:
        """Draw the tabs, the active one reversed."""
        return Content("").join([self._tab(*tab) for tab in self.tabs])

    def say(self) -> None:
        """Draw them again in the session's present language."""
        self.refresh()

    def action_step(self, by: int) -> None:
        """Go to the next tab that may be opened."""
        open_ones = [command for command, _label, refusal in self.tabs if refusal is None]
        here = open_ones.index(self.active) if self.active in open_ones else 0
        self.post_message(self.Chosen(open_ones[(here + by) % len(open_ones)]))

    def _tab(self, command: str, label: MessageId, refusal: Refused | None) -> Content:
        text = f" {_(label)} "
        if command == self.active:
            shown = f"[{_(label)}]" if self.app.has_class(PLAIN) else text
            return Content.from_markup("[b r]$text[/]", text=shown)
        style = ("" if self.app.has_class(PLAIN) else "$tab-greyed") if refusal else "b"
        shown = f"({_(label)})" if refusal else text
        return Content.from_markup(f"[{style} @click=app.command('{command}')]$text[/]", text=shown)


def page_footer(university: University, help_key: str) -> str:
    """Return the last lines of every page: university, contact, accessibility, version."""
    return "\n".join(
        (
            f"{local(university.name)} · {university.address} · {university.contact}",
            _("Dostępność: całość działa z klawiatury; klawisze wymienia {key}.").format(
                key=help_key
            ),
            _("Symulator mleg-tui {version}. Nie łączy się z żadną prawdziwą usługą.").format(
                version=__version__
            ),
        )
    )
