"""The audit is kept as long as the administrator says, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.services import retention
from mleg_tui.services.audit_log import EventFilter
from mleg_tui.services.session import Administrator
from mleg_tui.simulation.world import WORLD_ID, BadAuditDays, World
from tests.factories import NOW, House, event, house

BY = Administrator()
DAY = timedelta(days=1)


@pytest.fixture
def usos() -> House:
    return house()


def happened(usos: House, at: datetime, count: int = 1) -> None:
    """Keep events of a real moment; the simulated one says nothing of how old they are."""
    events = [event(at, f"{number:05}", at=NOW + 9_000 * DAY) for number in range(count)]
    usos.services.store.transact(lambda work: work.restore(events))


def kept(usos: House) -> list[datetime]:
    events = usos.services.store.read(lambda view: view.select(Event, record="anna.nowak"))
    return [one.real_at for one in events]


def test_a_year_is_kept_where_nobody_says_anything_else(usos: House) -> None:
    for age in (366 * DAY, 365 * DAY + timedelta(microseconds=1), 365 * DAY, DAY):
        happened(usos, NOW - age)
    assert not usos.services.retention.prune()
    assert kept(usos) == [NOW - 365 * DAY, NOW - DAY]
    assert usos.services.retention.show() == retention.AuditKept(365, 2, NOW - 365 * DAY)


def test_it_is_kept_as_long_as_the_administrator_says(usos: House) -> None:
    for age in (400, 31, 29):
        happened(usos, NOW - age * DAY)
    usos.services.retention.keep(BY, None)
    usos.services.retention.prune()
    assert len(kept(usos)) == 3
    usos.services.retention.keep(BY, 30)
    usos.services.retention.prune()
    assert kept(usos) == [NOW - 29 * DAY]


def test_it_goes_in_batches_and_leaves_no_event(usos: House) -> None:
    happened(usos, NOW - 400 * DAY, retention.BATCH + 1)
    happened(usos, NOW)
    before = usos.services.store.revision()
    assert usos.services.retention.prune()
    gone = usos.services.store.changes(before).records
    assert gone is not None
    assert {change.table for change in gone} == {"events"}
    assert len(gone) == retention.BATCH
    assert not usos.services.retention.prune()
    assert usos.services.retention.show().events == 1
    left = usos.services.store.revision()
    assert not usos.services.retention.prune()
    assert usos.services.store.revision() == left


def test_an_event_that_another_program_removed_is_no_mistake(
    usos: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(usos, NOW - 400 * DAY, 3)
    store = usos.services.store
    transact = store.transact

    def late(change: Callable[..., object]) -> object:
        transact(lambda work: work.remove(work.select(Event)[0]))
        return transact(change)

    monkeypatch.setattr(store, "transact", late)
    usos.services.retention.prune()
    assert kept(usos) == []


def test_the_setting_is_in_the_audit(usos: House) -> None:
    usos.services.retention.keep(BY, 30)
    usos.services.retention.keep(BY, 30)
    (told,) = usos.services.audit_log.find(usos.session("dziekanat"), EventFilter()).rows
    assert told.actor == BY.login
    assert told.changes == (FieldChange("audit_days", "365", "30"),)


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_no_other_number_of_days_is_taken(usos: House, days: int) -> None:
    with pytest.raises(BadAuditDays):
        usos.services.retention.keep(BY, days)
    assert usos.services.store.read(lambda view: view.get(World, WORLD_ID)).audit_days == 365


@pytest.mark.parametrize(
    ("set_to", "days", "lost"),
    [(365, 30, NOW - 30 * DAY), (365, 100, None), (365, 365, None), (20, 30, None),
     (None, 30, NOW - 30 * DAY), (365, None, None)],
)  # fmt: skip
def test_what_a_shorter_time_would_lose_is_told(
    usos: House, set_to: int | None, days: int | None, lost: datetime | None
) -> None:
    happened(usos, NOW - 50 * DAY)
    usos.services.retention.keep(BY, set_to)
    assert usos.services.retention.lost_before(days) == lost


async def test_the_feed_goes_on_batch_by_batch_and_then_looks_rarely(usos: House) -> None:
    happened(usos, NOW - 400 * DAY, retention.BATCH + 1)
    left = []
    for seconds in (0, 5, 5, 0):
        usos.later(seconds=seconds)
        await usos.services.feed.look_now()
        left.append(len(kept(usos)))
    assert left == [1, 1, 0, 0]
    happened(usos, NOW - 400 * DAY)
    for _ in range(9):
        usos.later(minutes=1)
        await usos.services.feed.look_now()
    assert len(kept(usos)) == 1
    usos.later(minutes=1)
    await usos.services.feed.look_now()
    assert kept(usos) == []


def test_the_machines_sleep_no_longer_than_to_the_next_batch(usos: House) -> None:
    happened(usos, NOW - 400 * DAY, retention.BATCH)
    progression = usos.services.progression
    assert progression.real_wait() == timedelta(minutes=1)
    progression.tidy_up()
    assert progression.real_wait() == timedelta(seconds=10)
