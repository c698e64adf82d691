"""Records to and from plain values, as JSON has them.

A record becomes a dict of its fields: enums by value, days as ``2026-10-05``, moments in UTC as
``2026-10-05T07:00:00Z``. Reading is strict: no field may be missing (unless it has a default),
strange, or of another type, and what the domain checks is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.errors import MlegError
from mleg_tui.services.store import Record, table_name

Document = dict[str, Any]
"""A record as plain values."""


class BadDocument(ValueError):
    """A document that is no record. Says which one, and where and why it is not.

    ``problem`` is the last part of that.
    """

    def __init__(self, table: str, id_: str, problem: str) -> None:
        self.table = table
        self.id = id_
        self.problem = problem
        super().__init__(f"{self.table}/{id_}: {problem}")


def encode(record: Record) -> Document:
    """Return a record as plain values. Raises ``ValueError`` if a moment has no time zone."""
    document: Document = _plain(_parts(record))
    return document


def decode(kind: type[Record], id_: str, document: Document) -> Record:
    """Return the record that a document kept under an id is. Raises ``BadDocument``."""
    try:
        record = msgspec.convert(document, kind)
    except (msgspec.ValidationError, MlegError) as error:
        raise BadDocument(table_name(kind), id_, str(error)) from error
    if record.id != id_:
        raise BadDocument(table_name(kind), id_, f"its id says {record.id}")
    problem = next(_problems(document, _parts(record), "$"), None)
    if problem is not None:
        raise BadDocument(table_name(kind), id_, problem)
    return record


def _parts(record: Record) -> Any:
    return msgspec.to_builtins(
        record, builtin_types=(datetime,), str_keys=True, enc_hook=from_mapping
    )


def from_mapping(value: object) -> object:
    """Return any mapping as a dict; a hook for msgspec."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return utc(value).replace(tzinfo=None).isoformat() + "Z"
    return value


def _problems(given: Any, understood: Any, path: str) -> Iterator[str]:
    """Tell what ``msgspec.convert`` lets pass: unknown fields, and moments without a zone."""
    if isinstance(understood, dict):
        for key, value in given.items():
            if key not in understood:
                yield f"unknown field - at `{path}.{key}`"
            else:
                yield from _problems(value, understood[key], f"{path}.{key}")
    elif isinstance(understood, (list, tuple)):
        for number, (value, part) in enumerate(zip(given, understood, strict=True)):
            yield from _problems(value, part, f"{path}[{number}]")
    elif isinstance(understood, datetime) and understood.tzinfo is None:
        yield f"a moment needs a time zone - at `{path}`"
