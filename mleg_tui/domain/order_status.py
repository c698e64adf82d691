"""The states of an order (docs/domain.md §2), and how each is shown, told and announced.

What a university's page calls them is in its data.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from mleg_tui.domain.messages import N_, MessageId


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
AVOIDED_WITH_PHONE = frozenset({OrderStatus.CODES_EXPIRED})
"""What comes unless the phone gets the document in time."""


class Tone(StrEnum):
    """What a state means to its owner; the theme has two colours for each."""

    MOVING = "moving"
    GOOD = "good"
    BAD = "bad"
    OVER = "over"


class Presentation(NamedTuple):
    """A state's sign, which tells it without colours, too, and what is told of an order in it.

    ``name`` is what the simulator itself calls it, at no university in particular. ``coming``
    announces a state that an order comes to by itself, ``briefly`` where room is short.
    """

    sign: str
    tone: Tone
    name: MessageId
    told: MessageId
    coming: str = ""
    briefly: str = ""


_PROCESSED = N_("Twoje zamówienie jest przetwarzane")
PRESENTED: Mapping[OrderStatus, Presentation] = {
    OrderStatus.PENDING: Presentation("●", Tone.MOVING, N_("oczekujące"), _PROCESSED),
    OrderStatus.IN_PROGRESS: Presentation(
        "◐",
        Tone.MOVING,
        N_("w toku"),
        _PROCESSED,
        N_("przekazanie do systemu mObywatel"),
        N_("przekazanie"),
    ),
    OrderStatus.READY: Presentation(
        "✓",
        Tone.GOOD,
        N_("gotowe do pobrania"),
        N_("Twoja mLegitymacja jest gotowa do pobrania"),
        N_("wydanie kodów"),
    ),
    OrderStatus.COLLECTED: Presentation(
        "■", Tone.OVER, N_("odebrane"), N_("Twoja mLegitymacja jest zainstalowana w telefonie")
    ),
    OrderStatus.ERROR: Presentation(
        "✗", Tone.BAD, N_("zakończone błędem"), N_("Zamówienie nie powiodło się."), N_("odrzucenie")
    ),
    OrderStatus.CANCELLED: Presentation(
        "–", Tone.OVER, N_("anulowane"), N_("Zamówienie zostało anulowane.")
    ),
    OrderStatus.REVOKED: Presentation(
        "⊘", Tone.BAD, N_("unieważnione"), N_("mLegitymacja została unieważniona.")
    ),
    OrderStatus.EXPIRED: Presentation(
        "□",
        Tone.OVER,
        N_("po terminie ważności"),
        N_("Termin ważności mLegitymacji minął."),
        N_("mija termin ważności"),
    ),
    OrderStatus.CODES_EXPIRED: Presentation(
        "□",
        Tone.OVER,
        N_("kody wygasły"),
        N_("Kody nie zostały użyte na czas i wygasły."),
        N_("kody wygasają"),
    ),
}
