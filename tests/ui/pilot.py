"""The program in a test's hands: on the gallery's stage, with its screen to be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from textual import events
from textual.widgets import Static

from mleg_tui.automation import Hands
from mleg_tui.errands.steps import Step
from mleg_tui.gallery.stage import Stage
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.textual_internals.settle import resize, settle, strips
from mleg_tui.textual_internals.shortcuts import shortcuts
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.options import Options

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen


_BETWEEN_LOOKS = 0.005
NOTICES = {"pl": "SYMULACJA — NIE JEST DOKUMENTEM", "en": "SIMULATION — NOT A DOCUMENT"}
"""What stands on every screen, in either language."""


@dataclass(frozen=True, slots=True)
class Play:
    """A stage whose program runs."""

    stage: Stage
    pilot: Pilot[Any]

    @property
    def app(self) -> MlegTui:
        return self.stage.app

    @property
    def services(self) -> Services:
        return self.stage.services

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def focused(self) -> str | None:
        return self.app.focused.id if self.app.focused else None

    def on_top(self, kind: type[Screen[Any]]) -> bool:
        return isinstance(self.app.screen, kind)

    async def give(self, command: str) -> None:
        """Have a command carried out, whatever has the focus and whether it is offered or not."""
        self.app.call_later(self.app.action_command, command)
        await settle(self.app)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await Hands(self.app).strike(key)

    async def write(self, text: str) -> None:
        for letter in text:
            Hands(self.app).send(letter)
        await settle(self.app)

    async def rest(self) -> None:
        await settle(self.app)

    async def look_again(self) -> None:
        await Hands(self.app).look_again()

    async def type_ahead(self, *keys: str) -> None:
        """Press keys one behind the other, before the program has answered to any."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(self.app)

    async def resize(self, width: int, height: int) -> None:
        if self.app.size != (width, height):
            await resize(self.app, width, height)


@asynccontextmanager
async def playing(
    user: str | None = None,
    *steps: Step,
    size: tuple[int, int] = (80, 24),
    language: str = "pl",
    theme: str = "usosweb",
) -> AsyncIterator[Play]:
    """Run a program that is drawn whenever somebody looks, and at the end."""
    stage = Stage(MemoryStore, user, language, theme)
    with shortcuts():
        async with stage.app.run_test(size=size, notifications=True) as pilot:
            await settle(stage.app)
            await stage.play(steps)
            yield Play(stage, pilot)
            if stage.app.is_running and stage.app.return_code is None:
                strips(stage.app)


def program_on(services: Services, options: Options, session: Session | None = None) -> MlegTui:
    """Return a program whose store nobody may call on the loop, with services of its own."""
    first_sight = services.campus.first_sight(options.university, session)
    return MlegTui(services.guarded(), options, session, first_sight)


def text_of(app: MlegTui) -> str:
    return "\n".join(line.text.rstrip() for line in strips(app))


def told(app: MlegTui) -> str:
    """Return what the screen on top says, where its lines are not broken."""
    return "\n".join(str(static.content) for static in app.screen.query(Static))


class Running:
    """A program in a task of its own, as many on one store as there are; an async context manager.

    Textual finds the running app through a context variable, so two in one task get mixed up.
    """

    def __init__(self, app: MlegTui, size: tuple[int, int] = (80, 40)) -> None:
        self.app = app
        self._size = size
        self._asked: asyncio.Queue[tuple[Callable[[], object], asyncio.Future[None]]]
        self._asked = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        await self.until(lambda: self.app.is_running)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until a condition holds; fail with the screen when it never does."""
        met = asyncio.get_running_loop().create_future()
        await self._asked.put((holds, met))
        await met

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in text_of(self.app))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.app.simulate_key(key)

    async def _run(self) -> None:
        async with self.app.run_test(size=self._size, notifications=True):
            while True:
                holds, met = await self._asked.get()
                try:
                    async with asyncio.timeout(10):
                        while not holds():
                            await settle(self.app)
                            await asyncio.sleep(_BETWEEN_LOOKS)  # for threads: settling takes all
                except TimeoutError:
                    met.set_exception(AssertionError(text_of(self.app)))
                else:
                    met.set_result(None)
