"""How a scenario ended, and how it was to end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.validity import rail_discount_ends
from mleg_tui.services.ordering import Card, card_of
from mleg_tui.services.payments import ledger_of
from mleg_tui.services.scenarios.files import Expected
from mleg_tui.services.scenarios.stage import Stage
from mleg_tui.services.store import View


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that is not as the scenario says."""

    what: str
    expected: object
    found: object


def outcome(stage: Stage, expected: Expected) -> Iterator[Mismatch]:
    """Yield what differs from how the scenario's account was to end."""
    now = stage.services.time.show().now
    stage.services.progression.catch_up()
    found = stage.read(lambda view: _found(view, stage.account, card_of(view, stage.account, now)))
    named = {
        "orders": expected.orders,
        "reason": expected.reason,
        "why_cannot_order": expected.why_cannot_order,
        "owes": expected.owes,
        "rail_discount": expected.rail_discount,
    }
    wanted: dict[str, object] = {
        "status": expected.status,
        **{f"phone {number}": shown for number, shown in expected.documents.items()},
        **{what: value for what, value in named.items() if value is not None},
    }
    for what, value in wanted.items():
        if found.get(what) != value:
            yield Mismatch(what, value, found.get(what))


def _found(view: View, account: str, card: Card) -> dict[str, object]:
    student = view.get(Student, account)
    today = warsaw_date(card.now)
    newest: Order | None = card.order
    phones = (phone for phone in view.select(Phone, owner=account) if phone.document)
    return {
        "status": card.status,
        "orders": len(card.orders),
        "reason": newest.last_change.reason if newest else None,
        "why_cannot_order": tuple(reason.code for reason in card.why_cannot_order),
        "owes": sum(state.remaining for state in ledger_of(view, student, card.now).dues),
        "rail_discount": today < rail_discount_ends(student),
        **{
            f"phone {phone.number}": phone.document.validity_at(today)
            for phone in phones
            if phone.document
        },
    }
