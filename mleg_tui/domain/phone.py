"""A phone with the mObywatel app, and the document that it carries (docs/domain.md §9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mleg_tui.domain.calendar import midnight_after, utc
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.text import LocalText


class Validity(StrEnum):
    """What the Ministry's system says of a document."""

    VALID = "VALID"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The mLegitymacja on the phone, as it was at its last update. It names no secret."""

    order: str
    first_name: str
    second_name: str | None
    last_name: str
    birth_date: date
    pesel: str
    university: LocalText
    student_number: str
    picture: str | None
    issued_on: date
    expiration_date: date
    validity: Validity
    updated_at: datetime

    def __post_init__(self) -> None:
        utc(self.updated_at)

    def age_on(self, day: date) -> int:
        """Return the holder's age in whole years."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def validity_at(self, today: date) -> Validity:
        """Return the validity as the phone itself can tell it, without the network."""
        if self.validity is Validity.VALID and today > self.expiration_date:
            return Validity.EXPIRED
        return self.validity

    def holds_until(self, now: datetime) -> datetime | None:
        """Return when a date ends the validity that holds at a moment; ``None``: never."""
        end = midnight_after(self.expiration_date)
        return end if self.validity is Validity.VALID and end > now else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One phone of a student. ``owner`` is the account's login, ``number`` 1 or 2.

    ``password_hash`` is the app password's, ``None`` before the app was set up. Wrong app passwords
    are counted, and the last one is in whole real seconds since the epoch. ``camera`` is ``None``
    until the app has asked for it. ``school_card`` means that a pupil's card is on the phone.
    ``installed`` means that the app was fetched from the store of apps.
    """

    id: str
    owner: str
    number: int
    password_hash: str | None = None
    failures: int = 0
    failed_at: int = 0
    online: bool = True
    camera: bool | None = None
    school_card: bool = False
    document: Document | None = None
    installed: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        if self.number < 1:
            message = "phones are counted from one"
            raise ValueError(message)

    @property
    def has_app(self) -> bool:
        """Whether the app is there, as it is where it was used before the field came."""
        return self.installed or self.password_hash is not None or self.document is not None

    def __repr__(self) -> str:
        return f"Phone({self.id!r})"


TERMS_TITLE = N_("Regulamin usługi mLegitymacja studencka")
TERMS = (
    N_("1. To regulamin symulatora, nie prawdziwej usługi. Służy nauce i pokazom."),
    N_("2. mLegitymacja może być tylko na jednym telefonie naraz."),
    N_("3. Dodaje się ją tokenem (kodem QR) i kodem aktywacyjnym, których nikomu się nie podaje."),
    N_("4. Zmianę albo zgubienie telefonu zgłasza się, unieważniając mLegitymację w USOSweb."),
    N_("5. Po unieważnieniu albo po terminie ważności dokument w telefonie jest nieważny."),
    N_("6. Ważność dokumentu można sprawdzić tylko za zgodą osoby, która go okazuje."),
    N_("7. Wszystkie dane są wymyślone i zostają w magazynie danych symulatora."),
)
"""The terms of the document's service, written for the simulator; nobody's real terms."""


_LEAST_PASSWORD = 8


def _is_special(letter: str) -> bool:
    return not (letter.isalnum() or letter.isspace())


_PARTS: tuple[tuple[MessageId, Callable[[str], bool]], ...] = (
    (N_("małej litery"), str.islower),
    (N_("wielkiej litery"), str.isupper),
    (N_("cyfry"), str.isdigit),
    (N_("znaku specjalnego"), _is_special),
)


def missing_from(password: str) -> tuple[MessageId, ...]:
    """Return what an app password lacks, in words that follow ``Brakuje:``; nothing if it is good.

    At least eight characters, among them a lower and an upper letter, a digit and a special one
    (docs/domain.md §9).
    """
    short = (N_("długości 8 znaków"),) if len(password) < _LEAST_PASSWORD else ()
    return (*short, *(what for what, is_one in _PARTS if not any(map(is_one, password))))
