"""Back to the demo data, with a copy of what was there where somebody can keep one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.services.demo_data import DemoData
from mleg_tui.services.store import KINDS, KeepCopy, Work
from mleg_tui.simulation.switches import all_well
from mleg_tui.simulation.world import WORLD_ID, World

RESET = FieldChange("reset", "", "demo_data")
"""What the audit says of all that a reset changes."""
_STAYS = (World, Event, LoginAttempts)
"""Time goes on, nobody erases the audit, and a throttle is not lifted."""


def reset(work: Work, data: DemoData, now: datetime, keep: KeepCopy | None) -> object | None:
    """Replace everything but time and audit by the demo data, within a transaction.

    Returns where ``keep`` has put what was there, ``None`` without it.
    """
    copy = None if keep is None else keep(work)
    for kind in KINDS.values():
        if not issubclass(kind, _STAYS):
            for record in work.select(kind):
                work.remove(record)
    for record in data.records():
        work.add(record)
    world = work.get(World, WORLD_ID)
    faults = all_well(world.faults, now)
    work.save(replace(world, faults=faults, demo_accounts=data.demo_accounts, scenario=None))
    return copy
