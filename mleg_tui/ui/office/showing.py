"""The trainer shows something to all of a class: their own screen, or a demonstration."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from functools import partial

from mleg_tui.domain.errors import MlegError, Refused, StoreUnusable
from mleg_tui.domain.messages import N_
from mleg_tui.locale import speech
from mleg_tui.services.session import Session
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.classroom.demo import Controls, PlayDemo
from mleg_tui.ui.classroom.look_here import LookHere
from mleg_tui.ui.classroom.publisher import ScreenPublisher
from mleg_tui.ui.options import Options
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.bars import SeenBy


class NothingShown(Refused):
    """Nothing is shown to a class."""

    message = N_("Nie pokazujesz teraz niczego klasie.")
    advice = N_("Swój ekran albo pokaz wyświetlisz wszystkim z tablicy zajęć.")


class DemoBroken(Refused):
    """A demonstration came to an end that nobody expected."""

    message = N_("Pokaz się przerwał.")
    advice = N_("Uruchom go ponownie z tablicy zajęć; jeśli to się powtarza, zgłoś to.")


class Showing:
    """What somebody of the office shows to a class, until they let go or log out.

    If their session dies, it goes by itself soon.
    """

    def __init__(self, program: Program, app: DrawnApp, session: Session, classroom: str) -> None:
        self._program = program
        self._app = app
        self._services = program.services
        self._session = session
        self._classroom = classroom
        self._has_ended = False
        self._publisher: ScreenPublisher | None = None
        self._look: LookHere | None = None
        self._playing: asyncio.Task[None] | None = None
        self._sending: asyncio.Future[None] | None = None
        app.showing = self

    def own_screen(self) -> None:
        """Show one's own screen from now on."""
        self._app.seen_by = SeenBy.CLASS
        self._publish(self._app)

    def demo(self, play: PlayDemo, id: str) -> None:
        """Play a demonstration to all, oneself too, from its beginning to its end."""
        keys: dict[str, Callable[[], object]] = {"escape": partial(self._app.call_later, self.end)}
        self._look = LookHere(
            self._app, self._services, self._classroom, N_("● pokaz: Esc kończy"), keys
        )

        def began(app: DrawnApp, controls: Controls) -> None:
            keys["space"], keys["right"] = controls.pause_or_go_on, controls.step
            self._publish(app)

        self._look.begin()
        options = Options(language=speech().code, theme=self._app.chosen_theme)
        playing = play(id, options, began)
        self._playing = asyncio.get_running_loop().create_task(playing, context=Context())
        self._playing.add_done_callback(self._played)

    async def end(self) -> None:
        """Let go: everybody has their own screen again."""
        if self._has_ended:
            return
        self._has_ended = True
        self._app.showing = self._app.seen_by = None
        if self._playing is not None:
            self._playing.cancel()
        if self._look is not None:
            self._look.end()
        if self._sending is not None:  # else it would come up again behind the end
            await asyncio.wait((self._sending,))
        with suppress(MlegError):  # a class that is over sees nothing, and the lease ends the rest
            await self._show(None)

    def _publish(self, app: DrawnApp) -> None:
        self._publisher = ScreenPublisher(app, self._send)
        self._publisher.begin()

    async def _send(self, text: str) -> bool:
        if self._program.session is not self._session:
            self._app.call_later(self.end)
        if self._has_ended or self._program.session is not self._session:
            return False
        self._sending = asyncio.ensure_future(self._show(text))
        try:
            await asyncio.shield(self._sending)
        except StoreUnusable:
            raise
        except MlegError as error:
            self._app.call_later(self._end_with, error)
            return False
        return True

    async def _show(self, text: str | None) -> None:
        show = partial(self._services.classes.show, self._session, self._classroom, text)
        await self._services.off_loop.ask(show)

    async def _end_with(self, error: MlegError) -> None:
        await self.end()
        self._program.tell(error)

    def _played(self, playing: asyncio.Task[None]) -> None:
        error = None if playing.cancelled() else playing.exception()
        if error is None:
            self._app.call_later(self.end)
            return
        told = error if isinstance(error, MlegError) else DemoBroken()
        self._app.call_later(self._end_with, told)
