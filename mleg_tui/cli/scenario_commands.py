"""``mleg-tui scenario``: the situations that people really meet, listed, loaded and played."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from mleg_tui.cli import output, scenario_page
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.compose import Settings, open_services
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.messages import NOTICE
from mleg_tui.locale import _, local
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.demo_data import own_directory
from mleg_tui.services.founding import SEEDED_START, Beginning
from mleg_tui.services.scenarios.files import named, read
from mleg_tui.services.scenarios.play import Scenarios
from mleg_tui.services.session import Administrator

_SEED = 7
_NOT_AS_TOLD = 1


def run(arguments: Arguments) -> int:
    """List, show, load or play."""
    match arguments.command:
        case "list":
            return _list(arguments)
        case "show":
            return _show(arguments)
        case "load":
            return _load(arguments)
        case _:
            return _play(arguments)


def _list(arguments: Arguments) -> int:
    found = read(own_directory(), warsaw_date(datetime.now(UTC)))
    if arguments.json:
        summaries = [scenario_page.summary(scenario) for scenario in found]
        output.show_json({"simulation": str(NOTICE), "scenarios": summaries})
    else:
        output.show(f"{one.id} · {one.account} · {local(one.title)}" for one in found)
    return 0


def _show(arguments: Arguments) -> int:
    scenario = named(own_directory(), warsaw_date(datetime.now(UTC)), arguments.name)
    if arguments.json:
        output.show_json(scenario_page.whole(scenario))
    else:
        output.show(scenario_page.lines(scenario))
    return 0


def _load(arguments: Arguments) -> int:
    with services_at_one_moment(arguments) as services:
        scenarios = Scenarios(services)
        scenario = scenarios.named(arguments.name)
        scenarios.set_up(Administrator(), scenario)
    if arguments.json:
        output.show_json(scenario_page.whole(scenario))
    else:
        output.show(scenario_page.lines(scenario))
        output.tell(_("Scenariusz jest przygotowany; zaloguj się na podane konto."))
    return 0


def _play(arguments: Arguments) -> int:
    """Play in memory, so that no store is touched and the outcome is the same every time."""
    beginning = Beginning(seed=_SEED, now=SEEDED_START)
    services = open_services(Settings("memory:", beginning), StandingClock(SEEDED_START))
    with closing(services.store):
        scenarios = Scenarios(services)
        played = scenarios.play(Administrator(), scenarios.named(arguments.name))
    if arguments.json:
        output.show_json(scenario_page.outcome(played))
    else:
        output.show(scenario_page.outcome_lines(played))
    return 0 if played.as_told else _NOT_AS_TOLD
