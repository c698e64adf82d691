"""What was changed, by whom and when. Nobody edits it, and no secret is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.calendar import utc


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record: what it was and what it became, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One record that one transaction changed. ``at`` is simulated time, ``real_at`` real time.

    ``actor`` is a login, or empty for the machines; ``table`` and ``record`` name what was changed.
    """

    id: str
    at: datetime
    real_at: datetime
    actor: str
    table: str
    record: str
    changes: tuple[FieldChange, ...]
    reason: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        utc(self.at)
        utc(self.real_at)
