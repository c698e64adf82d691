"""``mleg-tui simulation``: the administrator's switches."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

from mleg_tui.cli import output, person
from mleg_tui.cli.arguments import Arguments
from mleg_tui.cli.documents import Document, instant
from mleg_tui.cli.opening import services_at_one_moment
from mleg_tui.compose import copying, location, settings_from
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import NOTICE
from mleg_tui.locale import _
from mleg_tui.services.session import Administrator
from mleg_tui.services.simulation_desk import Desk, SimulationDesk
from mleg_tui.simulation.switches import MACHINE_LABELS, Machine
from mleg_tui.simulation.typed import parse_number

_MACHINES: Mapping[str, Machine] = MappingProxyType(
    {
        "agent": Machine.AGENT,
        "ministry": Machine.MINISTRY,
        "network": Machine.PHONE_NETWORK,
        "usosweb": Machine.USOSWEB,
    }
)


def run(arguments: Arguments) -> int:
    """Read or throw a switch, and show how they all are."""
    with services_at_one_moment(arguments) as services:
        desk = _set(services.simulation, arguments)
    if arguments.json:
        output.show_json(_document(desk))
    else:
        output.show(_lines(desk))
    return 0


def _set(desk: SimulationDesk, arguments: Arguments) -> Desk:
    by = Administrator()
    match arguments.command:
        case "show":
            return desk.show(by)
        case "rejections":
            return desk.set_rejections(by, parse_number(arguments.number or ""))
        case "slowdown":
            return desk.set_slowdown(by, parse_number(arguments.number or ""))
        case "reset":
            _reset(desk, arguments)
            return desk.show(by)
        case machine:
            return desk.switch(by, _MACHINES[machine], down=arguments.state == "down")


def _reset(desk: SimulationDesk, arguments: Arguments) -> None:
    """Reset once somebody says yes; what was there is kept as a file that can be imported."""
    person.confirm(
        _("Wrócić do danych demonstracyjnych? Obecne dane zostaną zapisane jako kopia."),
        yes=arguments.yes,
    )
    place = location(settings_from(os.environ, arguments.store).store)
    copy = desk.reset(Administrator(), keep=copying(place, "reset"))
    output.tell(_("Kopia tego, co było: {path}").format(path=copy))


def _document(desk: Desk) -> Document:
    return {
        "simulation": str(NOTICE),
        "now": instant(desk.now),
        "speed": desk.speed,
        "paused": desk.paused,
        **{name: "down" if machine in desk.down else "up" for name, machine in _MACHINES.items()},
        "rejections_per_mille": desk.rejections_per_mille,
        "slowdown": desk.slowdown,
        "scenario": desk.scenario,
    }


def _lines(desk: Desk) -> list[str]:
    states = [
        f"{_(name)}: {_('✗ nie działa') if machine in desk.down else _('✓ działa')}"
        for machine, name in MACHINE_LABELS.items()
    ]
    return [
        _(NOTICE),
        _("To nie jest część prawdziwych systemów."),
        _("Czas symulacji: {moment} ({state})").format(
            moment=shown(desk.now), state=_("zatrzymany") if desk.paused else _("płynie")
        ),
        *states,
        _("Odrzucane zamówienia: {number} z 1000").format(number=desk.rejections_per_mille),
        _("Spowolnienie: {times}×").format(times=desk.slowdown),
        _("Scenariusz: {name}").format(name=desk.scenario or _("brak")),
    ]
