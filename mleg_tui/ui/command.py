"""What a command of the user is, and where one can be offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mleg_tui.domain.messages import N_, MessageId


class Place(StrEnum):
    """Where a command is offered."""

    EVERYWHERE = "EVERYWHERE"
    TIME = "TIME"
    USOSWEB = "USOSWEB"
    MLEGITYMACJA = "MLEGITYMACJA"
    QR = "QR"
    PHOTO = "PHOTO"
    PAYMENTS = "PAYMENTS"
    DESK = "DESK"
    PHONE = "PHONE"
    DOCUMENTS = "DOCUMENTS"
    INSPECTOR = "INSPECTOR"
    OFFICE_LIST = "OFFICE_LIST"
    OFFICE_ORDERS = "OFFICE_ORDERS"
    OFFICE_STUDENTS = "OFFICE_STUDENTS"
    OFFICE_ORDER = "OFFICE_ORDER"
    OFFICE_STUDENT = "OFFICE_STUDENT"
    SIMULATION = "SIMULATION"


PLACE_TITLES: Mapping[Place, MessageId] = MappingProxyType(
    {
        Place.EVERYWHERE: N_("Wszędzie"),
        Place.TIME: N_("Czas symulacji, gdzie się nie pisze"),
        Place.USOSWEB: N_("W USOSweb"),
        Place.MLEGITYMACJA: N_("Na stronie mLegitymacja"),
        Place.QR: N_("Przy kodzie QR na całym ekranie"),
        Place.PHOTO: N_("Na stronie Zdjęcie do legitymacji"),
        Place.PAYMENTS: N_("Na stronie Płatności (model FK)"),
        Place.DESK: N_("Obok siebie: USOSweb i telefon"),
        Place.PHONE: N_("W telefonie"),
        Place.DOCUMENTS: N_("W mObywatelu przy dokumentach"),
        Place.INSPECTOR: N_("U kontrolera"),
        Place.OFFICE_LIST: N_("W dziekanacie przy tabelach"),
        Place.OFFICE_ORDERS: N_("W dziekanacie przy zamówieniach"),
        Place.OFFICE_STUDENTS: N_("W dziekanacie przy studentach"),
        Place.OFFICE_ORDER: N_("W dziekanacie przy jednym zamówieniu"),
        Place.OFFICE_STUDENT: N_("W dziekanacie przy aktach studenta"),
        Place.SIMULATION: N_("Na pulpicie symulacji"),
    }
)

_SYSTEMS = frozenset({Place.USOSWEB, Place.DESK, Place.PHONE, Place.OFFICE_LIST})
"""Places of many pages."""


def from_near(place: Place) -> tuple[bool, bool, int]:
    """Return what sorts a page's own place first, then its system's, then what is everywhere."""
    return place in ANY_SCREEN, place in _SYSTEMS, list(Place).index(place)


ANY_SCREEN = frozenset({Place.EVERYWHERE, Place.TIME})
"""What every screen offers, whatever it is about."""
_USOSWEB = ANY_SCREEN | {Place.USOSWEB, Place.DESK}
_PHONE = ANY_SCREEN | {Place.DESK, Place.PHONE}
TOGETHER: tuple[frozenset[Place], ...] = (
    _USOSWEB | {Place.MLEGITYMACJA, Place.PAYMENTS},
    _USOSWEB | {Place.PHOTO},
    _USOSWEB | {Place.OFFICE_LIST, Place.OFFICE_ORDERS},
    _USOSWEB | {Place.OFFICE_LIST, Place.OFFICE_STUDENTS},
    _USOSWEB | {Place.SIMULATION},
    _PHONE | {Place.MLEGITYMACJA},
    _PHONE | {Place.DOCUMENTS},
    ANY_SCREEN | {Place.MLEGITYMACJA, Place.QR},
    ANY_SCREEN | {Place.DESK, Place.INSPECTOR},
    ANY_SCREEN | {Place.OFFICE_ORDER},
    ANY_SCREEN | {Place.OFFICE_STUDENT},
)
"""The places whose commands can be offered at the same time, so that their keys must differ."""


@dataclass(frozen=True, slots=True)
class UserCommand:
    """What a user can ask for. The first key is the one that is shown.

    A key is a character as it is typed, ``f1`` … ``f12``, or ``ctrl+`` and a letter.

    ``rank`` orders the footer, the lowest first; zero keeps a command out of it.

    What ``is_final`` cannot be taken back: its key is a capital letter, and it asks first, with the
    safe answer chosen. No other command has a capital letter.
    """

    id: str
    keys: tuple[str, ...]
    label: MessageId
    help: MessageId
    place: Place
    rank: int = 0
    is_final: bool = False
