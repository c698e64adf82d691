"""Dues and payments of a student (docs/domain.md §7). Money is whole grosze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.text import LocalText

ACCOUNT_LENGTH = 26


class Purpose(StrEnum):
    """What a due is for, where something else depends on it."""

    ELS = "ELS"
    DUPLICATE = "DUPLICATE"
    STUDIES = "STUDIES"
    OTHER = "OTHER"


def check_account_number(number: str) -> None:
    """Raise ``ValueError`` unless a bank account number is 26 digits."""
    if len(number) != ACCOUNT_LENGTH or not (number.isascii() and number.isdigit()):
        message = "an account number has 26 digits"
        raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due (należność): what is owed to a unit, by when, and to which individual account.

    ``plan`` names the instalment plan that the due belongs to, if it is an instalment.
    """

    id: str
    student: str
    unit: LocalText
    purpose: Purpose
    kind: LocalText
    description: LocalText
    amount: int
    deadline: date
    account_number: str
    plan: LocalText | None = None
    version: int = 0

    def __post_init__(self) -> None:
        check_account_number(self.account_number)
        if self.amount <= 0:
            message = "a due is more than nothing"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment (wpłata) as the student made it. It shows after the next nightly migration."""

    id: str
    student: str
    amount: int
    account_number: str
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        check_account_number(self.account_number)
        utc(self.made_at)
        if self.amount <= 0:
            message = "a payment is more than nothing"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account of the student's own, to which the university pays money back."""

    id: str
    student: str
    number: str
    version: int = 0

    def __post_init__(self) -> None:
        check_account_number(self.number)
