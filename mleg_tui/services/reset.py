"""Back to the demo data, with a copy of what was there where somebody can keep one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.services.audit import write_down
from mleg_tui.services.demo_data import DemoData, load
from mleg_tui.services.store import KINDS, KeepCopy, Store, View, Work
from mleg_tui.simulation.switches import all_well
from mleg_tui.simulation.world import WORLD_ID, World

_STAYS = (World, Event, LoginAttempts)
"""Time goes on, nobody erases the audit, and a throttle is not lifted."""


def reset(
    store: Store, directory: Path, *, by: str, real_now: datetime, keep: KeepCopy | None
) -> object | None:
    """Replace everything but time and audit by the demo data, in one transaction.

    Returns where ``keep`` has put what was there, ``None`` without it. Raises ``BadDemoData``.
    """

    def today(view: View) -> datetime:
        return view.get(World, WORLD_ID).timeline.now(real_now)

    data = load(directory, warsaw_date(store.read(today)))

    def change(work: Work) -> object | None:
        copy = None if keep is None else keep(work)
        _replace(work, data, by, real_now)
        return copy

    return store.transact(change)


def _replace(work: Work, data: DemoData, by: str, real_now: datetime) -> None:
    for kind in KINDS.values():
        if not issubclass(kind, _STAYS):
            for record in work.select(kind):
                work.remove(record)
    for record in data.records():
        work.add(record)
    world = work.get(World, WORLD_ID)
    now = world.timeline.now(real_now)
    faults = all_well(world.faults, now)
    work.save(replace(world, faults=faults, demo_accounts=data.demo_accounts, scenario=None))
    write_down(work, _event(now, by, real_now))


def _event(now: datetime, by: str, real_now: datetime) -> Event:
    """Return the one event that stands for all that a reset changes."""
    return Event(
        id=f"{real_now:%Y%m%dT%H%M%S.%f}-worlds-{WORLD_ID}-reset",
        at=now,
        real_at=real_now,
        actor=by,
        table="worlds",
        record=WORLD_ID,
        changes=(FieldChange("reset", "", "demo_data"),),
    )
