"""The board of a class, live: everybody in a row, who is stuck the longest first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.locale import _
from mleg_tui.services.classes import Board, ClassUnknown, LastExercise
from mleg_tui.services.feed import Interest
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.liveness import is_alive, is_covered, is_on_top
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office.choice import Choice
from mleg_tui.ui.office.class_acts import ClassActs
from mleg_tui.ui.office.class_rows import SHAPE, ClassHead, ShownRow, overview_of, shown_rows
from mleg_tui.ui.office.class_screens import ClassScreens
from mleg_tui.ui.office.table import Table, Window
from mleg_tui.ui.program import Handler
from mleg_tui.ui.screen import MlegScreen
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.answer import Answer

_TICK, _CALM_TICK = 5.0, 30.0
"""Seconds after which the board tells anew how long ago everything was."""
_LEAST_REST, _SHARE = 0.1, 4
"""Seconds between two readings, and how many times as long as one takes they are apart."""


class NobodyThere(Refused):
    """Nobody takes part in the class yet."""

    message = N_("Na zajęciach nikogo jeszcze nie ma.")
    advice = N_("Podaj hasło zajęć; kto dołączy, ten pojawi się na tablicy.")


class ClassBoard(MlegScreen):
    """Follows a class and paints only what differs. Escape goes back to the list of classes."""

    DEFAULT_CSS = """
    ClassBoard Table { height: 1fr; padding: 0 1; }
    ClassBoard Answer { width: 100%; padding: 0 1; }
    ClassBoard #marked {
        dock: bottom; height: 1; margin: 0 0 1 0; padding: 0 1;
        background: $simulator-background; color: $simulator-foreground;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    AUTO_FOCUS = "Table"
    places = frozenset({Place.OFFICE_CLASS})
    topic = Topic(
        "office.class",
        N_(
            "Tablica zajęć. Wiersz to jedna osoba: które ćwiczenie robi, ile kroków ma za sobą, "
            "jak długo nie zrobiła następnego, gdzie jest i co zrobiła ostatnio, ile ma "
            "podpowiedzi i ile ćwiczeń rozwiązała. Na górze są ci, którzy stoją najdłużej. "
            "Polecenia dotyczą osoby z zaznaczonego wiersza albo wszystkich. Esc wraca do listy."
        ),
    )

    def __init__(self, session: Session, key: str) -> None:
        super().__init__()
        self._session = session
        self._key = key
        self._board: Board | None = None
        self._is_resting = False
        self._is_stale = False

    def content(self) -> ComposeResult:
        """Yield the class as a whole, everybody in it, and what was done last."""
        yield ClassHead()
        yield Table(SHAPE, N_("Nikogo jeszcze nie ma. Dołącza się hasłem, które stoi u góry."))
        yield Answer()

    def _rail(self) -> Widget:
        """Return a line that tells in full what of the marked row was cut."""
        return Static(id="marked", markup=False)

    @property
    def table(self) -> Table[ShownRow]:
        """The table."""
        return self.query_one(Table)

    def on_mount(self) -> None:
        """Follow the class, and tell from time to time how long ago everything was."""
        self.follow(Interest.of("classrooms", "participants"))
        self.watch(self.table, "cursor", self._mark, init=False)
        self.call_after_refresh(self.take_up)
        options = self.program.options
        if not options.frozen:
            self.set_interval(_CALM_TICK if options.plain else _TICK, self.say)

    async def take_up(self) -> None:
        """Read the class, but not without a rest where many do something all the time."""
        self._is_stale = True
        if not (self._is_resting or is_covered(self)):
            self._is_resting = True
            await self._read()

    def on_screen_resume(self) -> None:
        """Take up what happened while something else was on top."""
        super().on_screen_resume()
        if self._board is not None:
            self.call_next(self.take_up)

    async def _read(self) -> None:
        self._is_stale = False
        began = time.perf_counter()
        found = await self.program.ask_store(self._ask)
        if not is_alive(self):
            return
        if found is not None:
            self._show(*found)
        took = time.perf_counter() - began
        if self.program.options.frozen:
            await self._rested()
        else:
            self.set_timer(max(_LEAST_REST, _SHARE * took), self._rested)

    async def _rested(self) -> None:
        self._is_resting = False
        if self._is_stale:
            await self.take_up()

    def _ask(self) -> tuple[Board | None]:
        """Return the class, in a tuple: ``None`` would be a refusal, and is a class that is over.

        Whoever leads a class sits before it: its acts let their session go on.
        """
        services = self.program.services
        self._session.touch(services.clock.now())
        try:
            return (services.classes.board(self._session, self._key),)
        except ClassUnknown:
            return (None,)

    def _show(self, board: Board | None) -> None:
        if board is not None:
            self._board = board
            self.query_one(ClassHead).shown = overview_of(board)
            self.say()
            self.refresh_keys()
        elif is_on_top(self):
            self.program.notify(_("Zajęcia się skończyły."))
            self.dismiss()

    def say(self) -> None:
        """Tell the rows as they are by now, in the session's present language."""
        if self._board is None:
            return
        calm = self.program.options.plain
        rows = shown_rows(self._board, self._now(self._board), calm=calm)
        self.table.show(Window(rows, 0, len(rows)))
        self._mark()

    def _now(self, board: Board) -> datetime:
        return max(board.at, self.program.services.clock.now())

    def _mark(self) -> None:
        row = self.table.row
        told = "" if row is None else row.told
        marked = self.query_one("#marked", Static)
        if str(marked.content) != told:
            marked.update(Content(told))

    def say_all(self) -> None:
        """Say everything again in the session's present language."""
        self.say()
        super().say_all()

    def here(self) -> Situation:
        """Return that this is the class's board, and what makes no sense now."""
        return Situation(self.places, self.program.role, refused=self._refused())

    def _refused(self) -> Mapping[str, Refused]:
        if self._board is None:
            return {}
        known = self._board.classroom
        refused: dict[str, Refused] = {}
        if not self._board.rows:
            refused = dict.fromkeys(_NEED_SOMEBODY, NobodyThere())
        if known.exercise + 1 >= len(known.exercises):
            refused["board.next_all"] = LastExercise()
        return refused

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the board's commands."""
        if self._board is None:
            return {}
        row = self.table.row
        nickname = "" if row is None else row.nickname
        acts = ClassActs(self.program, self._session, self._board, nickname, self._done)
        screens = ClassScreens(self, self._session, self._key, nickname)
        return {**acts.handlers(), **screens.handlers(), "board.find": self._find}

    def _find(self) -> None:
        found = () if self._board is None else self._board.participants
        people = sorted((one.id, one.nickname) for one in found)
        row = self.table.row
        choice = Choice(N_("Znajdź osobę"), lambda: people, row.id if row else None)
        self.program.push_screen(choice, answered(self.table.go_to))

    @on(Table.Opened)
    async def _look(self, event: Table.Opened) -> None:
        event.stop()
        await self.perform("board.look")

    def _done(self, told: Callable[[], str]) -> None:
        self.query_one(Answer).done(told)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


_NEED_SOMEBODY = (
    "board.find",
    "board.look",
    "board.say",
    "board.say_all",
    "board.hint",
    "board.hint_all",
    "board.next",
    "board.remove",
    "board.results",
)
