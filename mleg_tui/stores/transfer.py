"""A whole store as lines of JSON, and back: from any kind of store into any other.

The first line says what follows::

    {"format": "mleg-tui-export", "version": 1, "schema": 1, "records": 42}

and each further line is one record, as the codec has it, with the name of its table::

    {"table": "students", "record": {"id": "anna.nowak", …, "version": 1}}

Versions are kept. Password hashes are exported, too: they are hashes, but keep the file safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.inert import faults_in, visible_json
from mleg_tui.domain.messages import N_
from mleg_tui.domain.verification import Verification
from mleg_tui.services.checking import alone, missing
from mleg_tui.services.imports import BadLine, NothingImported
from mleg_tui.services.mistakes import Mistake, in_words, of_record
from mleg_tui.services.repeated import repeated_field
from mleg_tui.services.store import KINDS, Record, View, Work, table_name
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores import schema
from mleg_tui.stores.codec import BadDocument, Document, decode
from mleg_tui.stores.lines import to_line

FORMAT = "mleg-tui-export"
VERSION = 1
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CUT = N_("liczba wpisów nie zgadza się z pierwszym wierszem; plik jest niepełny")
_NO_HEADER = N_("to nie jest eksport tego programu")
_TOO_NEW = N_("plik zapisała nowsza wersja programu")
_NO_WORLD = N_("brakuje wpisu worlds/world, od którego zależy cały magazyn")
_TWICE = N_("ten wpis już był")

_NEVER_SHOWN = table_name(LoginAttempts)
"""In older stores their ids have a line break between name and address."""
_NO_ID = "a record has a text for an id"

_Name = tuple[str, str]
"""A table and an id in it."""

_Numbered = tuple[int, Document]
"""A document and the line on which it stands."""


class StoreNotEmpty(Refused):
    """A store that holds something is not overwritten unless one says so."""

    message = N_("Magazyn danych nie jest pusty, niczego nie zaimportowano.")
    advice = N_("Wskaż nowy magazyn opcją --store albo zastąp ten: --replace zachowa jego kopię.")


class UnknownTable(Mistake):
    """There is no such kind of record."""

    message = N_("nieznana tabela")


class NoId(Mistake):
    """A record without a name."""

    message = N_("wpis nie ma tekstu w polu id")


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    schema: int
    records: int


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    table: str
    record: Document


def exported(view: View) -> Iterator[bytes]:
    """Yield the lines of an export of all that is in a store.

    What was shared with an inspector is not kept in files when its minutes are over.
    """
    world = view.find(World, WORLD_ID)
    now = world.timeline.now(datetime.now(UTC)) if world else None
    count = sum(len(view.select(kind)) for kind in KINDS.values())
    header = _Header(FORMAT, VERSION, schema.CURRENT, count)
    yield msgspec.json.format(msgspec.json.encode(header), indent=0)
    for name, kind in KINDS.items():
        for record in view.select(kind):
            line = to_line(_still_known(record, now))
            line = visible_json(line.decode()).encode()  # it may go to a terminal
            yield b'{"table": %b, "record": %b}' % (msgspec.json.encode(name), line)


def _still_known(record: Record, now: datetime | None) -> Record:
    if isinstance(record, Verification) and now is not None and now >= record.ends_at:
        return replace(record, validity=None, document=None)
    return record


def understood(lines: Iterable[bytes]) -> tuple[Record, ...]:
    """Return the records of an export. Raises ``NothingImported`` with every line that is bad."""
    numbered = enumerate(lines, start=1)
    header = _header(*next(numbered, (1, b"")))
    problems: list[BadLine] = []
    kept: dict[_Name, _Numbered] = {}
    for number, line in numbered:
        try:
            name, document = _document(line)
        except (ValueError, RecursionError, Mistake) as error:
            problems.append(BadLine(line=number, problem=in_words(error)))
            continue
        if name[0] != _NEVER_SHOWN:
            problems += (BadLine(line=number, problem=fault) for fault in faults_in(document))
        if name in kept:
            problems.append(BadLine(line=number, problem=_TWICE))
        kept[name] = number, document
    if not problems and len(kept) != header.records:
        problems.append(BadLine(line=len(kept) + 2, problem=_CUT))
    records = tuple(_records(kept, header.schema, problems)) if not problems else ()
    if not problems:
        problems += _contradictions(kept, records)
    if problems:
        raise NothingImported(problems)
    return records


def is_empty(view: View) -> bool:
    """Tell whether a store holds nothing at all."""
    return not any(view.select(kind) for kind in KINDS.values())


def restore(work: Work, records: Iterable[Record], *, replacing: bool) -> None:
    """Put records into a store as they are. Raises ``StoreNotEmpty`` unless it is replaced."""
    present = [record for kind in KINDS.values() for record in work.select(kind)]
    if present and not replacing:
        raise StoreNotEmpty
    for record in present:
        work.remove(record)
    work.restore(records)


def _header(number: int, line: bytes) -> _Header:
    try:
        header = msgspec.json.decode(line.removeprefix(_BYTE_ORDER_MARK), type=_Header)
    except (ValueError, RecursionError):
        header = None
    if header is None or header.format != FORMAT:
        raise NothingImported([BadLine(line=number, problem=_NO_HEADER)])
    if header.version > VERSION or header.schema > schema.CURRENT:
        raise NothingImported([BadLine(line=number, problem=_TOO_NEW)])
    return header


def _document(raw: bytes) -> tuple[_Name, Document]:
    line = msgspec.json.decode(raw, type=_Line)
    twice = repeated_field(raw)
    if twice is not None:
        raise twice
    id_ = line.record.get("id")
    if not isinstance(id_, str):
        raise NoId(_NO_ID)
    return (line.table, id_), line.record


def _records(
    kept: Mapping[_Name, _Numbered], version: int, problems: list[BadLine]
) -> Iterator[Record]:
    for name, document in _in_todays_schema(kept, version, problems).items():
        number = kept[name][0] if name in kept else 1
        try:
            yield _record(name, document)
        except BadDocument as error:
            known = isinstance(error.__cause__, MlegError)
            told = error.problem if known else of_record(error.name, error.problem)
            problems.append(BadLine(line=number, problem=told))


def _record(name: _Name, document: Document) -> Record:
    table, id_ = name
    if table not in KINDS:
        raise BadDocument(table, id_, UnknownTable("unknown table"))
    return decode(KINDS[table], id_, document)


def _contradictions(
    kept: Mapping[_Name, _Numbered], records: Iterable[Record]
) -> Iterator[BadLine]:
    """Yield what would not be true in a store of these records, and no program could go by."""
    named = {(table_name(type(record)), record.id): record for record in records}
    if (table_name(World), WORLD_ID) not in named:
        yield BadLine(line=1, problem=_NO_WORLD)

    def is_there(kind: type[Record], id_: str) -> bool:
        return (table_name(kind), id_) in named

    for name, record in named.items():
        for finding in (*alone(record), *missing(record, is_there)):
            yield BadLine(line=kept[name][0] if name in kept else 1, problem=finding)


def _in_todays_schema(
    kept: Mapping[_Name, _Numbered], version: int, problems: list[BadLine]
) -> Mapping[_Name, Document]:
    tables: dict[str, dict[str, Document]] = {name: {} for name in KINDS}
    for (table, id_), (_, document) in kept.items():
        tables.setdefault(table, {})[id_] = document
    try:
        tables = schema.migrated(tables, version)
    except (LookupError, TypeError, ValueError) as error:
        problems.append(BadLine(line=1, problem=repr(error)))
    return {(table, id_): found for table in tables for id_, found in tables[table].items()}
