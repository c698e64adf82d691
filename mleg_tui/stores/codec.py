"""Records to and from JSON: as plain values, and as one line of text.

A record becomes a dict of its fields: enums by value, days as ``2026-10-05``, moments in UTC as
``2026-10-05T07:00:00Z``. Reading is strict: no field may be missing (unless it has a default),
strange, or of another type, and what the domain checks is checked. Numbers are of 64 bits, and
years from 1000 to 9899, so that whatever is reckoned from them is a number and a day, too.

Lines are read and written at the speed that a full store needs: one that reads back as itself is
as it should be. Whatever differs, such as an edit by hand, is read as plain values, strictly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, get_type_hints

import msgspec

from mleg_tui.domain.calendar import utc
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import FieldUnknown, Mistake, NoMoment, OutOfRange, in_words
from mleg_tui.services.plain_values import exploring, from_mapping, from_plain, to_mapping
from mleg_tui.services.store import INDEXED, Record, table_name

Document = dict[str, Any]
"""A record as plain values."""

_LARGEST_VERSION = 2**31 - 1
_LARGEST = 2**63 - 1
_YEARS = range(1000, 9900)
_MAY_BE_OUT_OF_BOUNDS = re.compile(rb'(?:: |\[|, )-?[0-9]{19}|"(?:0[0-9]{3}|99[0-9]{2})-')
_NOT_IN_UTC = re.compile(rb"T\d\d:\d\d:\d\d(?:\.\d+)?(?![\d.Z])")


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
        record = from_plain(document, kind)
    except (msgspec.ValidationError, MlegError, OverflowError) as error:
        raise BadDocument(table_name(kind), id_, in_words(error, kind)) from error
    if record.id != id_:
        raise BadDocument(table_name(kind), id_, _other_id(record.id))
    problem = next(_problems(document, _parts(record), "$"), None)
    if problem is None and not 0 <= record.version <= _LARGEST_VERSION:
        problem = _out_of_range("$.version")
    if problem is not None:
        raise BadDocument(table_name(kind), id_, problem)
    return record


def _other_id(found: str) -> OtherId:
    """Return the mistake of a record that has another id than the one it is kept under."""
    return OtherId(f"its id says {found}", id=found)


def _out_of_range(path: str) -> Mistake:
    return OutOfRange(f"out of range - at `{path}`", place=path.removeprefix("$."))


def _parts(record: Record) -> Any:
    return msgspec.to_builtins(
        record, builtin_types=(datetime, date), str_keys=True, enc_hook=to_mapping
    )


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


_encoder = msgspec.json.Encoder(enc_hook=to_mapping)


@cache
def _record_decoder(kind: type[Record]) -> msgspec.json.Decoder[Record]:
    with exploring:
        return msgspec.json.Decoder(kind, dec_hook=from_mapping)


@cache
def _key_decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """Return what reads of a line only by what the record is looked up."""
    indexed = ((name, get_type_hints(kind)[name]) for name in INDEXED.get(table_name(kind), ()))
    with exploring:
        keys = msgspec.defstruct(f"{kind.__name__}Keys", [("id", str), *indexed])
        return msgspec.json.Decoder(keys)


def to_line(record: Record) -> bytes:
    """Return a record as JSON without a line break. Raises ``ValueError`` like ``encode``."""
    line = _encoder.encode(record)
    if _NOT_IN_UTC.search(line):
        line = _encoder.encode(encode(record))
    return one_line(line)


def one_line(document: bytes) -> bytes:
    """Return JSON laid out in one line, with spaces for those who read it."""
    return msgspec.json.format(document, indent=0)


def from_line(kind: type[Record], id_: str, line: bytes) -> Record:
    """Return the record that is kept under an id. Raises ``BadDocument``."""
    record = as_written(kind, line)
    if record is not None and record.id == id_:
        return record
    return decode(kind, id_, _document(kind, id_, line))  # which says what is wrong


def as_written(kind: type[Record], line: bytes) -> Record | None:
    """Return the record of a line that is just as it would be written, ``None`` for any other."""
    try:
        record = _record_decoder(kind).decode(line)
        if to_line(record) == line and _is_line_within_bounds(record, line):
            return record
    except (ValueError, RecursionError, OverflowError, MlegError):
        pass
    return None


def _is_line_within_bounds(record: Record, line: bytes) -> bool:
    """Tell whether there can be no number and no moment that the codec would refuse."""
    is_version = 0 <= record.version <= _LARGEST_VERSION
    return is_version and not _MAY_BE_OUT_OF_BOUNDS.search(line)


def _document(kind: type[Record], id_: str, line: bytes) -> Document:
    try:
        return msgspec.json.decode(line, type=Document)
    except (ValueError, RecursionError) as error:
        raise BadDocument(table_name(kind), id_, in_words(error)) from error


def checked_line(record: Record) -> bytes:
    """Return a record's line, and make sure that it can be read again before it is written."""
    line = to_line(record)
    try:
        _record_decoder(type(record)).decode(line)
        is_sure = _is_line_within_bounds(record, line)
    except (ValueError, MlegError):
        is_sure = False
    if not is_sure:
        from_line(type(record), record.id, line)  # says what is wrong
    return line


def keys(kind: type[Record], id_: str, line: bytes) -> Any:
    """Return the id and the indexed fields of a line as attributes, without reading the rest.

    Raises ``BadDocument``.
    """
    try:
        found = _key_decoder(kind).decode(line)
    except ValueError as error:
        raise BadDocument(table_name(kind), id_, in_words(error, kind)) from error
    if found.id != id_:
        raise BadDocument(table_name(kind), id_, _other_id(found.id))
    return found
