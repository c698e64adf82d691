"""What all screens have in common: the notice, the keys, commands, language, and a least size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, final

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widget import Widget

from mleg_tui.domain.errors import Refused
from mleg_tui.locale import speech
from mleg_tui.services.feed import Interest
from mleg_tui.textual_internals.screen import SteadyScreen
from mleg_tui.ui.availability import Situation, footer, why_not
from mleg_tui.ui.commands import ANY_SCREEN, Place
from mleg_tui.ui.following import Follower
from mleg_tui.ui.keys import pressed
from mleg_tui.ui.liveness import is_alive, is_on_top
from mleg_tui.ui.program import Handler, Program, program_of
from mleg_tui.ui.topic import Topic
from mleg_tui.ui.widgets.bars import KeyBar, SimulationBar
from mleg_tui.ui.widgets.translated import Translated


class MlegScreen(SteadyScreen[None]):
    """A screen between the simulation's notice and the keys."""

    places: ClassVar[frozenset[Place]] = frozenset()
    topic: Topic = Topic()

    def __init__(self) -> None:
        super().__init__()
        self._follower = Follower(self, self.take_up)
        self._composed_in = ""

    @property
    def shows_seconds(self) -> bool:
        """Whether the screen tells the time to the second."""
        return False

    @property
    def shows_code(self) -> bool:
        """Whether a code is on the screen, in whose way nothing is to come by itself."""
        return False

    @property
    def program(self) -> Program:
        """The program that shows the screen."""
        return program_of(self)

    def compose(self) -> ComposeResult:
        """Draw the notice, what the screen is about, and the keys."""
        # Textual would look at the size when all is drawn, and style all of it a second time.
        self.add_class(*self._size_classes(), update=False)
        self._composed_in = speech().code
        yield SimulationBar()
        if self.program.entrance is not None:
            yield self._strip()
        yield from self.content()
        if self.program.session is not None:
            yield self._rail()
        yield KeyBar()

    def _rail(self) -> Widget:
        from mleg_tui.ui.widgets.rail import SimulationRail

        return SimulationRail()

    def _strip(self) -> Widget:
        from mleg_tui.ui.classroom.strip import ClassStrip

        return ClassStrip()

    def content(self) -> ComposeResult:
        """Yield what the screen is about."""
        yield from ()

    def _size_classes(self) -> Iterator[str]:
        app = self.app
        for extent, breakpoints in (
            (app.size.width, app.HORIZONTAL_BREAKPOINTS),
            (app.size.height, app.VERTICAL_BREAKPOINTS),
        ):
            yield max((least, name) for least, name in breakpoints or () if extent >= least)[1]

    @final
    def situation(self) -> Situation:
        """Return where the user is, for deciding what they may do, everywhere and here."""
        here, program = self.here(), self.program
        places = here.places | ANY_SCREEN
        if program.session is None:
            places -= {Place.SESSION}
        if program.standing is not None:
            places |= {Place.CLASS}
        owns_world, standing = program.owns_world, program.standing
        return here._replace(places=places, owns_world=owns_world, standing=standing)

    def here(self) -> Situation:
        """Return where the user is on this screen."""
        return Situation(self.places, self.program.role)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the commands that are this screen's own."""
        return {}

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Give way to the page below, once."""
        return super().dismiss(result) if is_on_top(self) else AwaitComplete()

    async def on_key(self, event: events.Key) -> None:
        """Carry out the command that a key stands for here; what a field takes never comes here."""
        if not is_on_top(self):  # typed ahead: meant for what has come over it
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
            return
        command = self.program.keymap.command(pressed(event), self.situation())
        if command is not None:
            event.stop()
            event.prevent_default()
            await self.perform(command)

    async def perform(self, command: str) -> None:
        """Carry out a command, or tell why not."""
        refusal = why_not(command, self.situation())
        if refusal is not None:
            self.program.tell(refusal)
            await self._met(refusal)
            return
        result = {**self.program.handlers(), **self.handlers()}[command]()
        if result is not None:
            await result
        if self.program.participation is not None:
            self.program.participation.note(self.topic.name, command)

    async def _met(self, refusal: Refused) -> None:
        """Let an exercise that asks for a refusal count it."""
        program, session = self.program, self.program.session
        if session is not None:
            await program.change_store(partial(program.services.exercises.met, session, refusal))

    def follow(self, interest: Interest, holds_until: datetime | None = None) -> None:
        """Take up what changes from now on, and what turns at a simulated moment."""
        self._follower.follow(interest, holds_until)

    async def take_up(self) -> None:
        """Take up what changed in the store, or by time alone, where that is followed."""

    def on_unmount(self) -> None:
        """Follow nothing more."""
        self._follower.end()

    def refresh_keys(self) -> None:
        """Show in the footer what can be done now."""
        if self.program.participation is not None and is_on_top(self):
            self.program.participation.note(self.topic.name)
        for bar in self.query(KeyBar):
            here = footer(self.situation())
            bar.keys = tuple((self.program.keymap.applied(command), why) for command, why in here)

    def say_all(self) -> None:
        """Say everything again in the session's present language."""
        for widget in self.walk_children(Widget, with_self=True):
            if widget is not self and isinstance(widget, Translated) and is_alive(widget):
                widget.say()
        self.refresh_keys()

    def on_screen_resume(self) -> None:
        """Take up what changed while another screen was on top."""
        if self.is_new and self._composed_in == speech().code:  # it has just said everything
            self.refresh_keys()
        else:
            self.say_all()
        self.program.check_size(self.program.size)

    def on_resize(self, event: events.Resize) -> None:
        """Cover a window that is too small with a word about it."""
        self.program.check_size(event.size)


def shows_code(stack: Sequence[Screen[Any]]) -> bool:
    """Tell whether a code is on the screen; a dialog over it changes nothing."""
    page = next((screen for screen in reversed(stack) if isinstance(screen, MlegScreen)), None)
    return page is not None and page.shows_code


def say_again(screen: Screen[Any]) -> None:
    """Say everything on a screen, a dialog too, in the session's present language."""
    if not screen.is_mounted:
        return  # it is going to speak it anyway
    if isinstance(screen, MlegScreen):
        screen.say_all()
        return
    for widget in screen.walk_children(Widget, with_self=True):
        if isinstance(widget, Translated) and is_alive(widget):
            widget.say()
