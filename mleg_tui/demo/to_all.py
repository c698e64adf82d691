"""A demonstration that is seen elsewhere: it plays in a program of its own that nobody sits at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from mleg_tui.demo.app import DemoTui
from mleg_tui.demo.audience import Viewer
from mleg_tui.demo.clock import DemoClock
from mleg_tui.demo.files import Demo, named, read
from mleg_tui.demo.player import Player
from mleg_tui.demo.start import prepare, with_university
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.services.campus import FirstSight
from mleg_tui.services.clock import Clock
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.initial_data import SEEDED_START, Beginning
from mleg_tui.services.services import Services
from mleg_tui.textual_internals.shared_process import IsolatedApp
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.classroom.demo import Controls
from mleg_tui.ui.options import Options

SEED: Final = 7
_SIZE = (80, 24)
"""What everybody has room for."""
_TERMINAL = "xterm-256color"
NewStage = Callable[[Beginning, Clock], Services]
"""Makes the services over a new store in memory."""


class UnattendedDemo(DemoTui, IsolatedApp):
    """A demonstration in a process that has other programs, too."""


class _FromAfar(Viewer):
    """Somebody who sees it elsewhere, and has other keys than are told on the viewer's own."""

    def _pause(self, *, paused: bool) -> None:
        self._paused = paused
        self._app.caption = replace(self._app.caption, paused=paused)


async def play_unattended(
    new_stage: NewStage,
    id: str,
    options: Options,
    began: Callable[[DrawnApp, Controls], object],
    pace: float = 1,
) -> None:
    """Play it to its end, in a task of its own with an empty context.

    ``began`` is called with the program that shows it, and with what stops it and lets it go on.
    Raises ``UnknownDemo`` and ``BadDemoData``.
    """
    clock = DemoClock(SEEDED_START)
    services, demo, options, first_sight = await asyncio.to_thread(
        _prepared, partial(new_stage, Beginning(seed=SEED), clock), id, options
    )
    app = UnattendedDemo(services.guarded(), clock, options, first_sight)
    app.isolate(_TERMINAL, "truecolor", no_color=False)
    async with app.run_test(size=_SIZE, notifications=True):
        viewer = _FromAfar(app, pace)
        began(app, viewer)
        await Player(app, demo, viewer, strict=False).play()


def _prepared(
    new_services: Callable[[], Services], id: str, options: Options
) -> tuple[Services, Demo, Options, FirstSight]:
    demo = named(read(own_directory(), warsaw_date(SEEDED_START)), id)
    options, services = with_university(options, demo), new_services()
    prepare(services, demo)
    return services, demo, options, services.campus.first_sight(options.university)
