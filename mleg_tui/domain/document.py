"""What the Ministry's system says about a document, as it stands at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zlib import crc32

from mleg_tui.domain.calendar import utc, warsaw_date
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.phone import Document, Validity
from mleg_tui.domain.student import PhotoStatus, Student
from mleg_tui.domain.text import LocalText

VALIDITY_LABELS: Mapping[Validity, MessageId] = {
    Validity.VALID: N_("✓ ważna"),
    Validity.EXPIRED: N_("✗ termin ważności minął"),
    Validity.REVOKED: N_("✗ unieważniona"),
}
"""Sign and word, so that it does not take colours to tell them apart."""


def card_number(document: Document) -> str:
    """Return the number of the card, which is in the bar code: eight digits (choice).

    The last one is a wrong check digit, so that no real card can have the number.
    """
    digits = f"{crc32(document.order.encode()) % 10**7:07}"
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{(1 - weighted) % 10}"


def document_of(order: Order, student: Student, university: LocalText, now: datetime) -> Document:
    """Return the document of a valid order with today's data of its student.

    It was issued on the day on which its codes were (choice).
    """
    issued_at = next(entry.at for entry in order.history if entry.status is OrderStatus.READY)
    approved = student.photo.status is PhotoStatus.APPROVED
    return Document(
        order=order.id,
        first_name=student.first_name,
        second_name=student.second_name,
        last_name=student.last_name,
        birth_date=student.birth_date,
        pesel=student.pesel or "–",
        university=university,
        student_number=order.student_number,
        picture=student.photo.picture if approved else None,
        issued_on=warsaw_date(issued_at),
        expiration_date=order.expiration_date,
        validity=Validity.VALID,
        updated_at=utc(now),
    )


def ended(document: Document, order: Order | None, now: datetime) -> Document | None:
    """Return the document as its order ended it, its data untouched; ``None`` while it is valid.

    An order that is not there any more counts as revoked.
    """
    status = order.status_at(now) if order else OrderStatus.REVOKED
    if status is OrderStatus.COLLECTED:
        return None
    validity = Validity.EXPIRED if status is OrderStatus.EXPIRED else Validity.REVOKED
    return replace(document, validity=validity, updated_at=utc(now))
