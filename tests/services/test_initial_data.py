"""How a new store begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mleg_tui.domain.account import Account
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.demo_data import BadDemoData
from mleg_tui.services.initial_data import SEEDED_START, Beginning, fill_if_new
from mleg_tui.services.login import Login
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.memory import MemoryStore
from tests.factories import demo_data

REAL = datetime(2031, 5, 6, 7, 8, 9, 123_456, tzinfo=UTC)
WHOLE = REAL.replace(microsecond=0)
CHOSEN = datetime(2021, 7, 1, 9, 28, 53, tzinfo=UTC)


def world(store: MemoryStore) -> World:
    return store.read(lambda view: view.get(World, WORLD_ID))


@pytest.mark.parametrize(
    ("beginning", "timeline"),
    [
        (Beginning(), Timeline(anchor=WHOLE, real=REAL)),
        (Beginning(seed=7), Timeline(anchor=SEEDED_START, real=REAL)),
        (Beginning(now=CHOSEN), Timeline(anchor=CHOSEN, real=REAL, paused=True)),
        (Beginning(seed=7, now=CHOSEN), Timeline(anchor=CHOSEN, real=REAL, paused=True)),
    ],
    ids=["neither", "seed", "now", "both"],
)
def test_where_time_begins(beginning: Beginning, timeline: Timeline) -> None:
    store = MemoryStore()
    assert fill_if_new(store, beginning, REAL)
    assert world(store).timeline == timeline
    if beginning.seed is not None:
        assert world(store).seed == beginning.seed


def test_an_existing_store_is_not_touched() -> None:
    store = MemoryStore()
    fill_if_new(store, Beginning(seed=7), REAL)
    revision = store.revision()
    assert not fill_if_new(store, Beginning(seed=8, now=CHOSEN), REAL + timedelta(days=1))
    assert store.revision() == revision
    assert world(store).seed == 7


def test_a_new_store_holds_the_demo_data_and_their_password_works() -> None:
    store = MemoryStore()
    fill_if_new(store, Beginning(now=CHOSEN), REAL)
    data = demo_data()
    for ids, records in (
        (store.read(lambda view: {r.id for r in view.select(University)}), data.universities),
        (store.read(lambda view: {r.id for r in view.select(Student)}), data.students),
        (store.read(lambda view: {r.id for r in view.select(Account)}), data.accounts),
    ):
        assert ids == {record.id for record in records}
    session = Login(store, StandingClock(REAL)).sign_in("anna.nowak", "demo")
    assert session.account.student == "anna.nowak"


def test_a_store_without_a_seed_draws_one() -> None:
    stores = MemoryStore(), MemoryStore()
    for store in stores:
        fill_if_new(store, Beginning(), REAL)
    assert world(stores[0]).seed != world(stores[1]).seed


def test_bad_data_leave_the_store_empty(tmp_path: Path) -> None:
    store = MemoryStore()
    with pytest.raises(BadDemoData):
        fill_if_new(store, Beginning(data=tmp_path), REAL)
    assert store.read(lambda view: view.find(World, WORLD_ID)) is None
