"""``Zajęcia``: the classes that are open, and opening one. Not a part of the real systems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.classroom import slug
from mleg_tui.domain.messages import N_
from mleg_tui.services.classes import Board
from mleg_tui.services.feed import Interest
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office.table import Shape, Table, Window
from mleg_tui.ui.program import Handler
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.usosweb.page import Page
from mleg_tui.ui.usosweb.payments.table import Column
from mleg_tui.ui.widgets.card import TitledCard
from mleg_tui.ui.widgets.translated import TranslatedButton, TranslatedLabel

_COLUMNS = (
    Column(N_("Zajęcia"), share=1),
    Column(N_("Hasło"), 12),
    Column(N_("Osoby"), 5),
    Column(N_("Ćwiczenie"), 9),
    Column(N_("Otwarte"), 16),
)


def _cells(board: Board) -> tuple[str, ...]:
    known = board.classroom
    return (
        known.name,
        known.word,
        str(len(board.rows)),
        f"{known.exercise + 1}/{len(known.exercises)}",
        shown(known.opened_at)[:-3],
    )


class ClassesPage(Page):
    """A row for each class; Enter opens its board."""

    DEFAULT_CSS = """
    ClassesPage { height: 1fr; min-height: 12; }
    ClassesPage #notice { color: $warning; text-style: bold; }
    ClassesPage #open { margin: 1 0; }
    """
    places = frozenset({Place.OFFICE_CLASSES})
    topic = Topic(
        "office.classes",
        N_(
            "Zajęcia to ćwiczenia, które wiele osób robi naraz, każda w swoim świecie: z własnymi "
            "danymi i własnym czasem. Otwierasz je tu; kto połączy się z serwerem, dołącza z "
            "pierwszego ekranu pseudonimem i hasłem. Enter otwiera tablicę z postępami."
        ),
    )

    def compose(self) -> ComposeResult:
        """Draw the button that opens a class, and the table."""
        yield TranslatedLabel(N_("Zajęcia"), classes="title")
        yield TranslatedLabel(N_("To nie jest część prawdziwych systemów."), id="notice")
        yield TranslatedButton(N_("Otwórz zajęcia"), "primary", id="open")
        shape = Shape(_COLUMNS, _cells, lambda board: board.classroom.id)
        with TitledCard(N_("Otwarte zajęcia"), simulator=True):
            yield Table(shape, N_("Żadne zajęcia nie są otwarte."))

    def arrive(self, command: str) -> None:
        """Put the focus on the table, or where there is no class on what opens one."""
        del command
        table = self.query_one(Table)
        (self.query_one("#open") if table.row is None else table).focus()

    @property
    def interest(self) -> Interest:
        """What in the store the page shows."""
        return Interest.of("classrooms", "participants")

    async def load(self) -> None:
        """Read the classes."""
        program, session = self.portal.program, self.portal.session
        boards = await program.ask_store(partial(program.services.classes.boards, session))
        if boards is not None and is_alive(self):
            self.query_one(Table).show(Window(boards, 0, len(boards)))

    def handlers(self) -> Mapping[str, Handler]:
        """Return what opens a class."""
        return {"classes.open": self._ask}

    @on(Button.Pressed, "#open")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self._ask()

    async def _ask(self) -> None:
        from mleg_tui.errands.play import Scenarios
        from mleg_tui.ui.office.class_opening import OpeningForm

        program = self.portal.program
        known = await program.ask_store(Scenarios(program.services).by_difficulty)
        if known is not None:
            exercises = [one for one, _solved in known if one.exercise is not None]
            form = OpeningForm(self.portal.session, exercises)
            program.push_screen(form, answered(lambda given: self._open(slug(given[0]))))

    @on(Table.Opened)
    def _chosen(self, event: Table.Opened) -> None:
        event.stop()
        self._open(event.key)

    def _open(self, id_: str) -> None:
        self.portal.desk.open_file("classrooms", id_)
