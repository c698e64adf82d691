"""The states of an order (docs/domain.md §2), which a university's page has its own names for."""

from __future__ import annotations

from enum import StrEnum


class OrderStatus(StrEnum):
    """Where an order stands. The last two follow from the date and are never stored."""

    PENDING = "PENDING"
    IN_PROGRESS = "IN_PROGRESS"
    READY = "READY"
    COLLECTED = "COLLECTED"
    ERROR = "ERROR"
    CANCELLED = "CANCELLED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    CODES_EXPIRED = "CODES_EXPIRED"


DERIVED = frozenset({OrderStatus.EXPIRED, OrderStatus.CODES_EXPIRED})
IN_PROCESS = frozenset({OrderStatus.PENDING, OrderStatus.IN_PROGRESS})
ISSUED = frozenset({OrderStatus.READY, OrderStatus.COLLECTED})
LIVE = IN_PROCESS | ISSUED
