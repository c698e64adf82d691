"""The audit: every transaction of a service leaves an event for each record that it changed.

The events are written in the same transaction, so there is no change without one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.calendar import utc
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Key, Moved, Query, R, Record, Work, table_name
from mleg_tui.simulation.world import WORLD_ID, World

T = TypeVar("T")
MACHINES = ""
"""The actor of what the machines do by themselves."""

_SECRET = frozenset({"codes", "password_hash", "seed"})
_UNTOLD = frozenset({"id", "version", "history"})
_TOLD_OF_A_DOCUMENT = ("order", "validity")
"""A shared document is gone after minutes; the audit must not keep what was on it."""
_NOT_AUDITED = (Event, LoginAttempts)


def audited(change: Callable[[Work], T], *, by: str, real_now: datetime) -> Callable[[Work], T]:
    """Return a change that also writes down who changed what."""

    def run(work: Work) -> T:
        journal = _Journal(work)
        result = change(journal)
        for event in journal.events(by, utc(real_now)):
            write_down(work, event)
        return result

    return run


def write_down(work: Work, event: Event) -> None:
    """Add an event, under a free id: a record may come and go twice at one moment."""
    number, id_ = 1, event.id
    while work.find(Event, id_) is not None:
        number, id_ = number + 1, f"{event.id}-{number + 1}"
    work.add(replace(event, id=id_))


class _Journal:
    """A transaction that remembers what it changed."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._first: dict[tuple[Any, str], Any] = {}

    def find(self, kind: type[R], id: str, /) -> R | None:
        return self._work.find(kind, id)

    def get(self, kind: type[R], id: str, /) -> R:
        return self._work.get(kind, id)

    def select(self, kind: type[R], /, **equal: str) -> tuple[R, ...]:
        return self._work.select(kind, **equal)

    def many(self, kind: type[R], ids: Iterable[str], /) -> Mapping[str, R]:
        return self._work.many(kind, ids)

    def stream(self, kind: type[R], /) -> Iterator[R]:
        return self._work.stream(kind)

    def page(self, query: Query[R], /, start: int = 0, count: int | None = None) -> tuple[R, ...]:
        return self._work.page(query, start, count)

    def count(self, query: Query[R], /, most: int | None = None) -> int:
        return self._work.count(query, most)

    def moved(self) -> Iterator[tuple[Key, Moved]]:
        return self._work.moved()

    def restore(self, records: Iterable[Record], /) -> None:
        self._work.restore(records)

    def add(self, record: R, /) -> R:
        self._first.setdefault((type(record), record.id), None)
        return self._work.add(record)

    def save(self, record: R, /) -> R:
        self._remember(record)
        return self._work.save(record)

    def remove(self, record: R, /) -> None:
        self._remember(record)
        self._work.remove(record)

    def _remember(self, record: Record) -> None:
        key = (type(record), record.id)
        if key not in self._first:
            self._first[key] = self._work.find(*key)

    def events(self, by: str, real_now: datetime) -> Iterator[Event]:
        """Yield an event for each record that is not what it was."""
        now = self._work.get(World, WORLD_ID).timeline.now(real_now)
        for (kind, record), before in self._first.items():
            after = self._work.find(kind, record)
            changes = tuple(_changes(before, after))
            if issubclass(kind, _NOT_AUDITED) or not changes:
                continue
            version = before.version + 1 if after is None else after.version
            yield Event(
                id=f"{real_now:%Y%m%dT%H%M%S.%f}-{table_name(kind)}-{record}-{version:05}",
                at=now,
                real_at=real_now,
                actor=by,
                table=table_name(kind),
                record=record,
                changes=changes,
                reason=after.last_change.reason if isinstance(after, Order) else None,
            )


def _changes(before: Record | None, after: Record | None) -> Iterator[FieldChange]:
    old, new = _fields(before), _fields(after)
    for field in {**old, **new}:
        if old.get(field) != new.get(field):
            yield FieldChange(field, _told(field, old), _told(field, new))


def _fields(record: Record | None) -> dict[str, object]:
    fields: dict[str, object] = {} if record is None else msgspec.to_builtins(record)
    return {field: value for field, value in fields.items() if field not in _UNTOLD}


def _told(field: str, fields: dict[str, object]) -> str:
    """Say a value; of a secret, only whether there is one."""
    value = fields.get(field)
    if value is None:
        return ""
    if field in _SECRET:
        return "•••"
    if field == "document" and isinstance(value, dict):
        value = {part: value[part] for part in _TOLD_OF_A_DOCUMENT}
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
