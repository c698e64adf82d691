"""Opening a class: its name, the word to join, and its exercises in the order of choosing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mleg_tui.domain.classroom import (
    LONGEST_NAME,
    LONGEST_WORD,
    MOST_EXERCISES,
    BadExercises,
    class_name,
    word_of,
)
from mleg_tui.domain.messages import N_
from mleg_tui.exercise_words import choice_line
from mleg_tui.locale import _
from mleg_tui.services.columns import folded
from mleg_tui.services.session import Session
from mleg_tui.ui.office.listing import Find
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.bars import SimulationBar
from mleg_tui.ui.widgets.entry import LeadingEntry
from mleg_tui.ui.widgets.form import Field, Form
from mleg_tui.ui.widgets.option_list import MlegOptionList
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedLabel

if TYPE_CHECKING:
    from mleg_tui.errands.scenarios import Scenario

_TITLE = N_("Otwórz zajęcia")


def _check_word(typed: str) -> None:
    """Raise like ``word_of`` unless nothing was typed, for then a word is made up."""
    if typed.strip():
        word_of(typed)


_FIELDS = (
    Field(N_("Nazwa:"), "", class_name, LONGEST_NAME),
    Field(N_("Hasło zajęć:"), "", _check_word, LONGEST_WORD),
)


class OpeningForm(Form):
    """Answers with name and word once the class is open; until then nothing typed is lost.

    Enter in the list takes an exercise up behind the others, or drops it.
    """

    CSS = """
    OpeningForm #frame { width: 78; max-width: 98%; padding: 0 1; }
    OpeningForm #title { margin: 0; }
    OpeningForm .field { height: 1; }
    OpeningForm .field > TranslatedLabel { width: 13; }
    OpeningForm .field > Entry { width: 1fr; }
    OpeningForm OptionList {
        height: 14; border: none; padding: 0; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    OpeningForm.-short OptionList { height: 8; }
    OpeningForm #wrong { width: 100%; height: auto; }
    """
    AUTO_FOCUS = "#field-0"

    def __init__(self, session: Session, exercises: Sequence[Scenario]) -> None:
        super().__init__(_TITLE, str, _FIELDS, _TITLE)
        self._session = session
        self._exercises = exercises
        self._chosen: list[str] = []

    def compose(self) -> ComposeResult:
        """Draw the two fields, the exercises with the field to search them, and the ways out."""
        yield SimulationBar()
        with Vertical(id="frame"):
            yield TranslatedLabel(_TITLE, id="title")
            for number, field in enumerate(_FIELDS):
                with Horizontal(classes="field"):
                    yield TranslatedLabel(field.label)
                    yield LeadingEntry(id=f"field-{number}", compact=True, max_length=field.longest)
            yield ComposedLabel(self._told, id="told")
            yield Find(N_("Szukaj"))
            yield MlegOptionList(compact=True, markup=False)
            yield ComposedLabel(id="wrong")
            with Horizontal(id="buttons"):
                yield from self._buttons()

    def on_mount(self) -> None:
        """List the exercises."""
        self.say()

    def say(self) -> None:
        """List the exercises in the session's present language; the mark stays where it is."""
        self.query_one("#field-1", Input).placeholder = _("puste: zostanie wymyślone")
        options = self.query_one(OptionList)
        marked = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(self._row(one), id=one.id) for one in self._found)
        if not options.option_count:
            options.add_option(Option(_("Nic nie pasuje."), disabled=True))
        else:
            options.highlighted = min(marked, options.option_count - 1)

    @property
    def _found(self) -> list[Scenario]:
        """The exercises that have all the words that are searched for."""
        words = folded(self.query_one(Find).value).split()
        return [
            one for one in self._exercises if all(word in folded(self._row(one)) for word in words)
        ]

    def _row(self, scenario: Scenario) -> str:
        place = f"{self._place(scenario.id)}." if scenario.id in self._chosen else ""
        return f"{place:>3}{choice_line(scenario.title, scenario.exercise, solved=False)}"

    def _place(self, id_: str) -> int:
        return self._chosen.index(id_) + 1

    def _told(self) -> str:
        told = _("Ćwiczenia po kolei, wybrane: {count}. Enter dodaje albo zdejmuje.")
        return told.format(count=len(self._chosen))

    @on(OptionList.OptionSelected)
    def _toggled(self, event: OptionList.OptionSelected) -> None:
        id_ = event.option_id
        if id_ in self._chosen:
            self._chosen.remove(id_)
        elif id_ is not None and len(self._chosen) < MOST_EXERCISES:
            self._chosen.append(id_)
        self.say()
        self.query_one("#told", ComposedLabel).say()

    @on(Input.Changed, "#find")
    def _searched(self) -> None:
        self.say()

    async def attempt(self, given: tuple[str, ...]) -> None:
        """Open the class. Raises ``BadExercises``, ``ClassExists`` and what the store raises."""
        program = program_of(self)
        if not self._chosen:
            self.query_one(OptionList).focus()
            raise BadExercises(most=MOST_EXERCISES)
        await program.services.off_loop.ask(partial(self._open, *given))
        await program.take_up_now()

    def _open(self, name: str, word: str) -> None:
        from mleg_tui.errands.play import Scenarios

        services = program_of(self).services
        exercises = Scenarios(services).for_class(self._chosen)
        services.classes.open(self._session, name, exercises, word.strip())
