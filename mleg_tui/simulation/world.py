"""The one record of what the simulation itself is set to."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.text import LocalText
from mleg_tui.simulation.faults import Faults
from mleg_tui.simulation.timeline import Timeline

WORLD_ID = "world"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the login page tells about, and what it is good for."""

    login: str
    note: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Time, chance and faults of one store. ``seed`` makes codes and durations reproducible.

    ``scenario`` names the situation that was set up last.
    """

    timeline: Timeline
    seed: int
    demo_accounts: tuple[DemoAccount, ...] = ()
    faults: Faults = Faults()
    scenario: str | None = None
    id: str = WORLD_ID
    version: int = 0
