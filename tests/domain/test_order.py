"""The life cycle of an order: the table of docs/domain.md §2, every cell of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from mleg_tui.domain.codes import issue
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import (
    AGENT,
    DERIVED,
    MINISTRY,
    ActorKind,
    Command,
    ConsentGiven,
    HistoryEntry,
    NotYours,
    Order,
    OrderStatus,
    ReasonMissing,
    TransitionRefused,
    codes_issued,
    placed,
    transition,
    why_not,
)
from mleg_tui.domain.text import LocalText
from tests.factories import ACTORS, ANNA, NOW, OFFICE, PHONE, order

# The rows T2 to T7 and T9 of docs/domain.md §2, written down anew: what, from where, by whom,
# to where.
TABLE = """
HAND_OVER    PENDING                              AGENT                   IN_PROGRESS
ISSUE_CODES  IN_PROGRESS                          MINISTRY                READY
REJECT       PENDING,IN_PROGRESS                  AGENT,MINISTRY,OFFICE   ERROR
CANCEL       PENDING,IN_PROGRESS                  STUDENT                 CANCELLED
REVOKE       READY,COLLECTED                      STUDENT                 REVOKED
COLLECT      READY                                PHONE                   COLLECTED
INVALIDATE   READY,COLLECTED,PENDING,IN_PROGRESS  OFFICE                  REVOKED
"""
ALLOWED = {
    (command, source, actor): target
    for command, sources, actors, target in map(str.split, TABLE.strip().splitlines())
    for source, actor in product(sources.split(","), actors.split(","))
}
CELLS = [
    pytest.param(status, command, kind, id=f"{command}-of-{status}-by-{kind}")
    for command, status, kind in product(Command, OrderStatus, ActorKind)
]


def give(held: Order, command: Command, kind: ActorKind) -> Order:
    if command is Command.ISSUE_CODES and kind is ActorKind.MINISTRY:
        return codes_issued(held, issue(7, held.id), at=NOW, codes_valid_days=30)
    return transition(held, command, by=ACTORS[kind], at=NOW, reason="powód")


@pytest.mark.parametrize(("status", "command", "kind"), CELLS)
def test_every_cell_of_the_table(status: OrderStatus, command: Command, kind: ActorKind) -> None:
    held = order(status)
    target = ALLOWED.get((command.value, status.value, kind.value))
    refusal = why_not(held, command, kind, NOW)
    if target is None:
        assert refusal is not None
        with pytest.raises(type(refusal)):
            give(held, command, kind)
    else:
        assert refusal is None
        moved = give(held, command, kind)
        assert moved.status == target
        assert moved.history[:-1] == held.history
        assert moved.last_change.at == NOW
        assert moved.last_change.actor == ACTORS[kind]
        assert (moved.codes is not None) == (target in {"READY", "COLLECTED"})


@pytest.mark.parametrize("status", OrderStatus)
def test_rights_are_told_before_the_state(status: OrderStatus) -> None:
    assert isinstance(why_not(order(status), Command.CANCEL, ActorKind.OFFICE, NOW), NotYours)


@pytest.mark.parametrize("status", [OrderStatus.READY, *sorted(DERIVED)])
def test_a_refusal_names_the_state_as_the_page_shows_it(status: OrderStatus) -> None:
    refusal = why_not(order(status), Command.CANCEL, ActorKind.STUDENT, NOW)
    assert isinstance(refusal, TransitionRefused)
    assert refusal.details == {"status": status.name}


@pytest.mark.parametrize("command", [Command.REJECT, Command.INVALIDATE])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_the_office_says_why(command: Command, reason: str | None) -> None:
    with pytest.raises(ReasonMissing):
        transition(order(OrderStatus.PENDING), command, by=OFFICE, at=NOW, reason=reason)


def test_the_reason_stands_in_the_history() -> None:
    held = order(OrderStatus.READY)
    revoked = transition(held, Command.INVALIDATE, by=OFFICE, at=NOW, reason="skreślenie")
    assert revoked.last_change == HistoryEntry(NOW, OrderStatus.REVOKED, OFFICE, "skreślenie")


def test_a_placed_order_is_pending_and_keeps_its_consents() -> None:
    consent = ConsentGiven("dane", "1", NOW, LocalText({"pl": "Zgadzam się.", "en": "I agree."}))
    new = placed(
        id="x-001",
        student="x",
        university="pwr",
        student_number="1",
        at=NOW,
        expiration_date=date(2027, 3, 31),
        by=ANNA,
        consents=(consent,),
    )
    assert new.status is OrderStatus.PENDING
    assert new.history == (HistoryEntry(NOW, OrderStatus.PENDING, ANNA),)
    assert new.consents == (consent,)
    assert new.codes is None


@pytest.mark.parametrize(
    ("late", "status"),
    [
        (timedelta(microseconds=-1), OrderStatus.READY),
        (timedelta(0), OrderStatus.CODES_EXPIRED),
        (timedelta(days=1), OrderStatus.CODES_EXPIRED),
    ],
)
def test_codes_that_nobody_collected_die_at_their_moment(
    late: timedelta, status: OrderStatus
) -> None:
    issued_at = NOW - timedelta(days=30)
    waiting = order(OrderStatus.IN_PROGRESS, issued_at)
    ready = codes_issued(waiting, issue(7, waiting.id), at=issued_at, codes_valid_days=30)
    assert ready.status_at(NOW + late) is status


def test_a_collected_document_outlives_its_codes() -> None:
    collected = order(OrderStatus.COLLECTED)
    assert collected.status_at(NOW + timedelta(days=60)) is OrderStatus.COLLECTED


@pytest.mark.parametrize("status", [OrderStatus.READY, OrderStatus.COLLECTED])
def test_it_expires_when_the_day_is_over_in_warsaw(status: OrderStatus) -> None:
    held = order(status, expiration_date=date(2026, 10, 31))
    if held.status is OrderStatus.READY:
        held = replace(held, codes_expiration=NOW + timedelta(days=365))
    last_second = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)  # winter time came on the 25th
    assert held.status_at(last_second) is status
    assert held.status_at(last_second + timedelta(seconds=1)) is OrderStatus.EXPIRED


@pytest.mark.parametrize(
    "status",
    [
        OrderStatus.PENDING,
        OrderStatus.IN_PROGRESS,
        OrderStatus.ERROR,
        OrderStatus.CANCELLED,
        OrderStatus.REVOKED,
    ],
)
def test_what_is_not_issued_does_not_expire(status: OrderStatus) -> None:
    assert order(status).status_at(NOW + timedelta(days=365)) is status


def test_an_order_handed_over_after_its_last_day_still_moves() -> None:
    late = order(OrderStatus.PENDING, expiration_date=NOW.date() - timedelta(days=1))
    moved = transition(late, Command.HAND_OVER, by=ACTORS[ActorKind.AGENT], at=NOW)
    ready = codes_issued(moved, issue(7, moved.id), at=NOW, codes_valid_days=30)
    assert ready.status_at(NOW) is OrderStatus.EXPIRED


@pytest.mark.parametrize("status", OrderStatus)
def test_only_an_order_in_process_or_issued_stands_in_the_way(status: OrderStatus) -> None:
    live = {"PENDING", "IN_PROGRESS", "READY", "COLLECTED"}
    assert order(status).is_live_at(NOW) == (status.value in live)


def test_history_does_not_turn_round_when_a_clock_was_set_back() -> None:
    held = order(OrderStatus.READY)
    revoked = transition(held, Command.REVOKE, by=ANNA, at=NOW - timedelta(days=1))
    assert revoked.last_change.at == held.last_change.at


def test_a_refused_command_changes_nothing() -> None:
    held = order(OrderStatus.READY)
    before = replace(held)
    with pytest.raises(Refused):
        transition(held, Command.CANCEL, by=ANNA, at=NOW)
    assert held == before


@pytest.mark.parametrize(
    "broken",
    [
        {"status": OrderStatus.EXPIRED},
        {"status": OrderStatus.READY},
        {"history": ()},
        {"codes": issue(7, "x")},
        {"codes_expiration": NOW},
        {"order_date": datetime(2026, 10, 5)},  # noqa: DTZ001 - naive on purpose
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_an_order_that_contradicts_itself_cannot_be(broken: dict[str, Any]) -> None:
    sound = order(OrderStatus.PENDING)
    with pytest.raises(ValueError, match=r"\w"):
        replace(sound, **broken)


def test_an_order_shows_no_code_when_it_is_logged() -> None:
    ready = order(OrderStatus.READY)
    assert ready.codes is not None
    for text in (repr(ready), repr(ready.codes), str(ready.codes)):
        assert ready.codes.token not in text
        assert ready.codes.distribution_pass not in text


def test_the_phone_keeps_the_codes_it_was_given() -> None:
    ready = order(OrderStatus.READY)
    assert transition(ready, Command.COLLECT, by=PHONE, at=NOW).codes == ready.codes


def test_history_has_no_moment_without_a_time_zone() -> None:
    naive = datetime(2026, 10, 5)  # noqa: DTZ001 - what is to be refused
    with pytest.raises(ValueError, match="time zone"):
        HistoryEntry(naive, OrderStatus.PENDING, AGENT)


def test_a_reason_from_the_catalogue_is_kept_as_text() -> None:
    rejected = transition(
        order(OrderStatus.PENDING), Command.REJECT, by=MINISTRY, at=NOW, reason=N_("Odrzucono.")
    )
    assert type(rejected.last_change.reason) is str
