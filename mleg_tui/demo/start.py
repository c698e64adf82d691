"""From the command line to a demonstration: on the viewer's terminal, or recorded without one."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from textual.worker import Worker, WorkerCancelled

from mleg_tui.demo.app import DemoTui
from mleg_tui.demo.audience import Audience, Recording, Viewer
from mleg_tui.demo.caption import OVER, OVER_BACK, PLAYING, Caption
from mleg_tui.demo.cast import Cast
from mleg_tui.demo.clock import DemoClock
from mleg_tui.demo.files import Demo
from mleg_tui.demo.player import Player
from mleg_tui.domain.messages import NOTICE
from mleg_tui.errands.play import Scenarios
from mleg_tui.locale import _, local, message_of
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator
from mleg_tui.textual_internals.app import BACKGROUND, run_beside
from mleg_tui.ui.options import Options

BAD_DATA = 2
"""The exit status where the demonstration cannot be played as it is written."""


def show(
    services: Services,
    clock: DemoClock,
    demo: Demo,
    options: Options,
    pace: float,
    *,
    goes_back: bool = False,
) -> tuple[int, str | None]:
    """Play on this terminal until the viewer leaves the program.

    Returns its exit status, and which demonstration comes next, if one was asked for. Leaving leads
    into the program as the demonstration has left it; or, who ``goes_back``, back to where they
    came from.
    """
    prepare(services, demo)
    app = ViewedTui(services, clock, demo, options, pace, goes_back=goes_back)
    app.run()
    if goes_back or app.demo is not None:
        app.relent()
    return app.return_code or 0, app.demo


def record(
    services: Services,
    clock: DemoClock,
    demo: Demo,
    options: Options,
    *,
    pace: float,
    size: tuple[int, int],
) -> tuple[bytes, float]:
    """Play without a terminal; return the cast and how many seconds it takes.

    Raises ``BadDemoData`` if it does not go as the demonstration says.
    """
    prepare(services, demo)
    app = DemoTui(services, clock, with_university(options, demo))
    cast = Cast(*size, f"mleg-tui: {local(demo.title)} · {_(NOTICE)}")
    recording = Recording(app, cast, pace)
    asyncio.run(play(app, demo, recording, size))
    return cast.to_bytes(recording.at), recording.at


async def play(app: DemoTui, demo: Demo, audience: Audience | None, size: tuple[int, int]) -> None:
    """Play in a program without a terminal. Raises ``BadDemoData``."""
    async with app.run_test(size=size, notifications=True):
        await Player(app, demo, audience, strict=True).play()


def prepare(services: Services, demo: Demo) -> None:
    """Have the store as the demonstration begins."""
    if services.time.timeline().paused:
        services.time.resume()
    if demo.scenario is not None:
        scenarios = Scenarios(services)
        scenarios.set_up(Administrator(), scenarios.named(demo.scenario))


def with_university(options: Options, demo: Demo) -> Options:
    """Return the options with the login page of the demonstration's university."""
    return options._replace(university=demo.university)


class ViewedTui(DemoTui):
    """A demonstration on the viewer's own terminal."""

    def __init__(
        self,
        services: Services,
        clock: DemoClock,
        demo: Demo,
        options: Options,
        pace: float,
        *,
        goes_back: bool = False,
    ) -> None:
        super().__init__(services, clock, with_university(options, demo))
        self._demo = demo
        self._pace = pace
        self._goes_back = goes_back
        self._playing: Worker[None] | None = None
        self._keys: dict[str, Callable[[], None]] = {}
        self.on_viewer_key = lambda key: self._keys.get(key, lambda: None)()

    async def on_ready(self) -> None:
        """Begin."""
        gc.freeze()
        gc.enable()
        viewer = Viewer(self, self._pace)
        self._keys = {"space": viewer.pause_or_go_on, "right": viewer.step, "q": self._leave}
        self.caption = Caption(hint=PLAYING)
        self._playing = run_beside(self, partial(self._play, viewer), BACKGROUND)

    async def _play(self, viewer: Viewer) -> None:
        try:
            await Player(self, self._demo, viewer, strict=False).play()
        except BadDemoData as error:
            self.exit(return_code=BAD_DATA, message=message_of(error))
        else:
            self._keys = {"q": self._leave}
            hint = OVER_BACK if self._goes_back else OVER
            self.caption = replace(self.caption, hint=hint, paused=False)

    def _leave(self) -> None:
        """Leave the viewer in the program as it is, or where they came from."""
        if self._goes_back:
            self.exit()
            return
        self._keys = {}
        run_beside(self, self._hand_over, BACKGROUND)

    async def _hand_over(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            with suppress(WorkerCancelled):
                await self._playing.wait()
        self.come_live()
        await self.take_up_now()
