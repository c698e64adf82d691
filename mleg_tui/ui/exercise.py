"""The exercise that is going on: its task, what is reached of it, and its hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from mleg_tui.domain.messages import N_
from mleg_tui.exercise_words import kind_of, result_line, stage_line
from mleg_tui.locale import _, local
from mleg_tui.services.exercise_progress import Progress
from mleg_tui.services.exercises import interest_of
from mleg_tui.services.session import Session
from mleg_tui.ui.commands import COMMANDS
from mleg_tui.ui.following import Follower
from mleg_tui.ui.liveness import is_alive
from mleg_tui.ui.program import program_of
from mleg_tui.ui.widgets.dialogs import Dialog
from mleg_tui.ui.widgets.translated import ComposedLabel, TranslatedButton

_AGAIN = "class.again"


class ExerciseScreen(Dialog):
    """Follows the exercise while it is open. A hint is given when it is asked for, and counted."""

    CSS = """
    ExerciseScreen #frame #title {
        background: $simulator-background; color: $simulator-foreground; padding: 0 1;
    }
    """
    AUTO_FOCUS = "#no"

    def __init__(self, session: Session, progress: Progress) -> None:
        super().__init__(N_("SYMULATOR: ćwiczenie"))
        self._session = session
        self._progress = progress
        self._follower = Follower(self, self.take_up)

    def body(self) -> ComposeResult:
        """Yield all that is to be said of it."""
        yield ComposedLabel(self._text, id="exercise")

    def buttons(self) -> ComposeResult:
        """Yield the next hint, the end of it or its beginning, and the way back."""
        yield TranslatedButton(N_("Podpowiedź"), id="hint")
        if program_of(self).participation is None:
            yield TranslatedButton(N_("Schowaj"), id="away")
        else:  # it is the trainer who says what to do
            yield TranslatedButton(COMMANDS[_AGAIN].label, id="again")
        yield from super().buttons()

    def on_mount(self) -> None:
        """Follow it from now on."""
        self._show(self._progress)
        self._follower.follow(interest_of(self._session))

    def on_unmount(self) -> None:
        """Follow nothing more."""
        self._follower.end()

    async def take_up(self) -> None:
        """Show how far it is by now."""
        program = program_of(self)
        found = await program.ask_store(self._of(program.services.exercises.current))
        if found is not None:
            self._show(found)

    def _of(self, act: Callable[[Session], Progress | None]) -> Callable[[], Progress | None]:
        return partial(act, self._session)

    def _show(self, progress: Progress) -> None:
        self._progress = progress
        if is_alive(self):
            hint, close = self.query_one("#hint", Button), self.query_one("#no", Button)
            is_over = not progress.hints_left or progress.is_solved
            if is_over and hint.has_focus:
                close.focus()  # not what stands next, which puts the exercise away
            hint.disabled = is_over
            self.query_one("#exercise", ComposedLabel).say()

    def _text(self) -> str:
        return "\n".join((*_lines(self._progress), *self._way_back()))

    def _way_back(self) -> Iterator[str]:
        """Yield the number by which one comes back to the exercise of a class."""
        participation = program_of(self).participation
        if participation is not None:
            yield _("Twój numer do powrotu na zajęcia: {number}").format(
                number=participation.number
            )

    @on(Button.Pressed, "#hint")
    async def _give(self, event: Button.Pressed) -> None:
        event.prevent_default()  # the window stays
        program = program_of(self)
        found = await program.change_store(self._of(program.services.exercises.hint))
        if found is not None:
            self._show(found)
            self.query_one("#body").scroll_end(animate=False)

    @on(Button.Pressed, "#again")
    def _begin_anew(self) -> None:
        # Below, once this window is gone.
        self.app.call_later(self.app.run_action, f"app.command({_AGAIN!r})")

    @on(Button.Pressed, "#away")
    async def _put_away(self, event: Button.Pressed) -> None:
        event.prevent_default()
        program = program_of(self)
        await program.change_store(self._of(program.services.exercises.put_away))
        self.dismiss(False)  # noqa: FBT003 - the dialog's answer


def _lines(progress: Progress) -> Iterator[str]:
    exercise = progress.started.exercise
    yield local(exercise.task)
    kind = ", ".join(kind_of(exercise))
    yield f"{local(progress.started.title)} ({kind})"
    yield ""
    for stage in progress.stages:
        yield stage_line(stage, solved=progress.is_solved)
    yield ""
    for number, hint in enumerate(progress.hints, 1):
        told = _("Podpowiedź {number}: {hint}")
        yield told.format(number=number, hint=local(hint))
    yield from (f"! {local(says)}" for says in progress.astray)
    yield result_line(progress)
