"""``mleg-tui simulation``: the administrator's switches."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mleg_tui.cli import output, person
from mleg_tui.cli.options import Command, argument, command, switch
from mleg_tui.cli.plain import Document, P, Plain, Shown, at_one_moment, instant
from mleg_tui.domain.calendar import shown
from mleg_tui.domain.messages import N_, NOTICE, MessageId
from mleg_tui.locale import _
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.switches import MACHINE_LABELS, Machine

if TYPE_CHECKING:  # what the help does without is loaded by what needs it
    from mleg_tui.services.services import Services
    from mleg_tui.services.simulation_desk import Desk, SimulationDesk

_BY = Administrator()
_MACHINES: Mapping[str, Machine] = {
    "agent": Machine.AGENT,
    "ministry": Machine.MINISTRY,
    "network": Machine.PHONE_NETWORK,
    "usosweb": Machine.USOSWEB,
}


@dataclass(frozen=True, kw_only=True)
class Switch(Plain):
    """Whether a machine works."""

    state: str = argument(N_("up: działa, down: nie działa"), choices=("up", "down"))


@dataclass(frozen=True, kw_only=True)
class Rejections(Plain):
    """How many orders in a thousand."""

    number: str = argument(N_("od 0 do 1000"), metavar="N")


@dataclass(frozen=True, kw_only=True)
class Slowdown(Plain):
    """How many times as slow."""

    number: str = argument(N_("od 1 do 1000"), metavar="N")


@dataclass(frozen=True, kw_only=True)
class Reset(Plain):
    """Whether it is meant."""

    yes: bool = switch("--yes", N_("nie pyta"))


def _setting(act: Callable[[SimulationDesk, P], Desk]) -> Callable[[P], int]:
    """Return what obeys a command after which all switches are shown."""

    def set_and_show(services: Services, arguments: P) -> Shown:
        desk = act(services.simulation, arguments)
        return _document(desk), _lines(desk)

    return at_one_moment(set_and_show)


def _machine(machine: Machine, does: MessageId) -> Command:
    """Return the command that switches a machine."""

    def throw(desk: SimulationDesk, arguments: Switch) -> Desk:
        return desk.switch(_BY, machine, down=arguments.state == "down")

    return command(does, Switch, _setting(throw))


def _set_rejections(desk: SimulationDesk, arguments: Rejections) -> Desk:
    return desk.set_rejections(_BY, _number(arguments.number))


def _set_slowdown(desk: SimulationDesk, arguments: Slowdown) -> Desk:
    return desk.set_slowdown(_BY, _number(arguments.number))


def _number(given: str) -> int:
    from mleg_tui.simulation.typed import parse_number

    return parse_number(given)


def _reset(desk: SimulationDesk, arguments: Reset) -> Desk:
    """Reset once somebody says yes; what was there is kept as a file that can be imported."""
    from mleg_tui.compose import copying, location, settings_from

    person.confirm(
        _("Wrócić do danych demonstracyjnych? Obecne dane zostaną zapisane jako kopia."),
        yes=arguments.yes,
    )
    place = location(settings_from(os.environ, arguments.store).store)
    copy = desk.reset(_BY, keep=copying(place, "reset"))
    output.tell(_("Kopia tego, co było: {path}").format(path=copy))
    return desk.show(_BY)


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
        _("Spowolnienie: ×{times}").format(times=desk.slowdown),
        _("Scenariusz: {name}").format(name=desk.scenario or _("brak")),
    ]


COMMANDS = {
    "show": command(
        N_("pokazuje przełączniki symulacji"), Plain, _setting(lambda desk, _: desk.show(_BY))
    ),
    "agent": _machine(Machine.AGENT, N_("agent USOS działa albo nie")),
    "ministry": _machine(Machine.MINISTRY, N_("system mObywatel działa albo nie")),
    "network": _machine(Machine.PHONE_NETWORK, N_("sieć telefonów działa albo nie")),
    "usosweb": _machine(Machine.USOSWEB, N_("USOSweb działa albo nie")),
    "rejections": command(
        N_("ile zamówień z tysiąca odrzucać"),
        Rejections,
        _setting(_set_rejections),
    ),
    "slowdown": command(
        N_("ile razy wolniej pracują systemy"),
        Slowdown,
        _setting(_set_slowdown),
    ),
    "reset": command(N_("wraca do danych demonstracyjnych"), Reset, _setting(_reset)),
}
