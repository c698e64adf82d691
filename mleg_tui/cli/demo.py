"""``mleg-tui demo``: a task that plays by itself, on the terminal or into a recording.

It plays on a store of its own, in memory; the user's store is never touched.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui import preflight
from mleg_tui.cli import output
from mleg_tui.cli.options import Arguments, argument, option, several, sole, switch
from mleg_tui.domain.messages import N_, NOTICE
from mleg_tui.gallery import environment
from mleg_tui.locale import _, in_all, local, speech

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.demo.clock import DemoClock
    from mleg_tui.demo.files import Demo
    from mleg_tui.services.services import Services
    from mleg_tui.ui.options import Options

_SEED = 7
_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")
_USUAL_SIZE = (80, 24)
_LEAST_SIZE = (60, 20)
_FASTEST = 1000.0
_NO_TERMINAL = N_("Pokaz można też nagrać bez terminala: mleg-tui demo --record PLIK.cast")


@dataclass(frozen=True, kw_only=True)
class Playing(Arguments):
    """Which demo, and how it is played."""

    name: str = argument(
        N_("nazwa z listy (domyślnie pierwszy z niej)"), nargs="?", metavar=N_("POKAZ")
    )
    listed: bool = switch("--list", N_("wymienia pokazy"))
    json: bool = switch("--json", N_("jeden dokument JSON"))
    pace: str | None = option("--pace", N_("ile razy szybciej; 0 to bez czekania"), metavar="N")
    record: str | None = option(
        "--record", N_("nagrywa bez terminala (asciicast v2)"), metavar=N_("PLIK.cast")
    )
    size: Sequence[str] = several("--size", N_("rozmiar nagrania (domyślnie 80x24)"), metavar="WxH")
    look: str | None = option("--theme", N_("motyw kolorów"), metavar=N_("NAZWA"))


def _run(arguments: Playing) -> int:
    """List, play or record."""
    if arguments.store not in (None, "memory:"):
        problem = _("pokaz gra na danych w pamięci, więc bez --store")
        raise arguments.wrong(problem)
    if arguments.listed:
        return _list(arguments)
    if arguments.record is not None:
        return _record(arguments, arguments.record)
    for name, value in (("--size", arguments.size), ("--json", arguments.json)):
        if value:
            problem = _("{option} działa tylko z --record").format(option=name)
            raise arguments.wrong(problem)
    return _show(arguments)


def _list(arguments: Playing) -> int:
    demos = _demos()
    if arguments.json:
        listed = [
            {
                "id": demo.id,
                "title": in_all(demo.title),
                "teaches": in_all(demo.teaches),
                "scenario": demo.scenario,
                "steps": len(demo.steps),
            }
            for demo in demos
        ]
        output.show_json({"simulation": str(NOTICE), "demos": listed})
    else:
        output.show(f"{demo.id} · {local(demo.title)}" for demo in demos)
    return 0


def _show(arguments: Playing) -> int:
    pace = _pace(arguments)
    refusal = preflight.check(os.environ)
    if refusal is not None:
        output.tell(refusal.message, _(_NO_TERMINAL))
        return refusal.exit_status
    demo = _demo(arguments)
    return _play(demo, _options(arguments), pace, goes_back=False)


def watch(name: str, language: str, theme: str) -> int:
    """Play a demonstration for who comes from the program's login page, and goes back there."""
    from mleg_tui.demo.files import named
    from mleg_tui.ui.options import Options

    options = Options(language=language, theme=theme)
    return _play(named(_demos(), name), options, 1, goes_back=True)


def _play(demo: Demo, options: Options, pace: float, *, goes_back: bool) -> int:
    """Play a demonstration, and each one that is asked for on the login page behind it."""
    from mleg_tui.cli.crash import log_kept
    from mleg_tui.demo.files import named
    from mleg_tui.demo.start import show

    while True:
        services, clock = _stage()
        with closing(services), log_kept():
            status, following = show(services, clock, demo, options, pace, goes_back=goes_back)
        if following is None:
            return status
        demo = named(_demos(), following)


def _record(arguments: Playing, target: str) -> int:
    pace = _pace(arguments)
    if pace == 0:
        problem = _("nagranie potrzebuje tempa większego od zera")
        raise arguments.wrong(problem)
    from mleg_tui.cli.crash import log_kept
    from mleg_tui.demo.recording import check_target, keep

    size, demo, path = _size(arguments), _demo(arguments), check_target(target)
    environment.pin()  # before anything imports Textual
    from mleg_tui.demo.start import record

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
    from mleg_tui.demo.files import read
    from mleg_tui.domain.calendar import warsaw_date
    from mleg_tui.services.demo_data import own_directory
    from mleg_tui.services.initial_data import SEEDED_START

    return read(own_directory(), warsaw_date(SEEDED_START))


def _demo(arguments: Playing) -> Demo:
    from mleg_tui.demo.files import named

    return named(_demos(), arguments.name or None)


def _stage() -> tuple[Services, DemoClock]:
    """Return new services in memory, with the seed and the beginning of the environment."""
    from mleg_tui.compose import Settings, open_services, settings_from
    from mleg_tui.demo.clock import DemoClock
    from mleg_tui.services.initial_data import SEEDED_START, Beginning

    wanted = settings_from(os.environ, "memory:").beginning
    seed = _SEED if wanted.seed is None else wanted.seed
    clock = DemoClock(SEEDED_START)
    return open_services(Settings("memory:", Beginning(seed=seed, now=wanted.now)), clock), clock


def _options(arguments: Playing) -> Options:
    from mleg_tui.cli.config import check_theme
    from mleg_tui.ui.options import Options
    from mleg_tui.ui.settings import DEFAULT_THEME

    theme = arguments.look or DEFAULT_THEME
    check_theme(theme, arguments.command)
    return Options(language=speech().code, theme=theme)


def _pace(arguments: Playing) -> float:
    """Return how many times as fast as usual it plays. Raises ``BadUsage``."""
    try:
        pace = float((arguments.pace or "1").replace(",", "."))
    except ValueError:
        pace = math.nan
    if not 0 <= pace <= _FASTEST:
        problem = _("--pace to liczba od 0 do {most}").format(most=f"{_FASTEST:g}")
        raise arguments.wrong(problem)
    return pace


def _size(arguments: Playing) -> tuple[int, int]:
    if not arguments.size:
        return _USUAL_SIZE
    text = arguments.size[-1]
    match = _SIZE.fullmatch(text)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if width < _LEAST_SIZE[0] or height < _LEAST_SIZE[1]:
        problem = _("{text} nie jest rozmiarem; podaj np. 80x24, co najmniej {least}")
        least = "x".join(map(str, _LEAST_SIZE))
        raise arguments.wrong(problem.format(text=text, least=least))
    return width, height


COMMAND = sole(Playing, _run)
