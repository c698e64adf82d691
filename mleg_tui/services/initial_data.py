"""How a new store begins: its timeline, its seed, and the demo data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mleg_tui.domain.calendar import warsaw_date, whole_second
from mleg_tui.services.store import Store, Work
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World

if TYPE_CHECKING:
    from mleg_tui.services.demo_data import DemoData

SEEDED_START = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
"""Where the time of a seeded store begins, so that the seed alone decides all that happens."""


class Beginning(NamedTuple):
    """What a new store starts from; an existing one is not touched by it.

    With ``now`` simulated time begins there and stands still; with only a ``seed`` it begins at
    ``SEEDED_START`` and runs; with neither it begins at the real present and runs.
    """

    seed: int | None = None
    now: datetime | None = None
    data: Path | None = None


def fill_if_new(
    store: Store, beginning: Beginning, real_now: datetime, data: DemoData | None = None
) -> bool:
    """Fill the store if it is new; tell whether it was. Safe for many processes at once.

    The ``data`` are read from their files unless somebody has read them already.
    """
    if store.read(lambda view: view.find(World, WORLD_ID)) is not None:
        return False
    return store.transact(lambda work: _fill(work, beginning, real_now, data))


def _fill(work: Work, beginning: Beginning, real_now: datetime, data: DemoData | None) -> bool:
    if work.find(World, WORLD_ID) is not None:
        return False
    import secrets  # noqa: PLC0415 - a store is new only once

    from mleg_tui.services.demo_data import load, own_directory  # noqa: PLC0415

    timeline = first_timeline(beginning, real_now)
    seed = secrets.randbits(32) if beginning.seed is None else beginning.seed
    data = data or load(beginning.data or own_directory(), warsaw_date(timeline.anchor))
    work.add(World(timeline=timeline, seed=seed, demo_accounts=data.demo_accounts))
    for record in data.records():
        work.add(record)
    return True


def first_timeline(beginning: Beginning, real_now: datetime) -> Timeline:
    """Return how time runs in a new store."""
    if beginning.now is not None:
        return Timeline(anchor=whole_second(beginning.now), real=real_now, paused=True)
    start = real_now if beginning.seed is None else SEEDED_START
    return Timeline(anchor=whole_second(start), real=real_now)
