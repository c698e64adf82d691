"""What mObywatel asks of an app password (docs/domain.md §9)."""

from __future__ import annotations

from collections.abc import Callable

from mleg_tui.domain.messages import N_, MessageId

LEAST_LENGTH = 8


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

    At least eight characters, among them a lower and an upper letter, a digit and a special one.
    """
    short = (N_("długości 8 znaków"),) if len(password) < LEAST_LENGTH else ()
    return (*short, *(what for what, is_one in _PARTS if not any(map(is_one, password))))
