"""Throwing the switches of the outside world, at one simulated moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.simulation.faults import SLOWEST, Faults, Outage, Setting

ALL_OF_THEM = 1000


class BadRejections(BadInput):
    """No number of orders out of a thousand."""

    message = N_("Liczba odrzuceń {number} jest poza zakresem.")
    advice = N_("Podaj, ile zamówień z tysiąca ma być odrzucanych: od 0 do 1000.")


class BadSlowdown(BadInput):
    """No factor by which the machines are slower."""

    message = N_("Spowolnienie {number} jest poza zakresem.")
    advice = N_("Podaj, ile razy wolniej mają pracować systemy: od 1 do 1000.")


class Machine(StrEnum):
    """What can be switched off; the values are the fields of ``Faults``."""

    AGENT = "agent"
    MINISTRY = "ministry"
    PHONE_NETWORK = "phone_network"
    USOSWEB = "usosweb"


MACHINE_LABELS: Mapping[Machine, MessageId] = {
    Machine.AGENT: N_("agent USOS"),
    Machine.MINISTRY: N_("system mObywatel"),
    Machine.PHONE_NETWORK: N_("sieć telefonów"),
    Machine.USOSWEB: N_("USOSweb"),
}


def outages_of(faults: Faults, machine: Machine) -> tuple[Outage, ...]:
    """Return when a machine was, is and will be down."""
    outages: tuple[Outage, ...] = getattr(faults, machine.value)
    return outages


def switched(faults: Faults, machine: Machine, now: datetime, *, down: bool) -> Faults:
    """Return the faults with a machine down, or up, from now on. What was so stays so."""
    past = tuple(outage for outage in outages_of(faults, machine) if outage.start < now)
    if down:
        going_on = any(outage.end is None for outage in past)
        windows = past if going_on else (*past, Outage(now))
    else:
        windows = tuple(
            replace(outage, end=now) if outage.end is None or outage.end > now else outage
            for outage in past
        )
    field: dict[str, Any] = {machine.value: windows}
    return replace(faults, **field)


def with_rejections(faults: Faults, number: int, now: datetime) -> Faults:
    """Return the faults with so many of a thousand rejected from now on.

    Raises ``BadRejections``.
    """
    if not 0 <= number <= ALL_OF_THEM:
        raise BadRejections(number=number)
    return _with(faults, Setting(now, number, faults.slowdown_at(now)))


def with_slowdown(faults: Faults, times: int, now: datetime) -> Faults:
    """Return the faults with everything so many times slower from now on.

    Raises ``BadSlowdown``.
    """
    if not 1 <= times <= SLOWEST:
        raise BadSlowdown(number=times)
    return _with(faults, Setting(now, faults.rejections_at(now), times))


def all_well(faults: Faults, now: datetime) -> Faults:
    """Return the faults with everything up and as usual from now on."""
    for machine in Machine:
        faults = switched(faults, machine, now, down=False)
    return with_slowdown(with_rejections(faults, 0, now), 1, now)


def _with(faults: Faults, setting: Setting) -> Faults:
    """Let a setting take over, unless it is what holds anyway.

    The real clock may have been set back, and simulated time with it: then the setting takes over
    where the last one did.
    """
    held = (faults.rejections_at(setting.start), faults.slowdown_at(setting.start))
    if held == (setting.rejections_per_mille, setting.slowdown):
        return faults
    earlier = tuple(known for known in faults.later if known.start < setting.start)
    return replace(faults, later=(*earlier, setting))
