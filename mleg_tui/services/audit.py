"""The audit: every transaction of a service leaves an event for each record that it changed.

The events are written in the same transaction, so there is no change without one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.calendar import utc
from mleg_tui.domain.classroom import Classroom, Frame, Participant, WorldRecord
from mleg_tui.domain.exercise import StartedExercise
from mleg_tui.domain.order import Order
from mleg_tui.services.store import Key, Moved, Record, Work, table_name
from mleg_tui.simulation.world import WORLD_ID, World

MACHINES = ""
"""The actor of what the machines do by themselves."""

_SECRET = frozenset({"codes", "password_hash", "seed"})
_UNTOLD = frozenset({"id", "version", "history"})
_TOLD_OF_A_DOCUMENT = ("order", "validity")
"""A shared document is gone after minutes; the audit must not keep what was on it."""
_NOT_AUDITED = (
    Event,
    LoginAttempts,
    StartedExercise,
    Classroom,
    Participant,
    WorldRecord,
    Frame,
)
"""How people practise is no business of the university's, and nothing of a class is kept."""


def audit(
    work: Work, *, by: str, real_now: datetime, known: Mapping[Key, Moved] = MappingProxyType({})
) -> None:
    """Write down who changed what in a transaction, after what of it was ``known`` before."""
    for (kind, id_), (first, after) in tuple(work.moved()):
        earlier = known.get((kind, id_))
        before = earlier.now if earlier else first
        if before is after or issubclass(kind, _NOT_AUDITED):
            continue
        changes = tuple(_changes(before, after))
        if changes:
            newest = after or before
            version = newest.version + (after is None) if newest else 0
            reason = after.last_change.reason if isinstance(after, Order) else None
            name = f"{table_name(kind)}-{id_}-{version:05}"
            _write_down(work, name, kind, id_, changes, by=by, real_now=real_now, reason=reason)


def audit_summary(work: Work, summary: FieldChange, *, by: str, real_now: datetime) -> None:
    """Write down one event, of the world, for a transaction that changes very much."""
    name = f"worlds-{WORLD_ID}-{summary.field}"
    _write_down(work, name, World, WORLD_ID, (summary,), by=by, real_now=real_now)


def _write_down(
    work: Work,
    name: str,
    kind: type[Record],
    id_: str,
    changes: tuple[FieldChange, ...],
    *,
    by: str,
    real_now: datetime,
    reason: str | None = None,
) -> None:
    """Add an event, under a free id: a record may come and go twice at one moment."""
    real_at = utc(real_now)
    event = Event(
        id=f"{real_at:%Y%m%dT%H%M%S.%f}-{name}",
        at=work.get(World, WORLD_ID).timeline.now(real_at),
        real_at=real_at,
        actor=by,
        table=table_name(kind),
        record=id_,
        changes=changes,
        reason=reason,
    )
    number, free = 1, event.id
    while work.find(Event, free) is not None:
        number, free = number + 1, f"{event.id}-{number + 1}"
    work.add(replace(event, id=free))


def _changes(before: Record | None, after: Record | None) -> Iterator[FieldChange]:
    old, new = _fields(before), _fields(after)
    for field in {**old, **new}:
        if old.get(field) != new.get(field):
            yield FieldChange(field, _told(field, old), _told(field, new))


def _fields(record: Record | None) -> dict[str, object]:
    from mleg_tui.services.plain_values import to_plain  # noqa: PLC0415 - not for a grammar

    fields: dict[str, Any] = {} if record is None else to_plain(record)
    if isinstance(record, World):  # that a program goes on borrowing a speed is nobody's act
        timeline = fields["timeline"]
        if timeline.pop("leases"):
            timeline["borrowed"] = record.timeline.leased_speed
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
