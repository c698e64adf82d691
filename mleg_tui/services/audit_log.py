"""Reading the audit. There is no way to write to it but to change something."""

from __future__ import annotations

from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.audit import Event
from mleg_tui.domain.folding import folded
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View
from mleg_tui.services.unit_of_work import UnitOfWork

LIMIT = 200


class AuditLog:
    """The audit for the office. Raises ``NotYours`` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._office = UnitOfWork(store, clock, Role.OFFICE)

    def search(
        self,
        session: Session,
        text: str = "",
        *,
        actor: str | None = None,
        record: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = LIMIT,
    ) -> tuple[Event, ...]:
        """Return what was changed, the newest first.

        ``text`` is words that must all occur, without regard to case and Polish marks; an
        ``actor`` of ``""`` means the machines. ``since`` and ``until`` are simulated moments, the
        first within, the second without.
        """
        equal = {"actor": actor, "record": record}
        indexed = {field: value for field, value in equal.items() if value is not None}
        words = folded(text).split()

        def ask(view: View, _now: datetime) -> tuple[Event, ...]:
            found = (
                event
                for event in view.select(Event, **indexed)
                if (since is None or event.at >= since)
                and (until is None or event.at < until)
                and (not words or _has(event, words))
            )
            newest = sorted(found, key=lambda event: (event.real_at, event.id), reverse=True)
            return tuple(newest[:limit])

        return self._office.look(session, ask)


def _has(event: Event, words: list[str]) -> bool:
    parts = [event.actor, event.table, event.record, event.reason or ""]
    for change in event.changes:
        parts += (change.field, change.before, change.after)
    text = folded(" ".join(parts))
    return all(word in text for word in words)
