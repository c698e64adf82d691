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
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import both_ends
from mleg_tui.ui.widgets.translated import Lines

CAS = N_("Centralny System Uwierzytelniania")


class CasBar(Lines):
    """``<Uczelnia> - Centralny System Uwierzytelniania``, who is logged in, and the language.

    With a person, the system gives way to them where the window is too narrow for both; only where
    that is not enough, there is a second line.
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
        name = local(self._university.name)
        title = Content.styled(f"{name} - {_(CAS)}", "bold")
        languages = _languages()
        if not self._person:
            return [both_ends(title, languages, width)]
        person = Content.from_markup(
            "$who | [@click=app.command('usosweb.logout')][u]$out[/u][/]",
            who=_("Zalogowany użytkownik: {name}").format(name=_(self._person)),
            out=_("wyloguj się"),
        )
        right = Content.assemble(person, "   ", languages)
        for left in (title, Content.styled(name, "bold")):
            if left.cell_length + right.cell_length < width:
                return [both_ends(left, right, width)]
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


class PageFooter(Lines):
    """The foot of every page: university, contact, accessibility, version, as far as they fit.

    It takes one row, or a row for each where the screen is read out.
    """

    DEFAULT_CSS = """
    PageFooter { height: auto; margin: 1 1 0 1; color: $quiet; }
    """

    def __init__(self, university: University) -> None:
        super().__init__()
        self._university = university

    def lines(self, width: int) -> list[Content]:
        """Return as much as there is room for; of what tells the same, the longer text."""
        told, key = self._university, program_of(self).keymap.shown("app.help")
        version = f"mleg-tui {__version__}"
        who = f"{local(told.name)} · {told.contact}"
        whole = (
            f"{local(told.name)} · {told.address} · {told.contact}",
            _("Dostępność: całość działa z klawiatury; klawisze wymienia {key}.").format(key=key),
            _("Symulator mleg-tui {version}. Nie łączy się z żadną prawdziwą usługą.").format(
                version=__version__
            ),
        )
        if self.app.has_class(PLAIN):
            return [Content(line) for line in whole]
        accessible = _("Dostępność: {key}").format(key=key)
        rows = (" · ".join(whole), f"{who} · {accessible} · {version}", f"{who} · {version}", who)
        return [next((row for row in map(Content, rows) if row.cell_length <= width), Content(who))]
