"""What the records of a store may not say of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.order import MINISTRY, HistoryEntry, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.services.checking import StrangeVersion, alone, findings
from mleg_tui.services.store import Record, Work
from tests.factories import ANNA, NOW, OFFICE, house, order, student
from tests.stores.samples import HASH


def found(*records: Record, gone: tuple[type[Record], str] | None = None) -> list[tuple[str, str]]:
    """Return what is found in a house with these records put in and one taken out."""
    store = house().services.store

    def change(work: Work) -> None:
        for record in records:
            known = work.find(type(record), record.id)
            if known is None:
                work.add(record)
            else:
                work.save(replace(record, version=known.version))
        if gone is not None:
            work.remove(work.get(*gone))

    store.transact(change)
    told = store.read(lambda view: list(findings(view, NOW)))
    return [(type(finding).__name__, str(finding.details["record"])) for finding in told]


@pytest.mark.parametrize(
    "status", [s for s in OrderStatus if s not in (OrderStatus.EXPIRED, OrderStatus.CODES_EXPIRED)]
)
def test_every_usual_order_is_right(status: OrderStatus) -> None:
    changes: dict[str, Any] = {}
    whole = order(status)
    if status is OrderStatus.ERROR:  # a rejection says why
        last = replace(whole.history[-1], reason="x")
        changes["history"] = (*whole.history[:-1], last)
    assert found(replace(whole, **changes)) == []


def test_what_a_record_names_must_be_there() -> None:
    assert found(order(OrderStatus.PENDING, student="x", university="y")) == [
        ("Missing", "orders/anna.nowak-001"),
        ("Missing", "orders/anna.nowak-001"),
    ]
    assert found(student(id="s", university="x")) == [("Missing", "students/s")]
    assert found(Phone(id="x-1", owner="x", number=1)) == [("Missing", "phones/x-1")]


def test_what_a_record_says_of_itself_must_make_sense() -> None:
    def account(**changes: Any) -> Account:
        whole = {"id": "x", "role": Role.OFFICE, "name": "X", "password_hash": HASH}
        return Account(**{**whole, **changes})

    assert found(account()) == []
    assert found(account(id="Jan.X")) == [("NoLogin", "accounts/Jan.X")]
    assert found(account(id="../etc")) == [("NoLogin", "accounts/../etc")]
    costly = HASH.replace("m=8", "m=4194304")
    assert found(account(password_hash=costly)) == [("StrangeHash", "accounts/x")]
    phone = Phone(id="anna.nowak-1", owner="anna.nowak", number=1, password_hash="x")
    assert found(phone) == [("StrangeHash", "phones/anna.nowak-1")]


@pytest.mark.parametrize("version", [0, -1, 2_000_000_000])
def test_a_version_that_cannot_be_is_told(version: int) -> None:
    assert [type(one) for one in alone(replace(student(), version=version))] == [StrangeVersion]


def test_a_student_has_one_live_order() -> None:
    live, dead = order(OrderStatus.PENDING), order(OrderStatus.CANCELLED, id="2")
    assert found(live, dead) == []
    assert found(live, replace(live, id="2")) == [("SeveralLiveOrders", "students/anna.nowak")]


ENTRY = HistoryEntry(NOW - timedelta(hours=1), OrderStatus.PENDING, ANNA)


@pytest.mark.parametrize(
    "history",
    [
        (replace(ENTRY, actor=OFFICE),),
        (replace(ENTRY, status=OrderStatus.IN_PROGRESS), ENTRY),
        (ENTRY, replace(ENTRY, at=NOW, status=OrderStatus.COLLECTED), replace(ENTRY, at=NOW)),
        (ENTRY, replace(ENTRY, at=NOW, status=OrderStatus.CANCELLED, actor=MINISTRY)),
        (ENTRY, replace(ENTRY, at=NOW, status=OrderStatus.ERROR, actor=MINISTRY)),
        (ENTRY, replace(ENTRY, at=NOW - timedelta(days=9), status=OrderStatus.CANCELLED)),
    ],
)
def test_history_follows_the_table(history: tuple[HistoryEntry, ...]) -> None:
    wrong = replace(order(OrderStatus.PENDING), status=history[-1].status, history=history)
    assert {kind for kind, _ in found(wrong)} == {"ImpossibleHistory"}


def test_a_token_belongs_to_one_order() -> None:
    one = order(OrderStatus.READY)
    other = replace(one, id="2", student="ola.wisniewska", university="pwr")
    assert [kind for kind, _ in found(one, other)] == ["SharedToken"]


def test_only_a_student_has_a_phone() -> None:
    assert found(Phone(id="d-1", owner="dziekanat", number=1)) == [("SomebodyElses", "phones/d-1")]


def test_an_account_names_its_student() -> None:
    assert ("Missing", "accounts/ewa.lis") in found(gone=(type(student()), "ewa.lis"))
