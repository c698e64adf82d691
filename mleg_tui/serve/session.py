"""One session: the program for one visitor, whichever way they came."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mleg_tui.domain.errors import MlegError, StoreUnusable
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.university import DEFAULT_UNIVERSITY
from mleg_tui.locale import Speech, _, advice_of, message_of, speak
from mleg_tui.serve.app import ServedMlegTui
from mleg_tui.serve.log import log, session_name
from mleg_tui.serve.presences import Presences
from mleg_tui.serve.settings import Settings
from mleg_tui.serve.stream import ClientStream
from mleg_tui.serve.terminal import Terminal, clamped
from mleg_tui.services.entrance import Entrance
from mleg_tui.services.off_loop import PATIENCE
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.services.turns import Turns
from mleg_tui.services.worlds import Worlds
from mleg_tui.ui.options import Options
from mleg_tui.ui.themes import ANSI, LIGHT

_CRASHED = 70
_NO_STORE = 3
_LOOK_AGAIN = 0.05
_RESIZE_AFTER = 0.05
_PATIENCE = 2.0
"""Seconds for a program to end by itself when nobody looks any more."""
_LEAVING = 1.0
"""Seconds for the store to learn that a seat is empty."""
_IDLE = N_("Nic się nie działo zbyt długo, więc sesja została zakończona. Zamówienia są zapisane.")
_TOO_LONG = N_("Sesja trwała już tyle, ile może. Zamówienia są zapisane.")
CLOSING = N_("Serwer kończy pracę. Zamówienia są zapisane.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerContext:
    """What all sessions of a process share."""

    settings: Settings
    services: Services
    worlds: Worlds
    presences: Presences
    turns: Turns = field(default_factory=Turns)
    sessions: set[ServedSession] = field(default_factory=set)


class ServedSession(ABC):
    """What a visitor has. Who hears from the visitor says so here; ``close`` tells of the end.

    ``name`` is what they call themselves, ``who`` is known where they have proved who they are.
    """

    def __init__(
        self, context: ServerContext, *, host: str, name: str = "", who: Session | None = None
    ) -> None:
        self._context = context
        self._name = name
        self._host = host
        self._who = who
        self._size = clamped(0, 0)
        self._stream = ClientStream(None)
        self._app: ServedMlegTui | None = None
        self._world: Services | None = None
        self._entrance: Entrance | None = None
        self._task: asyncio.Task[None] | None = None
        self._keys = Context()
        self._timers: list[asyncio.TimerHandle] = []
        self._resizing: asyncio.TimerHandle | None = None
        self._touched = 0.0
        self._status = _CRASHED

    @property
    def language(self) -> str:
        """The language that it begins in."""
        return self._context.settings.language

    @abstractmethod
    def close(self, status: int) -> None:
        """Let the visitor go, whose session has ended with this exit status."""

    def open(self, stream: ClientStream) -> None:
        """Take the way to the visitor."""
        self._stream = stream
        self._context.sessions.add(self)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what was asked for, in a task that inherits nothing from anybody."""
        own = Context()
        own.run(session_name.set, session_name.get())
        own.run(speak, Speech(self.language))
        self._task = asyncio.get_running_loop().create_task(work, context=own)
        self._task.add_done_callback(self._finish)

    def receive(self, data: bytes) -> None:
        """Take what the visitor types; it waits for whoever is to take it."""
        driver = None if self._app is None else self._app.driver
        if driver is not None and driver.listens:
            self._touched = asyncio.get_running_loop().time()
            self._keys.run(driver.receive, data)
        else:
            self._stream.input.feed(data)

    def resize(self, width: int, height: int) -> None:
        """Draw in the window's new size, soon: it may be one of a thousand."""
        self._size = clamped(width, height)
        if self._resizing is None:
            self._resizing = asyncio.get_running_loop().call_later(_RESIZE_AFTER, self._resize)

    def _resize(self) -> None:
        self._resizing = None
        if self._app is not None and self._app.driver is not None:
            self._keys.run(self._app.driver.resize, *self._size)

    def pause_writing(self) -> None:
        """Note that the way to the visitor is full."""
        self._stream.is_paused = True

    def resume_writing(self) -> None:
        """Note that it is not any more."""
        self._stream.is_paused = False

    def hang_up(self) -> None:
        """End the session without a word, soon by force."""
        self.end(None)
        task = self._task
        if task is not None and not task.done():
            patience = 0 if self._app is None else _PATIENCE
            self._timers.append(asyncio.get_running_loop().call_later(patience, task.cancel))
        if task is None:
            self._context.sessions.discard(self)

    def end(self, why: MessageId | None) -> None:
        """End the session; who sits there is told why."""
        if self._app is None:
            self._end_early(why)
            return
        if self._app.return_code is not None:
            return
        if self._app.takes_keys:
            self._keys.run(self._leave, self._app, why)
        else:  # Textual cannot leave before its first screen is there
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self.end, why)

    def _end_early(self, why: MessageId | None) -> None:
        """End a session that still waits for the store, or for its turn."""
        if self._task is not None and not self._task.done():
            if why is not None:
                self._stream.say(_(why))
            self._status = 0
            self._task.cancel()

    def _leave(self, app: ServedMlegTui, why: MessageId | None) -> None:
        speak(app.speech)
        app.exit(message=None if why is None else _(why))

    async def show(self, terminal: Terminal) -> None:
        """Run the program on a terminal to its end."""
        log.info("session on %s, %d×%d", terminal.name, *self._size)
        try:
            app = await self._made(terminal)
        except MlegError as error:
            log.warning("the session could not be opened: %s", type(error).__name__)
            self._stream.say(f"{message_of(error)} {advice_of(error)}")
            self._status = _NO_STORE
            return
        app.end_turn = await self._context.turns.take()
        self._app = app
        try:
            await app.run_async(size=self._size)
            self._status = app.return_code or 0
        finally:
            self._app = None
            app.end_turn()
            await self._leave_class()
            said = app.last_words or app.outcome()[1].rstrip()
            if said:
                self._stream.say(said)

    async def _leave_class(self) -> None:
        if self._entrance is not None and self._entrance.is_seated:
            with suppress(StoreUnusable):  # who comes back takes the seat all the same
                await self._context.presences.write_now(_LEAVING)
                await self._context.services.off_loop.ask(self._entrance.leave, _LEAVING)

    async def _made(self, terminal: Terminal) -> ServedMlegTui:
        """Return the program. Raises ``StoreUnusable``, soon enough to be told to who waits."""
        settings, shared = self._context.settings, self._context.services
        university = settings.university or DEFAULT_UNIVERSITY
        worlds, note = self._context.worlds, self._context.presences.note
        self._entrance = Entrance(shared, worlds, self._host, note, self._context.turns)
        if settings.sandbox:
            self._world = await shared.off_loop.ask(worlds.begin)
        services = self._world or shared
        first_sight = await services.off_loop.ask(
            partial(services.campus.first_sight, university, self._who),
            within=min(settings.limits.login, PATIENCE),
        )
        listed = {account.login for account in first_sight.demo_accounts}
        options = Options(
            language=self.language,
            theme=settings.theme or (ANSI if terminal.colors == "standard" else LIGHT).name,
            university=university,
            login=self._name if self._name in listed else "",
            plain=settings.plain,
            local=False,
            source=self._host,
            play_demo=self._play_demo,
        )
        app = ServedMlegTui(
            services,
            options,
            self._who,
            first_sight,
            stream=self._stream,
            terminal=terminal,
            entrance=self._entrance,
        )
        self._keys.run(app.be_active)
        self._keys.run(speak, app.speech)
        self._keys.run(session_name.set, session_name.get())
        self._watch_the_clock()
        return app

    async def _play_demo(self, *how: Any) -> None:
        from mleg_tui.demo.to_all import play_unattended  # noqa: PLC0415 - for a trainer only

        await play_unattended(self._context.worlds.stage, *how)

    def _watch_the_clock(self) -> None:
        loop, limits = asyncio.get_running_loop(), self._context.settings.limits
        self._touched = loop.time()
        self._timers = [
            loop.call_later(limits.longest, self.end, _TOO_LONG),
            loop.call_later(limits.idle, self._look_whether_idle),
        ]

    def _look_whether_idle(self) -> None:
        loop, idle = asyncio.get_running_loop(), self._context.settings.limits.idle
        left = self._touched + idle - loop.time()
        if left > 0:
            self._timers[1] = loop.call_later(left, self._look_whether_idle)
        else:
            self.end(_IDLE)

    def _finish(self, task: asyncio.Task[None]) -> None:
        """Report how it ended, and forget the session."""
        if not task.cancelled() and task.exception() is not None:
            log.error("The session ended with an unexpected error", exc_info=task.exception())
        for timer in self._timers:
            timer.cancel()
        if self._world is not None:
            self._world.feed.stop()
        self._context.sessions.discard(self)
        self.close(self._status)
        self._keys = Context()
