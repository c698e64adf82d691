"""What may be done where: a pure function, so a table."""

from __future__ import annotations

import pytest

from mleg_tui.domain.account import Role
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.order import OrderStatus, TransitionRefused
from mleg_tui.domain.university import Condition
from mleg_tui.services.ordering import CannotOrder, Card, NoCodesYet, NothingOrdered
from mleg_tui.ui.availability import (
    NotHere,
    Situation,
    StaffOnly,
    StudentsOnly,
    footer,
    offered,
    why_not,
)
from mleg_tui.ui.commands import COMMANDS, FOOTER_LENGTH, Place
from tests.factories import NOW, house, order, student

HERE = frozenset({Place.EVERYWHERE, Place.USOSWEB, Place.MLEGITYMACJA})
ORDER, CANCEL, REVOKE, QR = (f"mlegitymacja.{name}" for name in ("order", "cancel", "revoke", "qr"))


def card(status: OrderStatus | None = None, **changes: object) -> Card:
    home = house()
    home.keep(student(**changes))
    if status is not None:
        home.keep(order(status))
    return home.services.ordering.card(home.session())


def refused(command: str, status: OrderStatus | None) -> type[Refused] | None:
    refusal = why_not(command, Situation(HERE, Role.STUDENT, card(status)))
    return None if refusal is None else type(refusal)


S = OrderStatus


@pytest.mark.parametrize(
    ("status", "order_", "cancel", "revoke", "qr"),
    [
        (None, None, NothingOrdered, NothingOrdered, NoCodesYet),
        (S.PENDING, CannotOrder, None, TransitionRefused, NoCodesYet),
        (S.IN_PROGRESS, CannotOrder, None, TransitionRefused, NoCodesYet),
        (S.READY, CannotOrder, TransitionRefused, None, None),
        (S.COLLECTED, CannotOrder, TransitionRefused, None, NoCodesYet),
        (S.ERROR, None, TransitionRefused, TransitionRefused, NoCodesYet),
        (S.CANCELLED, None, TransitionRefused, TransitionRefused, NoCodesYet),
        (S.REVOKED, None, TransitionRefused, TransitionRefused, NoCodesYet),
        (S.EXPIRED, None, TransitionRefused, TransitionRefused, NoCodesYet),
        (S.CODES_EXPIRED, None, TransitionRefused, TransitionRefused, NoCodesYet),
    ],
    ids=str,
)
def test_an_orders_state_decides(
    status: OrderStatus | None,
    order_: type[Refused] | None,
    cancel: type[Refused] | None,
    revoke: type[Refused] | None,
    qr: type[Refused] | None,
) -> None:
    told = tuple(refused(command, status) for command in (ORDER, CANCEL, REVOKE, QR))
    assert told == (order_, cancel, revoke, qr)


def test_a_refused_order_brings_every_reason() -> None:
    situation = Situation(HERE, Role.STUDENT, card(pesel=None, student_number=None))
    refusal = why_not(ORDER, situation)
    assert isinstance(refusal, CannotOrder)
    conditions = [reason.finding.condition for reason in refusal.reasons]  # type: ignore[attr-defined]
    assert conditions == [Condition.PESEL, Condition.STUDENT_NUMBER]


@pytest.mark.parametrize(
    ("command", "role", "told"),
    [
        ("usosweb.staff", Role.STUDENT, StaffOnly),
        ("usosweb.staff", Role.OFFICE, None),
        ("usosweb.staff", Role.INSPECTOR, StaffOnly),
        ("usosweb.students", Role.STUDENT, None),
        ("usosweb.students", Role.OFFICE, StudentsOnly),
        ("usosweb.mlegitymacja", Role.INSPECTOR, StudentsOnly),
        ("usosweb.news", Role.INSPECTOR, None),
    ],
)
def test_a_role_decides(command: str, role: Role, told: type[Refused] | None) -> None:
    refusal = why_not(command, Situation(HERE, role))
    assert (refusal and type(refusal)) is told


def test_a_command_of_another_place_is_not_here() -> None:
    everywhere = Situation(frozenset({Place.EVERYWHERE}))
    for command in COMMANDS.values():
        refusal = why_not(command.id, everywhere)
        assert (refusal is None) == (command.place is Place.EVERYWHERE)
        assert refusal is None or isinstance(refusal, NotHere)


def test_an_order_command_without_a_card_is_not_here() -> None:
    assert isinstance(why_not(ORDER, Situation(HERE, Role.STUDENT)), NotHere)


@pytest.mark.parametrize("status", [None, *OrderStatus])
def test_the_footer_has_at_most_seven_and_the_card_s_own_first(status: OrderStatus | None) -> None:
    situation = Situation(HERE, Role.STUDENT, card(status))
    shown = footer(situation)
    assert len(shown) <= FOOTER_LENGTH
    assert shown[0][0].id == "app.help"
    assert {command.id for command, _ in shown} <= {c.id for c in offered(situation)}


def test_the_footer_greys_the_order_that_a_condition_forbids() -> None:
    shown = footer(Situation(HERE, Role.STUDENT, card(pesel=None)))
    greyed = {command.id for command, refusal in shown if refusal is not None}
    assert greyed == {ORDER}


def test_the_footer_drops_what_is_over() -> None:
    pending = {c.id for c, _ in footer(Situation(HERE, Role.STUDENT, card(S.PENDING)))}
    assert CANCEL in pending
    assert not pending & {ORDER, REVOKE, QR}


def test_the_builders_agree_with_the_clock() -> None:
    assert card(S.EXPIRED).now == NOW
