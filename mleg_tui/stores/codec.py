"""Records to and from plain values, as JSON has them.

A record becomes a dict of its fields: enums by value, days as ``2026-10-05``, moments in UTC as
``2026-10-05T07:00:00Z``. Reading is strict: no field may be missing (unless it has a default),
strange, or of another type, and what the domain checks is checked. Numbers are of 64 bits, and
years from 1000 to 9899, so that whatever is reckoned from them is a number and a day, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import FieldUnknown, Mistake, NoMoment, OutOfRange, in_words
from mleg_tui.services.store import Record, table_name

Document = dict[str, Any]
"""A record as plain values."""

LARGEST_VERSION = 2**31 - 1
_LARGEST = 2**63 - 1
_YEARS = range(1000, 9900)


class OtherId(Mistake):
    """A record is kept under an id that is not its own."""

    message = N_("jest zapisane pod innym identyfikatorem niż własny: {id}")


class BadDocument(ValueError):
    """A document that is no record. Says which one, and where and why it is not.

    ``problem`` is the last part of that, as an error that can be told.
    """

    def __init__(self, table: str, id_: str, problem: MlegError) -> None:
        self.table = table
        self.id = id_
        self.problem = problem
        self.name = f"{table}/{id_}"
        super().__init__(f"{self.name}: {problem}")


def encode(record: Record) -> Document:
    """Return a record as plain values. Raises ``ValueError`` if a moment has no time zone."""
    document: Document = _plain(_parts(record))
    return document


def decode(kind: type[Record], id_: str, document: Document) -> Record:
    """Return the record that a document kept under an id is. Raises ``BadDocument``."""
    try:
        record = msgspec.convert(document, kind)
    except (msgspec.ValidationError, MlegError, OverflowError) as error:
        raise BadDocument(table_name(kind), id_, in_words(error, kind)) from error
    if record.id != id_:
        raise BadDocument(table_name(kind), id_, other_id(record.id))
    problem = next(_problems(document, _parts(record), "$"), None)
    if problem is None and not 0 <= record.version <= LARGEST_VERSION:
        problem = _out_of_range("$.version")
    if problem is not None:
        raise BadDocument(table_name(kind), id_, problem)
    return record


def other_id(found: str) -> OtherId:
    """Return the mistake of a record that has another id than the one it is kept under."""
    return OtherId(f"its id says {found}", id=found)


def _out_of_range(path: str) -> Mistake:
    return OutOfRange(f"out of range - at `{path}`", place=path.removeprefix("$."))


def _parts(record: Record) -> Any:
    return msgspec.to_builtins(
        record, builtin_types=(datetime, date), str_keys=True, enc_hook=from_mapping
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
    return value.isoformat() if isinstance(value, date) else value


def _problems(given: Any, understood: Any, path: str) -> Iterator[Mistake]:
    """Tell what ``msgspec.convert`` lets pass.

    That are unknown fields, moments without a zone, and what is out of all bounds.
    """
    if isinstance(understood, dict):
        for key, value in given.items():
            if key not in understood:
                raw = f"unknown field - at `{path}.{key}`"
                yield FieldUnknown(raw, field=f"{path}.{key}".removeprefix("$."))
            else:
                yield from _problems(value, understood[key], f"{path}.{key}")
    elif isinstance(understood, (list, tuple)):
        for number, (value, part) in enumerate(zip(given, understood, strict=True)):
            yield from _problems(value, part, f"{path}[{number}]")
    elif isinstance(understood, datetime) and understood.tzinfo is None:
        yield NoMoment(f"a moment needs a time zone - at `{path}`", place=path.removeprefix("$."))
    elif not _is_within_bounds(understood):
        yield _out_of_range(path)


def _is_within_bounds(value: object) -> bool:
    match value:
        case int():
            return -_LARGEST <= value <= _LARGEST
        case date():
            return value.year in _YEARS
        case _:
            return True
