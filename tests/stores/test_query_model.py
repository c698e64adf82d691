"""After any sequence of transactions a page is what a scan finds, whatever changed on the way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from mleg_tui.compose import open_store
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.columns import COLUMNS, moment, searched_words
from mleg_tui.services.store import Query, Record, Span, View, Work
from mleg_tui.simulation.faults import Outage
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.sql import lookup
from tests.stores.conftest import ADAPTERS, Locate
from tests.stores.samples import NOW, cancelled, order, ready, student, university, world
from tests.stores.test_queries import scanned

STUDENTS = ("anna", "jan", "Ż%_/\\")
ORDERS = ("1", "2", "10", "ż", "a\0b", "a\1b", "a!b", "A b", "o'\"*")
SURNAMES = ("Nowak", "nowak-Źrebięca", "Kowal", "ℌ 100%", "_")
MOMENTS = tuple(NOW + timedelta(hours=hours) for hours in (-30, 0, 1, 500, 5000))
WORDS = ("", "n", "nowak", "zreb", "kow a", "1", "h", "%", "_", "a\0", "o'\"", "ż 1", "*", "400")

errands = st.sampled_from(["order", "ready", "cancel", "drop", "restore"])
people = st.sampled_from(["enrol", "rename", "renumber", "strike off"])
spans = st.builds(
    lambda least, below: Span(least and moment(least), below and moment(below)),
    *[st.none() | st.sampled_from(MOMENTS)] * 2,
)
of_moments = ("placed", "changed", "ends", "turns")
alternatives = st.dictionaries(st.sampled_from(of_moments), spans, max_size=2).flatmap(
    lambda where: st.fixed_dictionaries(
        {name: st.just(span) for name, span in where.items()},
        optional={
            "status": st.sampled_from([status.value for status in OrderStatus]),
            "university": st.sampled_from(["agh", "pwr"]),
            "student": st.sampled_from(STUDENTS),
        },
    )
)
queries = st.builds(
    lambda words, either, by, descending: Query(
        Order, searched_words(words), tuple(either), by, descending
    ),
    st.sampled_from(WORDS),
    st.lists(alternatives, max_size=3),
    st.sampled_from(["id", *COLUMNS["orders"]]),
    st.booleans(),
)


class AgainstScan(RuleBasedStateMachine):
    """Pages and counts of a store that is changed in every way that columns follow from."""

    locate: Callable[[Path], str]

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.url = type(self).locate(Path(self.directory.name))
        self.store = open_store(self.url)

    def teardown(self) -> None:
        self.store.close()
        self.directory.cleanup()

    @rule(
        steps=st.lists(
            st.tuples(errands, *map(st.sampled_from, (ORDERS, STUDENTS)), st.sampled_from(MOMENTS))
        )
    )
    def orders(self, steps: list[tuple[str, str, str, datetime]]) -> None:
        def change(work: Work) -> None:
            for step in steps:
                with suppress(Refused):
                    _change_order(work, *step)

        self.store.transact(change)

    @rule(
        steps=st.lists(
            st.tuples(people, *map(st.sampled_from, (STUDENTS, SURNAMES))), min_size=1, max_size=3
        )
    )
    def students(self, steps: list[tuple[str, str, str]]) -> None:
        def change(work: Work) -> None:
            for step in steps:
                with suppress(Refused):
                    _change_student(work, *step)

        self.store.transact(change)

    @rule(down=st.booleans(), seed=st.integers(1, 3), slow=st.integers(1, 3))
    def machines(self, down: bool, seed: int, slow: int) -> None:  # noqa: FBT001 - drawn by hypothesis
        def change(work: Work) -> None:
            known = work.find(World, WORLD_ID) or work.add(world())
            outages = (Outage(NOW - timedelta(days=1)),) if down else ()
            work.save(replace(known, seed=seed, faults=replace(known.faults, agent=outages)))
            agh = work.find(University, "agh") or work.add(university())
            pending = replace(agh.durations.pending, least=slow * 60, most=slow * 60)
            work.save(replace(agh, durations=replace(agh.durations, pending=pending)))

        self.store.transact(change)

    @rule(query=queries, start=st.integers(0, 5), count=st.none() | st.integers(0, 4))
    def page(self, query: Query[Order], start: int, count: int | None) -> None:
        self.store.read(lambda view: check(view, query, start, count))

    @rule(query=queries, step=st.tuples(errands, *map(st.sampled_from, (ORDERS, STUDENTS))))
    def page_amid_a_transaction(self, query: Query[Order], step: tuple[str, str, str]) -> None:
        def change(work: Work) -> None:
            with suppress(Refused):
                _change_order(work, *step, NOW)
            check(work, query, 1, 3)

        self.store.transact(change)

    @rule()
    def reopen(self) -> None:
        if not isinstance(self.store, MemoryStore):
            self.store.close()
            self.store = open_store(self.url)


def check(view: View, query: Query[Order], start: int, count: int | None) -> None:
    whole = scanned(view, query)
    end = None if count is None else start + count
    assert [one.id for one in view.page(query, start, count)] == whole[start:end], query
    assert view.count(query) == len(whole)
    assert view.count(query, most=2) == min(2, len(whole))


def _change_order(work: Work, errand: str, id_: str, owner: str, placed: datetime) -> None:
    new = replace(order(id_, owner), order_date=placed)
    if errand == "order":
        work.add(new)
    elif errand == "restore":
        work.restore([replace(ready(new), version=3)])
    elif errand == "drop":
        work.remove(work.get(Order, id_))
    else:
        known = work.get(Order, id_)
        work.save(ready(known) if errand == "ready" else cancelled(known))


def _change_student(work: Work, errand: str, id_: str, surname: str) -> None:
    new: Record = replace(student(), id=id_, last_name=surname)
    if errand == "enrol":
        work.add(new)
        return
    known = work.get(Student, id_)
    if errand == "strike off":
        work.remove(known)
    elif errand == "rename":
        work.save(replace(known, last_name=surname))
    else:
        work.save(replace(known, student_number="400" + str(len(surname))))


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_page_is_a_scan(adapter: str, locate: Locate) -> None:
    check_adapter(adapter, locate, examples=60 if adapter == "memory" else 20)


@pytest.mark.parametrize("adapter", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("narrow", "wide"), [(0, 0), (0, 2), (1, 3)])
def test_a_page_is_a_scan_whichever_way_it_is_found(
    adapter: str, locate: Locate, monkeypatch: pytest.MonkeyPatch, narrow: int, wide: int
) -> None:
    """Let few records be what a million are: too many to be sorted, too far to be walked past."""
    reach = type(lookup._NEAR)
    monkeypatch.setattr(lookup, "_NARROW", narrow)
    monkeypatch.setattr(lookup, "_WIDE", wide)
    monkeypatch.setattr(lookup, "_GLANCE", reach(1, 1))
    monkeypatch.setattr(lookup, "_NEAR", reach(3, 2, at_hand=wide))
    monkeypatch.setattr(lookup, "_LOOKING", reach(2, 2))
    monkeypatch.setattr(lookup, "_FAR", lookup._FAR._replace(at_hand=wide + 1))
    check_adapter(adapter, locate, examples=10)


def check_adapter(adapter: str, locate: Locate, examples: int) -> None:
    where = staticmethod(partial(locate, adapter))
    machine = type("Machine", (AgainstScan,), {"locate": where})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
