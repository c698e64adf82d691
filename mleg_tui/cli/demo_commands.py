"""``mleg-tui demo``: a task that plays by itself, on the terminal or into a recording.

It plays on a store of its own, in memory; the user's store is never touched.
"""

from __future__ import annotations

import math
import os
import re
from contextlib import closing
from typing import TYPE_CHECKING

from mleg_tui.cli import output
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.given import check_theme
from mleg_tui.cli.parser import BadUsage
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.locale import _, local, speech

if TYPE_CHECKING:
    from mleg_tui.demo.clock import DemoClock
    from mleg_tui.demo.files import Demo
    from mleg_tui.services.services import Services
    from mleg_tui.ui.options import Options

_COMMAND = "mleg-tui demo"
_SEED = 7
_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")
_USUAL_SIZE = (80, 24)
_LEAST_SIZE = (60, 20)
_FASTEST = 1000.0
_NO_TERMINAL = N_("Pokaz można też nagrać bez terminala: mleg-tui demo --record PLIK.cast")


def run(arguments: Arguments) -> int:
    """List, play or record."""
    if arguments.store not in (None, "memory:"):
        problem = _("pokaz gra na danych w pamięci, więc bez --store")
        raise BadUsage(problem=problem, command=_COMMAND)
    if arguments.listed:
        return _list(arguments)
    if arguments.record is not None:
        return _record(arguments, arguments.record)
    for option, value in (("--size", arguments.size), ("--json", arguments.json)):
        if value:
            problem = _("{option} działa tylko z --record").format(option=option)
            raise BadUsage(problem=problem, command=_COMMAND)
    return _show(arguments)


def _list(arguments: Arguments) -> int:
    demos = _demos()
    if arguments.json:
        listed = [
            {
                "id": demo.id,
                "title": {"pl": demo.title.pl, "en": demo.title.en},
                "teaches": {"pl": demo.teaches.pl, "en": demo.teaches.en},
                "scenario": demo.scenario,
                "steps": len(demo.steps),
            }
            for demo in demos
        ]
        output.show_json({"simulation": str(NOTICE), "demos": listed})
    else:
        output.show(f"{demo.id} · {local(demo.title)}" for demo in demos)
    return 0


def _show(arguments: Arguments) -> int:
    from mleg_tui import preflight  # noqa: PLC0415 - only for a screen

    pace = _pace(arguments)
    refusal = preflight.check(os.environ)
    if refusal is not None:
        output.tell(refusal.message, _(_NO_TERMINAL))
        return refusal.exit_status
    demo = _demo(arguments)
    from mleg_tui.cli.crash import log_kept  # noqa: PLC0415
    from mleg_tui.demo.start import show  # noqa: PLC0415 - loads Textual

    services, clock = _stage()
    with closing(services), log_kept():
        return show(services, clock, demo, _options(arguments), pace)


def _record(arguments: Arguments, target: str) -> int:
    from mleg_tui.demo.recording import check_target, keep  # noqa: PLC0415
    from mleg_tui.gallery import environment  # noqa: PLC0415

    pace = _pace(arguments)
    if pace == 0:
        problem = _("nagranie potrzebuje tempa większego od zera")
        raise BadUsage(problem=problem, command=_COMMAND)
    size, demo, path = _size(arguments), _demo(arguments), check_target(target)
    environment.pin()  # before anything imports Textual
    from mleg_tui.cli.crash import log_kept  # noqa: PLC0415
    from mleg_tui.demo.start import record  # noqa: PLC0415

    output.tell(_("Nagrywam: {title}").format(title=local(demo.title)))
    services, clock = _stage()
    with closing(services), log_kept():
        cast, seconds = record(services, clock, demo, _options(arguments), pace=pace, size=size)
    keep(path, cast)
    if arguments.json:
        recorded = {"demo": demo.id, "file": str(path), "seconds": round(seconds, 1)}
        output.show_json({"simulation": str(NOTICE), **recorded})
    else:
        output.show([str(path)])
        output.tell(_("Nagrano {seconds} s.").format(seconds=f"{seconds:.0f}"))
    return 0


def _demos() -> tuple[Demo, ...]:
    from mleg_tui.demo.files import read  # noqa: PLC0415 - not for --help
    from mleg_tui.domain.calendar import warsaw_date  # noqa: PLC0415
    from mleg_tui.services.demo_data import own_directory  # noqa: PLC0415
    from mleg_tui.services.founding import SEEDED_START  # noqa: PLC0415

    return read(own_directory(), warsaw_date(SEEDED_START))


def _demo(arguments: Arguments) -> Demo:
    from mleg_tui.demo.files import named  # noqa: PLC0415

    return named(_demos(), arguments.name or None)


def _stage() -> tuple[Services, DemoClock]:
    """Return new services in memory, with the seed and the beginning of the environment."""
    from mleg_tui.compose import Settings, open_services, settings_from  # noqa: PLC0415
    from mleg_tui.demo.clock import DemoClock  # noqa: PLC0415
    from mleg_tui.services.founding import SEEDED_START, Beginning  # noqa: PLC0415

    wanted = settings_from(os.environ, "memory:").beginning
    seed = _SEED if wanted.seed is None else wanted.seed
    clock = DemoClock(SEEDED_START)
    return open_services(Settings("memory:", Beginning(seed=seed, now=wanted.now)), clock), clock


def _options(arguments: Arguments) -> Options:
    from mleg_tui.ui.options import Options  # noqa: PLC0415 - loads Textual
    from mleg_tui.ui.themes import LIGHT  # noqa: PLC0415

    theme = arguments.look or LIGHT.name
    check_theme(theme, command=_COMMAND)
    return Options(language=speech().code, theme=theme)


def _pace(arguments: Arguments) -> float:
    """Return how many times as fast as usual it plays. Raises ``BadUsage``."""
    try:
        pace = float((arguments.pace or "1").replace(",", "."))
    except ValueError:
        pace = math.nan
    if not 0 <= pace <= _FASTEST:
        problem = _("--pace to liczba od 0 do {most}").format(most=f"{_FASTEST:g}")
        raise BadUsage(problem=problem, command=_COMMAND)
    return pace


def _size(arguments: Arguments) -> tuple[int, int]:
    if not arguments.size:
        return _USUAL_SIZE
    text = arguments.size[-1]
    match = _SIZE.fullmatch(text)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if width < _LEAST_SIZE[0] or height < _LEAST_SIZE[1]:
        problem = _("{text} nie jest rozmiarem; podaj np. 80x24, co najmniej {least}")
        least = "x".join(map(str, _LEAST_SIZE))
        raise BadUsage(problem=problem.format(text=text, least=least), command=_COMMAND)
    return width, height
