"""Reading the audit. There is no way to write to it but to change something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.audit import Event
from mleg_tui.services.columns import moment, searched_words
from mleg_tui.services.pages import OfficeList, most_counted
from mleg_tui.services.store import Query, Span, View, Where

LIMIT = 200


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to show, the newest first. Implements ``Wanted``.

    ``text`` is beginnings of words, in whichever field; an ``actor`` of ``""`` means the machines.
    ``since`` and ``until`` are simulated moments, the first within, the second without.
    """

    text: str = ""
    actor: str | None = None
    record: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def most_counted(self) -> int | None:
        """Up to how many a count of them is worth its time on the way to a key."""
        return most_counted(words=bool(self.text.strip()), filters=bool(self._where))

    def queries(self, now: datetime) -> tuple[Query[Event], ...]:
        """Return the query that finds them."""
        del now
        words = searched_words(self.text)
        either = (self._where,) if self._where else ()
        return (Query(Event, words, either, by="at", descending=True),)

    def rows(self, view: View, events: Sequence[Event], now: datetime) -> Sequence[Event]:
        """Return the events: they are what is shown."""
        del view, now
        return events

    def holds_until(self, view: View, shown: Sequence[Event], now: datetime) -> None:
        """Return ``None``: what has happened stays so."""

    @property
    def _where(self) -> Where:
        equal = {"actor": self.actor, "record": self.record}
        where: dict[str, str | Span] = {
            column: value for column, value in equal.items() if value is not None
        }
        if self.since or self.until:
            where["at"] = Span(
                moment(self.since) if self.since else None,
                moment(self.until) if self.until else None,
            )
        return where


class AuditLog(OfficeList[Event, Event]):
    """The audit for the office. Raises ``NotYours`` for everybody else."""
