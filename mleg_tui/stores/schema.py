"""The layout of kept documents through the versions of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mleg_tui.services.store import SCHEMA_VERSION
from mleg_tui.stores.codec import Document

CURRENT = SCHEMA_VERSION

Documents = dict[str, dict[str, Document]]
"""Table name → record id → document."""

Step = Callable[[str, Document], Iterable[tuple[str, Document]]]
"""A table and a document in it → what they are in the next version: one, several or none."""


def _keep_audit(table: str, document: Document) -> Iterator[tuple[str, Document]]:
    """Add how long the audit is kept: nobody has agreed yet that any of it goes."""
    if table == "worlds":
        document.setdefault("audit_days", None)
    yield table, document


def _as_it_was(table: str, document: Document) -> Iterator[tuple[str, Document]]:
    """Change nothing: the next schema has tables more, which an older program does not know."""
    yield table, document


MIGRATIONS: Mapping[int, Step] = {1: _keep_audit, 2: _as_it_was, 3: _as_it_was}
"""Schema version → what makes documents of the next version. A step sees one document at a time,
for there may be a million of them, and may change it. It knows nothing but plain values: the
classes of today are not those of then.

A field that is new is a new schema, though it may have a default: an older program would call the
record damaged instead of too new."""


def migrated(table: str, document: Document, version: int) -> list[tuple[str, Document]]:
    """Return what a document of an older schema is in today's.

    Raises ``LookupError``, ``TypeError`` or ``ValueError`` where it is not what it should be.
    """
    found = [(table, document)]
    for step in range(version, CURRENT):
        found = [after for before in found for after in MIGRATIONS[step](*before)]
    return found


def all_migrated(documents: Documents, version: int) -> Documents:
    """Return all documents of an older schema as those of today's. Raises like ``migrated``."""
    today: Documents = {table: {} for table in documents}
    for table, known in documents.items():
        for id_, document in known.items():
            found = migrated(table, document, version)
            for name, after in found:
                today.setdefault(name, {})[id_ if len(found) == 1 else after["id"]] = after
    return today
