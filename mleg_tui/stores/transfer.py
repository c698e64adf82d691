"""A whole store as lines of JSON, and back: from any kind of store into any other.

The first line says what follows::

    {"format": "mleg-tui-export", "version": 1, "schema": 1, "records": 42}

and each further line is one record, as the codec has it, with the name of its table::

    {"table": "students", "record": {"id": "anna.nowak", …, "version": 1}}

Versions are kept. Password hashes are exported, too: they are hashes, but keep the file safe.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.errors import MlegError, Refused
from mleg_tui.domain.inert import faults_in, visible_json
from mleg_tui.domain.messages import N_
from mleg_tui.domain.verification import Verification
from mleg_tui.services.checking import Missing, alone, missing, size_of
from mleg_tui.services.files import naming, write_whole
from mleg_tui.services.fingerprints import Fingerprints
from mleg_tui.services.imports import BadLine, BadLines, NothingImported
from mleg_tui.services.mistakes import Mistake, in_words, of_record
from mleg_tui.services.repeated import repeated_field
from mleg_tui.services.store import KINDS, Query, Record, View, Work, table_name
from mleg_tui.simulation.world import WORLD_ID, World
from mleg_tui.stores import schema
from mleg_tui.stores.codec import BadDocument, Document, as_written, decode, to_line

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
_TABLES = frozenset(KINDS)


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


class _RawLine(msgspec.Struct, forbid_unknown_fields=True):
    table: str
    record: msgspec.Raw


def is_empty(view: View) -> bool:
    """Tell whether a store holds nothing at all."""
    return not any(view.count(Query(kind), most=1) for kind in KINDS.values())


def exported(view: View) -> Iterator[bytes]:
    """Yield the lines of an export of all that is in a store.

    What was shared with an inspector is not kept in files when its minutes are over.
    """
    world = view.find(World, WORLD_ID)
    now = world.timeline.now(datetime.now(UTC)) if world else None
    header = _Header(FORMAT, VERSION, schema.CURRENT, size_of(view))
    yield msgspec.json.format(msgspec.json.encode(header), indent=0)
    for name, kind in KINDS.items():
        for record in view.stream(kind):
            line = to_line(_still_known(record, now))
            yield _laid_out(name, visible_json(line.decode()).encode())  # it may go to a terminal


def _laid_out(table: str, line: bytes) -> bytes:
    return b'{"table": %b, "record": %b}' % (msgspec.json.encode(table), line)


def _still_known(record: Record, now: datetime | None) -> Record:
    if isinstance(record, Verification) and now is not None and now >= record.ends_at:
        return replace(record, validity=None, document=None)
    return record


def write(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines to a file for the owner only, whole or not at all. Raises ``BadFile``."""
    with naming(path):
        write_whole(path, (line + b"\n" for line in lines))


def place_of_copy(place: str, occasion: str) -> Path:
    """Return where to put what is replaced in a store: beside it if it is a file, else here."""
    beside = Path(place.removeprefix("sqlite:"))
    stem = beside if beside.is_file() else Path("mleg-tui")
    return stem.with_name(f"{stem.name}.before-{occasion}-{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl")


def restore(work: Work, records: Iterable[Record], *, replacing: bool) -> int:
    """Put records into a store as they are; return how many.

    Raises ``StoreNotEmpty`` unless what is there is to be replaced.
    """
    if not is_empty(work):
        if not replacing:
            raise StoreNotEmpty
        work.clear()
    count = 0

    def counted() -> Iterator[Record]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    work.restore(counted())
    return count


def understood(lines: Iterable[bytes]) -> Iterator[Record]:
    """Yield the records of an export, of which few are in memory at once.

    Behind a bad line none is yielded any more; once all lines were looked at, ``NothingImported``
    is raised with those that are bad.
    """
    numbered = enumerate(lines, start=1)
    header = _header(*next(numbered, (1, b"")))
    reading = _Reading(header.schema)
    for number, line in numbered:
        yield from reading.records(number, line.rstrip(b"\r\n"))
    reading.end(header.records)


class _Reading:
    """What is known of an export so far, and what is wrong with it.

    Records come behind those that they name, unless somebody sorted the export anew: then it is
    remembered who waits for whom.
    """

    def __init__(self, version: int) -> None:
        self._version = version
        self._problems = BadLines()
        self._count = 0
        self._names = Fingerprints()
        self._lines = self._names if version == schema.CURRENT else Fingerprints()
        self._waiting: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def records(self, number: int, line: bytes) -> Iterator[Record]:
        """Yield what a line stands for, unless anything was wrong so far."""
        self._count += 1
        record = _as_exported(line) if self._version == schema.CURRENT else None
        if record is not None:
            self._meet(number, _name(record))
        for found in [record] if record is not None else self._read(number, line):
            self._look_at(number, found)
            if not self._problems:
                yield found

    def end(self, expected: int) -> None:
        """Raise ``NothingImported`` if anything was wrong."""
        problems = self._problems
        if not problems and self._count != expected:
            problems.add(self._count + 2, _CUT)
        if not problems and f"{table_name(World)}/{WORLD_ID}" not in self._names:
            problems.add(1, _NO_WORLD)
        if not problems:
            lost = ((*place, other) for other in self._waiting for place in self._waiting[other])
            for number, name, other in sorted(lost):
                problems.add(number, Missing(record=name, other=other))
        problems.check()

    def _read(self, number: int, line: bytes) -> Iterator[Record]:
        """Yield the records of a line that is not as it would be exported today."""
        try:
            table, document = _document(line)
        except (ValueError, RecursionError, Mistake) as error:
            self._problems.add(number, in_words(error))
            return
        for fault in faults_in(document) if table != _NEVER_SHOWN else ():
            self._problems.add(number, fault)
        self._meet(number, f"{table}/{document['id']}")
        try:
            for name, today in schema.migrated(table, document, self._version):
                yield _record(name, today)
        except BadDocument as error:
            known = isinstance(error.__cause__, MlegError)
            told = error.problem if known else of_record(error.name, error.problem)
            self._problems.add(number, told)
        except (LookupError, TypeError, ValueError) as error:
            self._problems.add(number, repr(error))

    def _meet(self, number: int, name: str) -> None:
        if not self._lines.add(name):
            self._problems.add(number, _TWICE)

    def _look_at(self, number: int, record: Record) -> None:
        """Take note of what would not be true in a store, and no program could go by."""
        name = _name(record)
        self._names.add(name)
        self._waiting.pop(name, None)
        for finding in alone(record):
            self._problems.add(number, finding)
        for lacking in missing(
            record, lambda kind, id_: f"{table_name(kind)}/{id_}" in self._names
        ):
            self._waiting[str(lacking.details["other"])].append((number, name))


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


def _as_exported(raw: bytes) -> Record | None:
    """Return the record of a line that is just as it would be exported, ``None`` for any other."""
    try:
        line = msgspec.json.decode(raw, type=_RawLine)
        document = bytes(line.record)
        is_plain = b"\\" not in document and visible_json(document.decode()) == document.decode()
    except (ValueError, RecursionError):
        return None
    if not is_plain or line.table not in _TABLES or raw != _laid_out(line.table, document):
        return None
    return as_written(KINDS[line.table], document)


def _document(raw: bytes) -> tuple[str, Document]:
    line = msgspec.json.decode(raw, type=_Line)
    twice = repeated_field(raw)
    if twice is not None:
        raise twice
    if not isinstance(line.record.get("id"), str):
        raise NoId(_NO_ID)
    return line.table, line.record


def _record(table: str, document: Document) -> Record:
    id_ = str(document["id"])
    if table not in KINDS:
        raise BadDocument(table, id_, UnknownTable("unknown table"))
    return decode(KINDS[table], id_, document)


def _name(record: Record) -> str:
    return f"{table_name(type(record))}/{record.id}"
