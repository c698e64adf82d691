"""Notices in the corner that come and go."""

from __future__ import annotations

from time import time

from textual.notifications import Notification

_SHORTEST = 0.001


class Notice(Notification):
    """A notice with always some time left, even when it has expired just now.

    Textual looks whether a notice has expired, and then how long to show it: with less than no time
    its timer goes round forever, and the program stands still.
    """

    @property
    def time_left(self) -> float:
        """Seconds until the notice goes."""
        return max(self.raised_at + self.timeout - time(), _SHORTEST)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return self.raised_at + self.timeout <= time()
