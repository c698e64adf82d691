"""PESEL numbers. The simulator holds only such as can belong to nobody."""

from __future__ import annotations

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

_LENGTH = 11
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


class MalformedPesel(BadInput):
    """Not eleven digits."""

    message = N_("PESEL musi mieć 11 cyfr.")
    advice = N_("Popraw numer; w symulatorze jego cyfra kontrolna musi być błędna.")


class RealPesel(BadInput):
    """The checksum holds, so the number could be a living person's (docs/domain.md §13)."""

    message = N_("Ten PESEL ma poprawną cyfrę kontrolną, więc może należeć do żyjącej osoby.")
    advice = N_("Symulator przyjmuje tylko numery zmyślone: zmień ostatnią cyfrę.")


def checksum_digit(first_ten: str) -> int:
    """Return the eleventh digit that would make a real PESEL of the first ten."""
    total = sum(int(digit) * weight for digit, weight in zip(first_ten, _WEIGHTS, strict=True))
    return -total % 10


def check_invented(pesel: str) -> None:
    """Let pass only eleven digits whose checksum fails.

    Raises ``MalformedPesel`` or ``RealPesel``. The number itself is never part of the message.
    """
    if len(pesel) != _LENGTH or not (pesel.isascii() and pesel.isdigit()):
        raise MalformedPesel
    if checksum_digit(pesel[:-1]) == int(pesel[-1]):
        raise RealPesel
