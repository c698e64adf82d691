"""Who may log in, and as what."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_

LONGEST_LOGIN = 64
OFFICE_LOGIN = "dziekanat"
"""The account of the demo data that is the dean's office."""
STAFF_NAMES = (N_("Dziekanat (symulacja)"), N_("Kontroler (symulacja)"))
"""Names of the demo data that are no person's: they are said in each language."""
_LOGIN = re.compile(r"[^\W_][\w.@+-]*")


class BadLogin(BadInput):
    """Nobody could log in under a name."""

    message = N_("pod nazwą „{id}” nikt się nie zaloguje")
    advice = N_("Użyj małych liter, cyfr i znaków . _ - + @, najwyżej 64, bez odstępów.")


def login_name(typed: str) -> str:
    """Return a login as it is looked up: case and blanks around it do not matter."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def is_login(name: str) -> bool:
    """Tell whether somebody can log in under a name, and a file can be called by it.

    Letters, digits and ``. @ + - _``, beginning with a letter or digit, 64 at most.
    """
    is_typed_so = name == login_name(name) and len(name) <= LONGEST_LOGIN
    return is_typed_so and ".." not in name and _LOGIN.fullmatch(name) is not None


class Role(StrEnum):
    """What a person is to the simulated systems."""

    STUDENT = "STUDENT"
    OFFICE = "OFFICE"
    INSPECTOR = "INSPECTOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A login of the simulator. ``password_hash`` is argon2id's own text form."""

    id: str
    role: Role
    name: str
    password_hash: str
    university: str | None = None
    student: str | None = None
    blocked: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        if (self.role is Role.STUDENT) != (self.student is not None):
            message = "a student's account belongs to a student, and no other does"
            raise ValueError(message)

    def __repr__(self) -> str:
        return f"Account({self.id!r}, {self.role.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAttempts:
    """Wrong passwords in a row for one login name, an account's or not, and when the last one was.

    Over a network they are counted for each address by itself; ``known`` then says that somebody
    has come in from there by this name before.

    ``last_at`` is real time in whole seconds since the epoch: a throttle that ran on simulated
    time could be sped up.
    """

    id: str
    failures: int
    last_at: int
    known: bool = False
    version: int = 0
