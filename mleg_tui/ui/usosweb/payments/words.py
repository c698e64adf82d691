"""How money is written."""

from __future__ import annotations

from mleg_tui.locale import _

CURRENCY = "PLN"


def amount(grosze: int) -> str:
    """Return ``22,00`` in Polish and ``22.00`` in English."""
    return _("{zlote},{grosze}").format(zlote=grosze // 100, grosze=f"{grosze % 100:02}")


def money(grosze: int) -> str:
    """Return an amount with its currency: ``22,00 PLN``."""
    return f"{amount(grosze)} {CURRENCY}"
