"""What is in the file: JSON as TinyDB lays it out, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from zlib import crc32

import msgspec
from msgspec.structs import replace

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.services.mistakes import Mistake, NoJson, in_words
from mleg_tui.services.store import StoreForeign, StoreTooNew
from mleg_tui.stores import schema
from mleg_tui.stores.codec import one_line
from mleg_tui.stores.persistent import PersistentDict
from mleg_tui.stores.tinydb.files import StoreFile

_FORMAT = "mleg-tui"
_META = "_meta"
_META_ID = "store"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BAD_META = N_("tabela _meta jest niezrozumiała")
_TABLES = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
NONE = b"null"
"""How a record stands in a file that is gone from its archive."""


class NoJsonInLine(Mistake):
    """The file is not JSON from a line on."""

    message = N_("wiersz {line}: to nie jest poprawny JSON")


class NoFields(Mistake):
    """A table or a record is something else."""

    message = N_("{record}: to nie jest obiekt z polami")


class Base(dict[str, bytes]):
    """The lines of a table in an archive by id; what came later is another base."""

    __slots__ = ("_before", "_differing", "_token")

    def __init__(self, lines: Mapping[str, bytes] = MappingProxyType({})) -> None:
        super().__init__(lines)
        self._token = self._before = object()
        self._differing: Collection[str] = ()

    def after(self, changes: Mapping[str, bytes | None]) -> Base:
        """Return the base after lines came; ``None`` removes one."""
        after = Base(self)
        for id_, line in changes.items():
            if line is not None:
                after[id_] = line
            else:
                after.pop(id_, None)
        after._before, after._differing = self._token, changes.keys()
        return after

    def differing(self, other: Base) -> Collection[str]:
        """Return ids among which are all under which another one has something else."""
        if self is other:
            return ()
        return other._differing if other._before is self._token else self.keys() | other.keys()


_NOTHING = Base()


class Lines(PersistentDict[bytes]):
    """A table: the JSON of each record by its id, without a line break.

    The base is in the archive. What is over it is in the file, a record there that is no more as
    ``null``.
    """

    __slots__ = ("_text",)
    base: Base
    _text: bytes

    def __init__(
        self, base: Base = _NOTHING, over: Mapping[str, bytes | None] = MappingProxyType({})
    ) -> None:
        super().__init__(base, over)

    @property
    def text(self) -> bytes:
        """The table as it stands in the file; kept, for most tables outlive a transaction."""
        try:
            return self._text
        except AttributeError:
            self._text = _table(self.over)
            return self._text

    def merged(self) -> Lines:
        """Return the table with all of it in the archive."""
        return Lines(self.base.after(self.over))

    def alone(self) -> Lines:
        """Return the table with no more in the archive than counts."""
        base = {id_: line for id_, line in self.base.items() if id_ not in self.over}
        return Lines(Base(base), {id_: line for id_, line in self.over.items() if line is not None})

    def differing(self, other: Lines) -> Collection[str]:
        """Return the ids under which another table has something else."""
        if self is other:
            return ()
        if self.base is other.base:
            return {id_ for id_, _ in self.over.items() ^ other.over.items()}
        ids = {*self.base.differing(other.base), *self.over, *other.over}
        return {id_ for id_ in ids if self.line(id_) != other.line(id_)}

    def line(self, id_: str) -> bytes | None:
        """Return the line of a record, ``None`` if there is none."""
        return self.over.get(id_, self.base.get(id_))


EMPTY = Lines()


class Mark(msgspec.Struct, frozen=True):
    """Which archive is a file's, and how much of it counts: bytes, lines, and a check sum."""

    number: int
    size: int = 0
    lines: int = 0
    crc32: int = 0

    def after(self, entries: bytes) -> Mark:
        """Return the mark behind more lines."""
        lines = self.lines + entries.count(b"\n")
        return Mark(self.number, self.size + len(entries), lines, crc32(entries, self.crc32))


class _Meta(msgspec.Struct, omit_defaults=True):
    format: str
    schema: int
    revision: int
    archive: Mark | None = None


class Content(msgspec.Struct, frozen=True):
    """The tables of a file, in today's schema.

    ``written_in`` is the schema that the file itself has; ``revision`` counts its transactions.
    """

    tables: Mapping[str, Lines] = msgspec.field(default_factory=dict)
    written_in: int = msgspec.field(default_factory=lambda: schema.CURRENT)
    revision: int = 0
    archive: Mark | None = None


def parsed(raw: bytes, file: StoreFile) -> Content:
    """Return what a file has, without its archive, and not looked into.

    Raises ``StoreCorrupt``, ``StoreForeign`` or ``StoreTooNew``.
    """
    text = raw.removeprefix(_BYTE_ORDER_MARK)
    try:
        str(text, "utf-8")
        tables = _TABLES.decode(text)
    except (ValueError, RecursionError):
        tables = _understood(text, file)
    meta = _meta(tables, file)
    lines = {name: _lines(name, table, file) for name, table in tables.items() if name != _META}
    return Content(lines, meta.schema, meta.revision, meta.archive)


def with_archive(content: Content, bases: Mapping[str, Base], file: StoreFile) -> Content:
    """Return a file's content with that of its archive, brought to today's schema.

    Raises ``StoreCorrupt``.
    """
    names = dict.fromkeys((*content.tables, *bases))
    tables = {
        name: Lines(bases.get(name, _NOTHING), content.tables.get(name, EMPTY).over)
        for name in names
    }
    if content.written_in != schema.CURRENT:
        tables = _in_todays_schema(tables, content.written_in, file)
    return replace(content, tables=tables)


def rendered(content: Content) -> Iterator[bytes]:
    """Yield the parts of JSON that a person can read and edit: a line for each document."""
    meta = _Meta(_FORMAT, content.written_in, content.revision, content.archive)
    line = one_line(msgspec.json.encode(meta))
    yield b'{\n  "%b": %b' % (_META.encode(), _table({_META_ID: line}))
    for name, lines in content.tables.items():
        if lines.over or not lines.base:
            yield b",\n  %b: " % msgspec.json.encode(name)
            yield lines.text
    yield b"\n}\n"


def line_of(raw: bytes, table: str, id_: str) -> int:
    """Return the number of the line on which a document begins."""
    start = raw.find(msgspec.json.encode(table) + b":")
    return raw.count(b"\n", 0, raw.find(msgspec.json.encode(id_) + b":", start)) + 1


def _table(lines: Mapping[str, bytes | None]) -> bytes:
    entries = (
        b"\n    %b: %b" % (msgspec.json.encode(id_), NONE if line is None else line)
        for id_, line in lines.items()
    )
    return b"{%b\n  }" % b",".join(entries) if lines else b"{}"


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


def _lines(name: str, table: Mapping[str, msgspec.Raw], file: StoreFile) -> Lines:
    lines = {id_: _line(bytes(document)) for id_, document in table.items()}
    odd = (f"{name}/{id_}" for id_, line in lines.items() if line and not line.startswith(b"{"))
    if (first := next(odd, None)) is not None:
        raise file.corrupt(_no_fields(first))
    return Lines(over=lines)


def _line(document: bytes) -> bytes | None:
    if document == NONE:
        return None
    return one_line(document) if b"\n" in document else document


def _in_todays_schema(
    tables: Mapping[str, Lines], version: int, file: StoreFile
) -> dict[str, Lines]:
    documents = {
        name: {id_: msgspec.json.decode(line) for id_, line in lines.whole().items()}
        for name, lines in tables.items()
    }
    try:
        migrated = schema.all_migrated(documents, version)
    except (LookupError, TypeError, ValueError) as error:
        raise file.corrupt(repr(error)) from error
    return {name: Lines(over=lines_of(table)) for name, table in migrated.items()}


def lines_of(table: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the lines of a table's documents. Raises ``TypeError`` for odd values."""
    return {id_: one_line(msgspec.json.encode(document)) for id_, document in table.items()}
