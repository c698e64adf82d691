"""Password hashes: argon2id, of the strength that OWASP names as a minimum."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$xPnra2qk4XScFGI6XcVNnw$c48W0T5UcotH7+P7D3aoU5LoUR7Y76Y4xrLt7gO7mU0"
)
"""Made ready, so that an unknown name costs one hash from the first login of a process on."""

_MEMORY, _ROUNDS, _LANES = 19_456, 2, 1
_ARGON2ID = (
    r"\$argon2id\$v=19\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{11,86}"
)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_ROUNDS, memory_cost=_MEMORY, parallelism=_LANES)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, in argon2's own text form."""
    return _hasher().hash(_bytes(password))


def is_affordable(password_hash: str) -> bool:
    """Tell whether a hash is argon2id's, and asks for no more than the ones that are made here.

    A hash from elsewhere says itself how much memory and time it takes to check a password.
    """
    match = re.fullmatch(_ARGON2ID, password_hash)
    if match is None:
        return False
    memory, rounds, lanes = map(int, match.groups())
    return memory <= _MEMORY and rounds <= _ROUNDS and lanes <= _LANES


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right; without a hash to go by, take as long and say no."""
    from argon2.exceptions import VerificationError

    known = password_hash if password_hash and is_affordable(password_hash) else None
    try:
        _hasher().verify(known or _NOBODYS_HASH, _bytes(password))
    except VerificationError:
        return False
    return known is not None


def _bytes(password: str) -> bytes:
    """Encode what was typed, and also what was no UTF-8: it is a wrong password, not a crash."""
    return password.encode(errors="surrogatepass")
