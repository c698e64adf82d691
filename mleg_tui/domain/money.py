"""What people type about money: an amount, and the number of a bank account."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import count

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.fees import ACCOUNT_LENGTH
from mleg_tui.domain.messages import N_

_AMOUNT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?(?:PLN|ZŁ)?", re.IGNORECASE)
_POLAND = "2521"
"""The letters ``PL`` as digits, for the checksum of an account number."""


class BadAmount(BadInput):
    """The text is no amount of money."""

    message = N_("To nie jest kwota: „{typed}”.")
    advice = N_("Wpisz kwotę większą od zera, na przykład 22 albo 22,00 PLN.")


class BadAccountNumber(BadInput):
    """The text is no account number."""

    message = N_("Numer konta ma 26 cyfr.")
    advice = N_("Skopiuj numer ze szczegółów należności; spacje nie przeszkadzają.")


class RealAccountNumber(BadInput):
    """The checksum holds, so the account could be somebody's (docs/domain.md §13)."""

    message = N_("Ten numer konta ma poprawne cyfry kontrolne, więc może być prawdziwy.")
    advice = N_("Symulator przyjmuje tylko numery zmyślone: zmień pierwszą cyfrę.")


def parse_amount(typed: str) -> int:
    """Return grosze from ``22``, ``22,5``, ``22.00 PLN``. Raises ``BadAmount``."""
    match = _AMOUNT.fullmatch("".join(typed.split()))
    amount = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if amount == 0:
        raise BadAmount(typed=typed.strip())
    return amount


def parse_account_number(typed: str) -> str:
    """Return the 26 digits of an invented account, typed with or without spaces.

    Raises ``BadAccountNumber``, and ``RealAccountNumber`` for one that a bank could have given
    out. The number itself is never part of the message.
    """
    number = "".join(typed.split())
    if len(number) != ACCOUNT_LENGTH or not (number.isascii() and number.isdigit()):
        raise BadAccountNumber
    if checksum_holds(number):
        raise RealAccountNumber
    return number


def invented_account(purpose: str) -> str:
    """Return the account number for a purpose, always the same one; its check digits fail."""
    digests = (sha256(f"{purpose}/{attempt}".encode()).hexdigest() for attempt in count())
    digits = ACCOUNT_LENGTH - 2
    numbers = (f"00{int(digest, 16) % 10**digits:0{digits}}" for digest in digests)
    return next(number for number in numbers if not checksum_holds(number))


def checksum_holds(number: str) -> bool:
    """Tell whether 26 digits have the two check digits that a bank would give them (ISO 13616)."""
    return int(number[2:] + _POLAND + number[:2]) % 97 == 1


def grouped(number: str) -> str:
    """Return an account number as it is printed: ``12 3456 7890 …``."""
    return " ".join([number[:2], *(number[at : at + 4] for at in range(2, len(number), 4))])
