"""The one record of what the simulation itself is set to."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.text import LocalText
from mleg_tui.simulation.faults import Faults
from mleg_tui.simulation.timeline import Timeline

WORLD_ID = "world"
_AUDIT_DAYS, _MOST_AUDIT_DAYS = 365, 36_500


class BadAuditDays(BadInput):
    """The audit cannot be kept so long."""

    message = N_("„{days}” nie jest liczbą dni od 1 do 36500.")
    advice = N_("Podaj np. 365, albo forever, żeby niczego nie usuwać.")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the login page tells about, and what it is good for."""

    login: str
    note: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Time, chance and faults of one store. ``seed`` makes codes and durations reproducible.

    ``scenario`` names the situation that was set up last. The audit is kept ``audit_days`` of
    real time, or for ever (``None``).
    """

    timeline: Timeline
    seed: int
    demo_accounts: tuple[DemoAccount, ...] = ()
    faults: Faults = Faults()
    scenario: str | None = None
    audit_days: int | None = _AUDIT_DAYS
    id: str = WORLD_ID
    version: int = 0

    def __post_init__(self) -> None:
        if self.audit_days is not None:
            check_audit_days(self.audit_days)


def check_audit_days(days: int) -> None:
    """Raise ``BadAuditDays`` for no number of days that the audit can be kept."""
    if not 1 <= days <= _MOST_AUDIT_DAYS:
        raise BadAuditDays(days=days)
