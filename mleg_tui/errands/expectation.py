"""How an errand is to end, and what is still missing for that."""

from __future__ import annotations

import msgspec

from mleg_tui.domain.order import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.text import LocalText
from mleg_tui.errands.people import People
from mleg_tui.services.facts import Facts, Mismatch, mismatches


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
    return people.read(lambda view: tuple(mismatches(wanted, Facts(view, who, now))))
