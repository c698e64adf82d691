"""Password hashes: argon2id, of the strength that OWASP names as a minimum."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - only a login pays for it

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody's password")


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, in argon2's own text form."""
    return _hasher().hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right; without a hash, take as long and say no."""
    from argon2.exceptions import VerificationError  # noqa: PLC0415

    try:
        _hasher().verify(password_hash or _nobodys_hash(), password)
    except VerificationError:
        return False
    return password_hash is not None
