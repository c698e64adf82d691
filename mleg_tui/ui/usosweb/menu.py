"""The portal's tabs and the left menu: which pages there are, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.widgets.option_list import Option

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import MenuTab, OrderPath, University
from mleg_tui.locale import _
from mleg_tui.ui.availability import NoClassesHere, Situation, why_not
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.office.audit import AuditPage
from mleg_tui.ui.office.classes import ClassesPage
from mleg_tui.ui.office.orders import OrdersPage
from mleg_tui.ui.office.simulation import SimulationPage
from mleg_tui.ui.office.students import StudentsPage as StudentFilesPage
from mleg_tui.ui.program import Program
from mleg_tui.ui.usosweb.els import ElsPage
from mleg_tui.ui.usosweb.frame import Tabs
from mleg_tui.ui.usosweb.mlegitymacja import MlegitymacjaPage
from mleg_tui.ui.usosweb.my_data import MyDataPage
from mleg_tui.ui.usosweb.news import NewsPage
from mleg_tui.ui.usosweb.page import MenuEntry
from mleg_tui.ui.usosweb.payments.page import DuesPage, PaymentsPage
from mleg_tui.ui.usosweb.photo import PhotoPage
from mleg_tui.ui.usosweb.students import StudentsPage
from mleg_tui.ui.widgets.option_list import MlegOptionList

EVERYBODY, STAFF = "usosweb.everybody", "usosweb.staff"
TABS = ("usosweb.news", "usosweb.mine", "usosweb.students", STAFF, EVERYBODY)
"""The tabs, as the commands that open them."""


_ORDERED_HERE = frozenset({OrderPath.MENU, OrderPath.APPLICATION})
STUDIES = N_("MOJE STUDIA")
OFFICE = N_("DZIEKANAT")
NOT_REAL = N_("SYMULATOR")
ENTRIES: Mapping[str, MenuEntry] = {
    entry.id: entry
    for entry in (
        MenuEntry("news", "usosweb.news", "usosweb.news", N_("Aktualności"), NewsPage),
        MenuEntry("my_data", "usosweb.mine", "usosweb.mine", N_("Moje dane"), MyDataPage),
        MenuEntry(
            "students",
            "usosweb.students",
            "usosweb.students",
            N_("Strona główna"),
            StudentsPage,
        ),
        MenuEntry(
            "payments",
            "usosweb.students",
            "usosweb.payments",
            N_("Płatności (model FK)"),
            PaymentsPage,
            about=N_("Sprawdź należności i wpłaty; tu też zamawia się mLegitymację."),
            is_at=lambda university: university.has_payments,
            also=("usosweb.mlegitymacja",),
        ),
        MenuEntry(
            "mlegitymacja",
            "usosweb.students",
            "usosweb.mlegitymacja",
            N_("mLegitymacja"),
            MlegitymacjaPage,
            STUDIES,
            N_("Sprawdź warunki, zamów legitymację w telefonie i odbierz kody do jej instalacji."),
            lambda university: not _ORDERED_HERE.isdisjoint(university.paths),
        ),
        MenuEntry(
            "els",
            "usosweb.students",
            "usosweb.els",
            N_("Legitymacja plastikowa"),
            ElsPage,
            STUDIES,
            N_("Złóż wniosek o legitymację plastikową (ELS) i sprawdź, czy jest opłacona."),
            lambda university: university.els_application is not None,
        ),
        MenuEntry(
            "photo",
            "usosweb.students",
            "usosweb.photo",
            N_("Zdjęcie do legitymacji"),
            PhotoPage,
            STUDIES,
            N_("Wyślij zdjęcie i sprawdź, czy dziekanat je zatwierdził."),
        ),
        MenuEntry(
            "staff_orders",
            STAFF,
            "office.orders",
            N_("Zamówienia"),
            OrdersPage,
            OFFICE,
            also=(STAFF,),
        ),
        MenuEntry(
            "office_students",
            STAFF,
            "office.students",
            N_("Studenci"),
            StudentFilesPage,
            OFFICE,
        ),
        MenuEntry(
            "audit",
            STAFF,
            "office.audit",
            N_("Dziennik zmian"),
            AuditPage,
            OFFICE,
        ),
        MenuEntry(
            "simulation",
            STAFF,
            "office.simulation",
            N_("Symulacja"),
            SimulationPage,
            NOT_REAL,
        ),
        MenuEntry(
            "classes",
            STAFF,
            "office.classes",
            N_("Zajęcia"),
            ClassesPage,
            NOT_REAL,
        ),
    )
}


def tabs_in(situation: Situation) -> tuple[tuple[str, MessageId, Refused | None], ...]:
    """Return the tabs, each with why it is greyed; that for everybody only where it leads on."""
    told = ((command, why_not(command, situation)) for command in TABS)
    return tuple(
        (command, COMMANDS[command].label, refusal)
        for command, refusal in told
        if refusal is None or command != EVERYBODY
    )


def not_offered(program: Program) -> Mapping[str, Refused]:
    """Return the pages that the portal does not have where the world is one's own."""
    return {"office.classes": NoClassesHere()} if program.services.is_own_world else {}


def entries_for(university: University) -> tuple[MenuEntry, ...]:
    """Return the pages of a university's portal, each where it stands there."""
    return tuple(
        _placed(entry, university) for entry in ENTRIES.values() if entry.is_at(university)
    )


def _placed(entry: MenuEntry, university: University) -> MenuEntry:
    if entry.id == "photo" and university.photo_tab is MenuTab.EVERYBODY:
        return replace(entry, tab=EVERYBODY, group=None, also=(EVERYBODY,))
    if entry.id == "payments" and OrderPath.PAYMENTS not in university.paths:
        return replace(entry, build=DuesPage, about=N_("Sprawdź należności i wpłaty."), also=())
    return entry


class MenuRow(Tabs, inherit_css=False):
    """The office's pages in a row, where the window is too narrow for the menu beside them."""

    DEFAULT_CSS = """
    MenuRow {
        display: none; height: 1; padding: 0 1; background: $surface; color: $foreground;
        link-style: none; link-color: $foreground; link-background: transparent;
        link-style-hover: underline; link-background-hover: transparent;
        link-color-hover: $foreground;
    }
    MenuRow:focus { text-style: underline; }
    """

    def show(self, entry: MenuEntry, situation: Situation) -> None:
        """List the pages of the office and mark the entry; nothing where it is another tab's."""
        self.set_class(entry.tab == STAFF, "-led")
        university = situation.university
        if entry.tab != STAFF or university is None:
            return
        self.active = entry.command
        self.tabs = tuple(
            (one.command, one.label, None)
            for one in entries_for(university)
            if one.tab == STAFF and why_not(one.command, situation) is None
        )


class Menu(MlegOptionList):
    """The left menu of the tab that is open."""

    def __init__(self) -> None:
        super().__init__(id="menu", compact=True, markup=False)
        self._entry: MenuEntry | None = None
        self._situation = Situation()

    def show(self, entry: MenuEntry, situation: Situation) -> None:
        """List the pages of the entry's tab and mark the entry."""
        self._entry = entry
        self._situation = situation
        self.say()

    def say(self) -> None:
        """List the pages in the session's present language."""
        university = self._situation.university
        if self._entry is None or university is None:
            return
        self.clear_options()
        group: MessageId | None = None
        for entry in entries_for(university):
            if entry.tab != self._entry.tab or why_not(entry.command, self._situation):
                continue
            if entry.group is not None and entry.group != group:
                group = entry.group
                self.add_option(Option(_(group), disabled=True))
            self.add_option(Option(("  " if group else "") + _(entry.label), id=entry.id))
        self.highlighted = self.get_option_index(self._entry.id)
