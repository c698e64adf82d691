"""The results of a class: to be read, copied as CSV, and saved by who has a disk here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from mleg_tui.domain.classroom import Classroom, Participant
from mleg_tui.domain.messages import N_
from mleg_tui.exercise_words import took
from mleg_tui.locale import _, local
from mleg_tui.services.class_results import as_csv, as_json
from mleg_tui.services.classes import Board
from mleg_tui.ui.clipboard import copy
from mleg_tui.ui.modal import answered
from mleg_tui.ui.office.table import fitted
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.answer import Answer
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.form import Field, Form
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton, TranslatedLabel

_NICKNAME, _STATE = 14, 13


class ResultsDialog(Dialog):
    """Everybody with each exercise that they began: the time it took, or how far they are."""

    CSS = """
    ResultsDialog #frame { width: 76; }
    ResultsDialog Answer { dock: top; }
    """
    AUTO_FOCUS = "#no"

    def __init__(self, board: Board) -> None:
        super().__init__(N_("Wyniki"))
        self._board = board

    def body(self) -> ComposeResult:
        """Yield what confirms a copy or a file, the results, and how else one gets them."""
        yield Answer()
        yield ComposedLabel(lambda: "\n".join(_lines(self._board)))
        if not program_of(self).options.local:
            yield TranslatedLabel(
                N_("Na serwerze zapisuje je polecenie mleg-tui class results --out PLIK.")
            )

    def buttons(self) -> ComposeResult:
        """Yield a button for each way to get them, and the way back."""
        if program_of(self).options.local:
            yield TranslatedButton(N_("Zapisz…"), id="save")
        yield TranslatedButton(N_("Kopiuj CSV"), id="copy")
        yield from super().buttons()

    @on(Button.Pressed, "#copy")
    async def _copy(self, event: Button.Pressed) -> None:
        event.prevent_default()  # the results stay to be read
        program = program_of(self)
        await copy(program, "".join(as_csv(self._board)), local=program.options.local)
        self.query_one(Answer).done(lambda: _("wysłano do schowka"))

    @on(Button.Pressed, "#save")
    def _ask(self, event: Button.Pressed) -> None:
        from mleg_tui.ui.office.export import LONGEST_PATH, path_from

        event.prevent_default()
        form = Form(
            N_("Zapisz wyniki"),
            N_("Kończy się na .csv albo .json; nic istniejącego nie zostanie nadpisane."),
            (Field(N_("Plik:"), f"{self._board.classroom.id}.csv", path_from, LONGEST_PATH),),
            N_("Zapisz"),
        )
        self.app.push_screen(form, answered(self._save))

    async def _save(self, typed: tuple[str, ...]) -> None:
        path = await program_of(self).ask_store(partial(self._written, *typed))
        if path is not None:
            self.query_one(Answer).done(lambda: _("zapisano: {path}").format(path=path))

    def _written(self, path: str) -> Path:
        from mleg_tui.ui.office.export import write_new

        writers = {".csv": partial(as_csv, self._board), ".json": partial(as_json, self._board)}
        return write_new(path, writers)


def _lines(board: Board) -> Iterator[str]:
    known = board.classroom
    people = sorted(board.participants, key=lambda one: one.id)
    for number, exercise in enumerate(known.exercises):
        if number:
            yield ""
        title = f"{number + 1}. {local(exercise.title)}"
        yield f"{title} ({board.solved(exercise.id)}/{len(people)})"
        yield from (_line(one, known, number) for one in people)


def _line(one: Participant, known: Classroom, number: int) -> str:
    exercise = known.exercises[number]
    result = one.result(exercise.id)
    if result is None:
        return f"   {fitted(one.nickname, _NICKNAME)}  –"
    reached = f"{result.reached}/{exercise.stages}"
    state = f"✗ {reached}" if result.took is None else f"✓ {took(result.took)}"
    told = _("{state}  podpowiedzi: {count}")
    told = told.format(state=fitted(state, _STATE), count=result.hints)
    return f"   {fitted(one.nickname, _NICKNAME)}  {told}"
