"""The layout of kept documents through the versions of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mleg_tui.services.store import SCHEMA_VERSION

CURRENT = SCHEMA_VERSION

Documents = dict[str, dict[str, dict[str, Any]]]
"""Table name → record id → document."""

MIGRATIONS: Mapping[int, Callable[[Documents], Documents]] = {}
"""Schema version → what makes documents of the next version of them. Each may change its
argument, and knows nothing but plain values: the classes of today are not those of then."""


def migrated(documents: Documents, version: int) -> Documents:
    """Return documents of an older schema as documents of today's.

    Raises ``LookupError``, ``TypeError`` or ``ValueError`` where they are not what they should be.
    """
    for step in range(version, CURRENT):
        documents = MIGRATIONS[step](documents)
    return documents
