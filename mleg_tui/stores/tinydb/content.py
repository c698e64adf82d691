"""What is in the file: JSON as TinyDB lays it out, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import Mistake, NoJson, in_words
from mleg_tui.services.store import StoreForeign, StoreTooNew
from mleg_tui.stores import schema
from mleg_tui.stores.lines import one_line
from mleg_tui.stores.tinydb.files import StoreFile
from mleg_tui.stores.tinydb.sheet import Sheet

_FORMAT = "mleg-tui"
_META = "_meta"
_META_ID = "store"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BAD_META = N_("tabela _meta jest niezrozumiała")
_TABLES = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])


class NoJsonInLine(Mistake):
    """The file is not JSON from a line on."""

    message = N_("wiersz {line}: to nie jest poprawny JSON")


class NoFields(Mistake):
    """A table or a record is something else."""

    message = N_("{record}: to nie jest obiekt z polami")


@dataclass(frozen=True, slots=True)
class Content:
    """The tables of a file, in today's schema.

    ``written_in`` is the schema that the file itself has; ``revision`` counts its transactions.
    """

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    written_in: int = field(default_factory=lambda: schema.CURRENT)
    revision: int = 0


class _Meta(msgspec.Struct):
    format: str
    schema: int
    revision: int


def parsed(raw: bytes, file: StoreFile) -> Content:
    """Return a file's content; documents are not looked into unless the schema is an older one.

    Raises ``StoreCorrupt``, ``StoreForeign`` or ``StoreTooNew``.
    """
    text = raw.removeprefix(_BYTE_ORDER_MARK)
    try:
        str(text, "utf-8")
        tables = _TABLES.decode(text)
    except (ValueError, RecursionError):
        tables = _understood(text, file)
    meta = _meta(tables, file)
    sheets = {name: _sheet(name, table, file) for name, table in tables.items() if name != _META}
    return Content(_in_todays_schema(sheets, meta.schema, file), meta.schema, meta.revision)


def rendered(content: Content) -> Iterator[bytes]:
    """Yield the parts of JSON that a person can read and edit: a line for each document."""
    meta = {"format": _FORMAT, "schema": content.written_in, "revision": content.revision}
    yield b'{\n  "%b": %b' % (_META.encode(), Sheet.of({_META_ID: meta}).text)
    for name, sheet in content.sheets.items():
        yield b",\n  %b: " % msgspec.json.encode(name)
        yield sheet.text
    yield b"\n}\n"


def line_of(raw: bytes, table: str, id_: str) -> int:
    """Return the number of the line on which a document begins."""
    start = raw.find(msgspec.json.encode(table) + b":")
    return raw.count(b"\n", 0, raw.find(msgspec.json.encode(id_) + b":", start)) + 1


def _understood(text: bytes, file: StoreFile) -> dict[str, dict[str, msgspec.Raw]]:
    """Say what is wrong with a file that is not made of tables of documents."""
    try:
        value = msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        raise file.corrupt(_with_line(error, text)) from error
    _meta(value, file)
    odd = next(name for name, table in value.items() if not isinstance(table, dict))
    raise file.corrupt(_no_fields(odd))


def _with_line(error: Exception, text: bytes) -> MlegError:
    told = in_words(error)
    if not isinstance(told, NoJson):
        return told
    line = text.count(b"\n", 0, int(str(told.details["byte"]))) + 1
    return NoJsonInLine(f"{told}, line {line}", line=line)


def _no_fields(name: str) -> Mistake:
    return NoFields(name, record=name)


def _meta(value: Any, file: StoreFile) -> _Meta:
    try:
        raw = msgspec.convert(_plain(value[_META][_META_ID]), dict[str, Any])
    except (LookupError, TypeError, msgspec.ValidationError):
        raise StoreForeign(path=file.path) from None
    if raw.get("format") != _FORMAT:
        raise StoreForeign(path=file.path)
    try:
        meta = msgspec.convert(raw, _Meta)
    except msgspec.ValidationError as error:
        raise file.corrupt(_BAD_META) from error
    if meta.schema > schema.CURRENT:
        raise StoreTooNew(path=file.path, found=meta.schema)
    if meta.schema < 1:
        raise file.corrupt(_BAD_META)
    return meta


def _plain(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, msgspec.Raw) else value


def _sheet(name: str, table: Mapping[str, msgspec.Raw], file: StoreFile) -> Sheet:
    lines = {id_: bytes(document) for id_, document in table.items()}
    odd = next((f"{name}/{id_}" for id_ in lines if not lines[id_].startswith(b"{")), None)
    if odd is not None:
        raise file.corrupt(_no_fields(odd))
    return Sheet(dict(_in_lines(lines)))


def _in_lines(documents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for id_, document in documents.items():
        yield id_, one_line(document) if b"\n" in document else document


def _in_todays_schema(sheets: dict[str, Sheet], version: int, file: StoreFile) -> dict[str, Sheet]:
    if version == schema.CURRENT:
        return sheets
    try:
        documents = {name: dict(sheet) for name, sheet in sheets.items()}
        migrated = schema.migrated(documents, version)
    except (LookupError, TypeError, ValueError) as error:
        raise file.corrupt(repr(error)) from error
    return {name: Sheet.of(table) for name, table in migrated.items()}
