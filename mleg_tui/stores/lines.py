"""Records to and from one line of JSON: ``codec``, at the speed that a full store needs.

A line that reads back as itself is as the codec would have it; whatever differs, such as an edit
by hand, goes the codec's way, which is strict and says what is wrong.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_type_hints

import msgspec

from mleg_tui.domain.errors import MlegError
from mleg_tui.services.mistakes import in_words
from mleg_tui.services.store import INDEXED, Record, table_name
from mleg_tui.stores.codec import (
    LARGEST_VERSION,
    BadDocument,
    Document,
    decode,
    encode,
    from_mapping,
    other_id,
)

_ENCODER = msgspec.json.Encoder(enc_hook=from_mapping)
_MAY_BE_OUT_OF_BOUNDS = re.compile(rb'(?:: |\[|, )-?[0-9]{19}|"(?:0[0-9]{3}|99[0-9]{2})-')
_NOT_IN_UTC = re.compile(rb"T\d\d:\d\d:\d\d(?:\.\d+)?(?![\d.Z])")


@cache
def _record_decoder(kind: type[Record]) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(kind)


@cache
def _key_decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """Return what reads of a line only by what the record is looked up."""
    indexed = ((name, get_type_hints(kind)[name]) for name in INDEXED.get(table_name(kind), ()))
    keys = msgspec.defstruct(f"{kind.__name__}Keys", [("id", str), *indexed])
    return msgspec.json.Decoder(keys)


def to_line(record: Record) -> bytes:
    """Return a record as JSON without a line break. Raises ``ValueError`` like ``encode``."""
    line = _ENCODER.encode(record)
    if _NOT_IN_UTC.search(line):
        line = _ENCODER.encode(encode(record))
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
        if to_line(record) == line and _is_within_bounds(record, line):
            return record
    except (ValueError, RecursionError, OverflowError, MlegError):
        pass
    return None


def _is_within_bounds(record: Record, line: bytes) -> bool:
    """Tell whether there can be no number and no moment that the codec would refuse."""
    is_version = 0 <= record.version <= LARGEST_VERSION
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
        is_sure = _is_within_bounds(record, line)
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
        raise BadDocument(table_name(kind), id_, other_id(found.id))
    return found
