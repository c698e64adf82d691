"""Password hashes: argon2id, of the strength that OWASP names as a minimum."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$xPnra2qk4XScFGI6XcVNnw$c48W0T5UcotH7+P7D3aoU5LoUR7Y76Y4xrLt7gO7mU0"
)
"""Made ready, so that an unknown name costs one hash from the first login of a process on."""


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - only a login pays for it

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, in argon2's own text form."""
    return _hasher().hash(_bytes(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right; without a hash, take as long and say no."""
    from argon2.exceptions import VerificationError  # noqa: PLC0415

    try:
        _hasher().verify(password_hash or _NOBODYS_HASH, _bytes(password))
    except VerificationError:
        return False
    return password_hash is not None


def _bytes(password: str) -> bytes:
    """Encode what was typed, and also what was no UTF-8: it is a wrong password, not a crash."""
    return password.encode(errors="surrogatepass")
