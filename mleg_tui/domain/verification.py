"""An inspector asks, a holder shares, the inspector sees the result for a few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.phone import Document, Validity

CODE_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One check of a document. ``id`` is the six-digit code; times are simulated.

    ``validity`` is what the Ministry's system said at the moment of sharing; ``document`` are the
    data that were shared. Both are gone when the check has ended.
    """

    id: str
    inspector: str
    asked_at: datetime
    ends_at: datetime
    validity: Validity | None = None
    document: Document | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if len(self.id) != CODE_LENGTH or not (self.id.isascii() and self.id.isdigit()):
            message = "a check has a code of six digits"
            raise ValueError(message)
        if utc(self.ends_at) < utc(self.asked_at):
            message = "a check cannot end before it began"
            raise ValueError(message)
        if (self.validity is None) != (self.document is None):
            message = "a result comes with the data, and the data with a result"
            raise ValueError(message)

    @property
    def holds_until(self) -> datetime:
        """When what it shows is gone."""
        return self.ends_at
