"""How an errand is to end, and what is still missing for that."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Phone, Validity
from mleg_tui.domain.student import Student
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.validity import rail_discount_ends
from mleg_tui.errands.people import People
from mleg_tui.services.ordering import Card, card_of
from mleg_tui.services.payments import ledger_of
from mleg_tui.services.store import View


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an errand ends for a student; what is not named is not looked at.

    ``who`` is the student, by default whom the errand is about. ``status`` is that of the newest
    order, ``null`` without one; ``documents`` says per phone what it shows, ``null`` for no
    document; ``owes`` is in grosze. In the program, ``page`` is the topic of the page that is
    shown, and ``shows`` are texts on it.
    """

    who: str | None = None
    status: OrderStatus | msgspec.UnsetType | None = msgspec.UNSET
    orders: int | None = None
    reason: str | None = None
    why_cannot_order: tuple[str, ...] | None = None
    documents: dict[str, Validity | None] = {}
    owes: int | None = None
    rail_discount: bool | None = None
    page: str | None = None
    shows: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that is not as it was told to be."""

    what: str
    expected: object
    found: object


def missing(people: People, expected: Expected) -> tuple[Mismatch, ...]:
    """Return what is not as it is to be for the student, apart from what is on a screen."""
    named = {
        "orders": expected.orders,
        "reason": expected.reason,
        "why_cannot_order": expected.why_cannot_order,
        "owes": expected.owes,
        "rail_discount": expected.rail_discount,
    }
    wanted: dict[str, object] = {
        **({} if expected.status is msgspec.UNSET else {"status": expected.status}),
        **{f"phone {number}": shown for number, shown in expected.documents.items()},
        **{what: value for what, value in named.items() if value is not None},
    }
    if not wanted:
        return ()
    who = expected.who or people.account
    people.services.progression.catch_up()
    now = people.services.time.show().now
    found = people.read(lambda view: _found(view, who, card_of(view, who, now)))
    return tuple(
        Mismatch(what, value, found.get(what))
        for what, value in wanted.items()
        if found.get(what) != value
    )


def _found(view: View, account: str, card: Card) -> dict[str, object]:
    student = view.get(Student, account)
    today = warsaw_date(card.now)
    newest = card.order
    return {
        "status": card.status,
        "orders": len(card.orders),
        "reason": newest.last_change.reason if newest else None,
        "why_cannot_order": tuple(reason.code for reason in card.why_cannot_order),
        "owes": sum(state.remaining for state in ledger_of(view, student, card.now).dues),
        "rail_discount": today < rail_discount_ends(student),
        **{
            f"phone {phone.number}": phone.document.validity_at(today)
            for phone in view.select(Phone, owner=account)
            if phone.document
        },
    }
