"""Reading the audit. There is no way to write to it but to change something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import Event
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import moment, searched_words
from mleg_tui.services.pages import Count, Page, most_counted, streamed
from mleg_tui.services.session import Session
from mleg_tui.services.store import Query, Span, Store, View
from mleg_tui.services.unit_of_work import UnitOfWork

LIMIT = 200


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to show, the newest first.

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
        return most_counted(words=bool(self.text.strip()), filters=bool(self.query.either))

    @property
    def query(self) -> Query[Event]:
        """The query that finds them."""
        equal = {"actor": self.actor, "record": self.record}
        where: dict[str, str | Span] = {
            column: value for column, value in equal.items() if value is not None
        }
        if self.since or self.until:
            where["at"] = Span(
                moment(self.since) if self.since else None,
                moment(self.until) if self.until else None,
            )
        either = (where,) if where else ()
        return Query(Event, searched_words(self.text), either, by="at", descending=True)


class AuditLog:
    """The audit for the office. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._office = UnitOfWork(store, clock, Role.OFFICE)

    def page(
        self, session: Session, wanted: EventFilter, start: int = 0, count: int = LIMIT
    ) -> Page[Event]:
        """Return so many events that a filter lets through, from a place on."""

        def ask(view: View, now: datetime) -> Page[Event]:
            return Page(view.page(wanted.query, start, count), start, now, None)

        return self._office.look(session, ask)

    def count(self, session: Session, wanted: EventFilter, most: int | None = None) -> Count:
        """Return how many events a filter lets through, ``most`` at the most."""
        number = self._office.look(session, lambda view, _now: view.count(wanted.query, most=most))
        return Count(number, most, None)

    def stream(self, session: Session, wanted: EventFilter) -> Iterator[Event]:
        """Yield all events that a filter lets through, few of them in memory at once."""
        look = partial(self._office.look, session)
        return streamed(look, (wanted.query,), lambda _view, events, _now: events)
