"""Any sequence of transactions has the same outcome in a store and in a plain dict."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mleg_tui.compose import open_store
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.services.store import Work
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.tinydb import archive
from tests.stores.conftest import ADAPTERS, Locate
from tests.stores.samples import cancelled, order

_STUDENTS = ("anna", "jan")
IDS = st.sampled_from(["1", "2", "10", "ż"])
STEPS = st.tuples(st.sampled_from(["add", "save", "remove"]), IDS, st.sampled_from(_STUDENTS))


class AgainstDict(RuleBasedStateMachine):
    """``model`` is what the store should hold: id → (student, status, version)."""

    locate: Callable[[Path], str]

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.url = type(self).locate(Path(self.directory.name))
        self.store = open_store(self.url)
        self.model: dict[str, tuple[str, str, int]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.directory.cleanup()

    @rule(steps=st.lists(STEPS, max_size=5), ends_well=st.booleans())
    def transaction(self, steps: list[tuple[str, str, str]], ends_well: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        after = dict(self.model)

        def change(work: Work) -> None:
            for errand, id_, student in steps:
                _in_store(work, errand, id_, student)
            if not ends_well:
                raise ZeroDivisionError

        for errand, id_, student in steps:
            _in_model(after, errand, id_, student)
        with suppress(ZeroDivisionError):
            self.store.transact(change)
        if ends_well:
            self.model = after

    @rule()
    def reopen(self) -> None:
        if not isinstance(self.store, MemoryStore):
            self.store.close()
            self.store = open_store(self.url)

    @invariant()
    def the_store_is_the_model(self) -> None:
        kept = self.store.read(lambda view: view.select(Order))
        assert [o.id for o in kept] == sorted(self.model)
        assert {o.id: (o.student, o.status.value, o.version) for o in kept} == self.model

    @invariant()
    def indexes_find_what_a_scan_finds(self) -> None:
        for student in _STUDENTS:
            for status in (OrderStatus.PENDING, OrderStatus.CANCELLED):
                found = self.store.read(
                    lambda view, a=student, b=status: view.select(Order, student=a, status=b)  # type: ignore[misc]
                )
                scan = [i for i, (a, b, _) in self.model.items() if (a, b) == (student, status)]
                assert [o.id for o in found] == sorted(scan)


def _in_store(work: Work, errand: str, id_: str, student: str) -> None:
    with suppress(Refused):
        if errand == "add":
            work.add(order(id_, student))
        elif errand == "save":
            work.save(cancelled(work.get(Order, id_)))
        else:
            work.remove(work.get(Order, id_))


def _in_model(model: dict[str, tuple[str, str, int]], errand: str, id_: str, student: str) -> None:
    if errand == "add":
        model.setdefault(id_, (student, "PENDING", 1))
    elif errand == "remove":
        model.pop(id_, None)
    elif id_ in model and model[id_][1] == "PENDING":
        model[id_] = (model[id_][0], "CANCELLED", model[id_][2] + 1)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_store_is_a_dict_with_transactions(adapter: str, locate: Locate) -> None:
    run(adapter, locate)


def test_a_store_is_one_whose_file_has_little_room(
    locate: Locate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "ROOM", 1_500)
    monkeypatch.setattr(archive, "_FEW", 5)
    run("tinydb", locate)


def run(adapter: str, locate: Locate) -> None:
    where = staticmethod(partial(locate, adapter))
    machine = type("Machine", (AgainstDict,), {"locate": where})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60 if adapter in ("memory", "tinydb") else 25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
