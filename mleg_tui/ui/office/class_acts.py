"""What the trainer does with a class, from its board: each act asks for what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from mleg_tui.domain.classroom import LONGEST_MESSAGE, Classroom, message_text
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.services.classes import Board
from mleg_tui.services.session import Session
from mleg_tui.ui.modal import agreed
from mleg_tui.ui.office.asking import fill
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.widgets.dialogs import CLOSE, Question, ask
from mleg_tui.ui.widgets.form import Field
from mleg_tui.ui.widgets.translated import TranslatedButton

_MESSAGE = Field(N_("Wiadomość:"), "", message_text, LONGEST_MESSAGE)


class ClassActs:
    """Acts on a class as it was last shown, and on whoever's row is marked."""

    def __init__(
        self,
        program: Program,
        session: Session,
        board: Board,
        nickname: str,
        done: Callable[[Callable[[], str]], None],
    ) -> None:
        """``done`` says what was done, as it is composed in each language."""
        self._program = program
        self._session = session
        self._board = board
        self._nickname = nickname
        self._done = done
        self._classes = program.services.classes

    @property
    def _known(self) -> Classroom:
        return self._board.classroom

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        one = self._nickname
        return {
            "board.say": partial(self._say, one),
            "board.say_all": partial(self._say, None),
            "board.hint": partial(self._hint, one),
            "board.hint_all": partial(self._hint, None),
            "board.next": self._next,
            "board.next_all": self._next_all,
            "board.clock": self._clock,
            "board.results": self._results,
            "board.remove": self._remove,
            "board.close": self._close,
        }

    async def _act(self, act: Callable[..., object], told: Callable[[], str]) -> None:
        """Do something with the class, and say that it was done."""
        change = partial(act, self._session, self._known.id)
        if await self._program.change_store(lambda: (change(),)) is not None:
            self._done(told)

    def _named(self, message: MessageId, **more: object) -> Callable[[], str]:
        """Return a message about whoever is marked, as it is composed in each language."""
        return lambda: _(message).format(nickname=self._nickname, **more)

    def _say(self, nickname: str | None) -> None:
        title, note, told = _SAY_ALL if nickname is None else _SAY_ONE

        async def said(text: str) -> None:
            say = partial(self._classes.say, text=text, nickname=nickname)
            await self._act(say, self._named(told))

        fill(self._program, title, self._named(note), _MESSAGE, said)

    async def _hint(self, nickname: str | None) -> None:
        told = N_("Wszyscy, którzy jej potrzebują, mają następną podpowiedź.")
        if nickname is not None:
            told = N_("{nickname} ma następną podpowiedź.")
        await self._act(partial(self._classes.give_hint, nickname=nickname), self._named(told))

    async def _next(self) -> None:
        told = self._named(N_("{nickname} ma następne ćwiczenie."))
        await self._act(partial(self._classes.move_on, nickname=self._nickname), told)

    def _next_all(self) -> None:
        known = self._known
        exercise = known.exercises[known.exercise]
        all_, solved = len(self._board.rows), self._board.solved(exercise.id)
        text = self._named(
            N_(
                "Rozwiązało: {solved} z {all}. Kto nie skończył, też dostanie następne ćwiczenie, "
                "a to, co zrobił, zostaje w wynikach."
            ),
            solved=solved,
            all=all_,
        )
        told = self._named(N_("Zajęcia są przy następnym ćwiczeniu."))
        act = partial(self._act, self._classes.move_on, told)
        ask(self._program, N_("Następne ćwiczenie dla wszystkich"), text, act, N_("Następne"))

    async def _clock(self) -> None:
        stopped = not self._known.stopped
        told = N_("Zegary wszystkich stoją.") if stopped else N_("Zegary wszystkich idą.")
        await self._act(partial(self._classes.stop_clock, stopped=stopped), self._named(told))

    def _remove(self) -> None:
        text = self._named(
            N_("{nickname} straci miejsce na zajęciach i wszystko, co w nich zrobił(a).")
        )
        act = partial(self._classes.remove, nickname=self._nickname)
        removed = partial(self._act, act, self._named(N_("{nickname} już nie bierze udziału.")))
        ask(self._program, N_("Wyproś z zajęć"), text, removed, N_("Wyproś"))

    def _close(self) -> None:
        act = partial(self._act, self._classes.close, str)
        closing = Closing(self._results if self._board.rows else None)
        self._program.push_screen(closing, agreed(act))

    def _results(self) -> None:
        from mleg_tui.ui.office.class_results import ResultsDialog

        self._program.push_screen(ResultsDialog(self._board))


_SAY_ONE = (
    N_("Napisz do osoby"),
    N_("Wiadomość zobaczy tylko {nickname}."),
    N_("{nickname} ma wiadomość."),
)
_SAY_ALL = (
    N_("Napisz do wszystkich"),
    N_("Wiadomość zobaczą wszyscy na zajęciach."),
    N_("Wszyscy mają wiadomość."),
)


class Closing(Question):
    """Asks before a class is closed, and offers its results before they are gone."""

    def __init__(self, results: Callable[[], None] | None) -> None:
        super().__init__(
            N_("Zamknij zajęcia"),
            N_("Wszyscy zostaną rozłączeni, a ich światy i wyniki znikną. Tego nie można cofnąć."),
            CLOSE,
        )
        self._results = results

    def buttons(self) -> ComposeResult:
        """Yield the way back, the results, and the act."""
        back, act = super().buttons()
        yield back
        if self._results is not None:
            yield TranslatedButton(N_("Wyniki"), id="results")
        yield act

    @on(Button.Pressed, "#results")
    def _show_results(self) -> None:
        if self._results is not None:
            self.app.call_later(self._results)  # once the question, which the press closes, is gone
