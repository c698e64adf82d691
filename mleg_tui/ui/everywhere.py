"""What works on every screen and over every dialog: help, palette, jump mode, moving the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.screen import Screen

from mleg_tui.domain.account import Role
from mleg_tui.locale import _
from mleg_tui.services.session import Administrator, Anonymous, Authority
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.keymap import Keymap
from mleg_tui.ui.keys import pressed
from mleg_tui.ui.program import Handler, Program, program_of
from mleg_tui.ui.screen import MlegScreen

_RECENT = 5
"""So many commands that were chosen from the palette lately are listed first."""


class Everywhere:
    """Opens the windows over whatever is on the screen. The key that opened one closes it.

    ``perform`` carries out the command that was chosen from the palette.
    """

    def __init__(self, app: App[Any], perform: Callable[[str], Awaitable[None]]) -> None:
        self._app = app
        self._perform = perform
        self._recent: list[str] = []

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        return {
            "app.help": self._help,
            "app.palette": self._palette,
            "app.jump": self._jump,
            "app.settings": self._settings,
            "app.exercise": self._exercise,
            "app.let_go": self._let_go,
        }

    @property
    def _keymap(self) -> Keymap:
        return program_of(self._app).keymap

    def as_move(self, event: events.Event) -> events.Event:
        """Return a key that stands for a movement as the one that widgets know.

        Where a text is typed, every key is itself.
        """
        if not isinstance(event, events.Key) or event.is_forwarded:
            return event
        here = self._app.focused or self._app.screen
        typing = here.check_consume_key("a", "a")
        key = None if typing else self._keymap.move(pressed(event))
        return events.Key(key, None) if key else event

    def _help(self) -> None:
        from mleg_tui.ui.help import Help

        if self._is_open(Help):
            return
        screens = reversed(self._app.screen_stack)
        page = next(screen for screen in screens if isinstance(screen, MlegScreen))
        self._app.push_screen(Help(page.topic, page.situation(), self._keymap))

    def _palette(self) -> None:
        from mleg_tui.ui.modal import answered  # noqa: PLC0415
        from mleg_tui.ui.palette import Palette

        if self._is_open(Palette):
            return
        palette = Palette(situation_of(self._app.screen), self._keymap, self._recent)
        self._app.push_screen(palette, answered(self._chosen))

    async def _chosen(self, command: str) -> None:
        self._recent = [command, *(one for one in self._recent if one != command)][:_RECENT]
        await self._perform(command)

    def _settings(self) -> None:
        from mleg_tui.ui.settings_screen import SettingsScreen  # noqa: PLC0415

        if not self._is_open(SettingsScreen):
            self._app.push_screen(SettingsScreen())

    async def _exercise(self) -> None:
        from mleg_tui.services.exercises import NoExercise  # noqa: PLC0415
        from mleg_tui.ui.exercise import ExerciseScreen  # noqa: PLC0415

        program, session = program_of(self._app), program_of(self._app).session
        if session is None:
            program.tell(NoExercise())
            return
        if self._is_open(ExerciseScreen):
            return
        current = program.services.exercises.current
        found = await program.ask_store(lambda: (current(session),))
        if found is None:
            return
        (progress,) = found
        if progress is None:
            program.tell(NoExercise())
        else:
            self._app.push_screen(ExerciseScreen(session, progress))

    async def _let_go(self) -> None:
        from mleg_tui.ui.office.showing import NothingShown  # noqa: PLC0415 - seldom

        program = program_of(self._app)
        if program.showing is None:
            program.tell(NothingShown())
        else:
            await program.showing.end()

    def _jump(self) -> None:
        from mleg_tui.ui.jump import Jump

        if self._is_open(Jump):
            return
        self._app.push_screen(Jump(self._app.screen), self._jumped)

    def _is_open(self, kind: type[Screen[Any]]) -> bool:
        """Tell whether a window stands already, which then gives way if it is on top.

        One over another without an end, each drawn through the one above, would bring Python down.
        """
        stands = any(isinstance(screen, kind) for screen in self._app.screen_stack)
        if isinstance(self._app.screen, kind):
            self._app.screen.dismiss(None)
        return stands

    def _jumped(self, target: object) -> None:
        from mleg_tui.ui.jump import reach

        reach(target, self._app)


def situation_of(screen: Screen[Any]) -> Situation:
    """Return where the user is; over a dialog, only what works everywhere is offered."""
    return screen.situation() if isinstance(screen, MlegScreen) else Situation()


class TimeControls:
    """Sets the time of whoever plays alone, and of the office; the service refuses all others."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands."""
        return {
            "time.stop": self._stop_or_go_on,
            "time.next": self._next,
            "time.faster": self._faster,
        }

    def _authority(self) -> Authority:
        """Return on whose word it is done: whoever is alone in a world rules it."""
        program = self._program
        if program.owns_world and program.role is not Role.OFFICE:
            return Administrator()
        return program.session or Anonymous()

    async def _set(self, act: Callable[[Authority], object]) -> None:
        await self._program.change_store(partial(act, self._authority()))

    async def _stop_or_go_on(self) -> None:
        await self._set(self._program.services.simulation.stop_or_go_on)

    async def _faster(self) -> None:
        await self._set(self._program.services.simulation.faster)

    async def _next(self) -> None:
        session = self._program.session
        student = session.account.student if session else None
        await self._set(partial(self._program.services.simulation.step, student=student))


def shown_pace(speed: float, *, paused: bool) -> str:
    """Return how time runs, where it is not at the pace of real time."""
    if paused:
        return _("(czas stoi)")
    return "" if speed == 1 else f"×{speed:g}"
