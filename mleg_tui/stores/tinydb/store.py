"""The store port on TinyDB."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct, field

from mleg_tui.domain.messages import N_
from mleg_tui.services.columns import change_of
from mleg_tui.services.mistakes import RecordTwice, of_record
from mleg_tui.services.store import (
    KINDS,
    BadRecord,
    Change,
    Changes,
    Moved,
    Record,
    StoreCorrupt,
    StoreForeign,
    View,
    Work,
    table_name,
)
from mleg_tui.stores.codec import BadDocument, checked_line, from_line
from mleg_tui.stores.file_system import check_local, check_locks
from mleg_tui.stores.memory_lookup import MemoryLookup
from mleg_tui.stores.tables import TablesView, TablesWork
from mleg_tui.stores.tinydb.archive import Archive
from mleg_tui.stores.tinydb.content import EMPTY, Content, line_of
from mleg_tui.stores.tinydb.files import Signature, StoreFile
from mleg_tui.stores.tinydb.line_table import LineTables
from mleg_tui.stores.tinydb.storage import FileStorage, Loaded, loaded
from mleg_tui.stores.write_lock import WriteLock

if TYPE_CHECKING:
    from mleg_tui.stores.tinydb.database import Database, DocumentTable

T = TypeVar("T")
_NO_COPY = N_("nie ma kopii")
_REMEMBERED = 1_000
"""States of the file of which it is known what led to the next one."""
_MANY = 10_000
"""Records that differ between two states, so that it is not worth telling which."""


class _State(Struct, frozen=True):
    """A state of the file, and its records."""

    signature: Signature | None = None
    content: Content = field(default_factory=Content)
    tables: LineTables = field(default_factory=LineTables)
    lookup: MemoryLookup = field(default_factory=MemoryLookup)

    @property
    def revision(self) -> str:
        return _revision(self.signature)

    def after(
        self, signature: Signature | None, content: Content
    ) -> tuple[_State, frozenset[Change] | None]:
        """Return the state of another content, and what changed if that is known."""
        old, new = self.content.tables, content.tables
        tables = self.tables.after(new)
        if self.signature is None:
            return _State(signature, content, tables), None
        differing = {name: old.get(name, EMPTY).differing(new.get(name, EMPTY)) for name in KINDS}
        if sum(map(len, differing.values())) > _MANY:
            return _State(signature, content, tables), None
        try:
            moved = {
                (kind, id_): Moved(self.tables[kind].find(id_), tables[kind].find(id_))
                for name, ids in differing.items()
                if ids and (kind := KINDS[name])
                for id_ in ids
            }
            lookup = self.lookup.after(moved.items(), TablesView(tables, self.lookup))
        except BadDocument:  # it is told to who asks for it
            return _State(signature, content, tables), None
        changes = frozenset(change_of(cast("Record", b or a)) for a, b in moved.values())
        return _State(signature, content, tables, lookup), changes


class TinyDbStore:
    """Implements ``Store`` with one JSON file for the threads and processes of one machine.

    A file that does not exist reads as an empty store; the first change makes it. ``timeout`` is
    how long a transaction waits for those of others, in seconds. A file of an older schema is
    read as it is and brought to today's by the next transaction.
    """

    def __init__(self, path: str | Path, *, timeout: float = 10.0) -> None:
        self.place = str(Path(path).absolute())
        self._file = StoreFile(Path(path), timeout)
        self._storage = FileStorage(self._file)
        self._write_lock = WriteLock(path, timeout)
        self._state = _State()
        self._log: deque[tuple[str, frozenset[Change] | None]] = deque(maxlen=_REMEMBERED)

    def read(self, ask: Callable[[View], T], /) -> T:
        """Return what ``ask`` makes of one consistent state. Raises ``StoreUnusable``."""
        with self._naming_bad_documents():
            state = self._caught_up()
            return ask(TablesView(state.tables, state.lookup))

    def transact(self, change: Callable[[Work], T], /) -> T:
        """Run ``change`` as one transaction, durable when this returns.

        An exception leaves the file as it was; so does a ``change`` that changes nothing. Raises
        ``StoreUnusable`` and what ``change`` raises.
        """
        with self._write_lock, self._storage.transaction():
            with self._naming_bad_documents():
                state = self._caught_up()
                work = TablesWork(state.tables, state.lookup)
                result = change(work)
            for kind, changes in work.changes.items():
                self._table(kind).put(
                    {id_: checked_line(new) if new else None for id_, new in changes.items()}
                )
        return result

    def revision(self) -> str:
        """Return a mark of the file's content that costs one look at its directory entry."""
        return _revision(self._file.signature())

    def changes(self, since: str, /) -> Changes:
        """Return what was committed after a revision. Raises ``StoreUnusable``."""
        with self._storage.guard:
            revision, log = self._caught_up().revision, tuple(self._log)
        if since == revision != "":
            return Changes(revision, frozenset())
        since_then = [place for place, (before, _) in enumerate(log) if before == since != ""]
        news = [changes for _, changes in log[since_then[-1] :]] if since_then else [None]
        return Changes(revision, None if None in news else frozenset().union(*news))

    def watch(self, call: Callable[[], object], /) -> Callable[[], None] | None:
        """Call whenever the file may have changed; ``None`` where the system does not tell."""
        from mleg_tui.stores.watch import watch  # noqa: PLC0415 - not needed to show a page

        path = self._file.path
        return watch(path.parent, {path.name}, call)

    def bad_records(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that cannot be read, with the lines they begin on."""
        found = loaded(self._file) if self._file.signature() else None
        return tuple(islice(_bad_records(found, self._file), limit)) if found else ()

    def repeated(self, limit: int, /) -> tuple[BadRecord, ...]:
        """Return so many of the records that are there twice, or have a field twice."""
        found = loaded(self._file) if self._file.signature() else None
        return tuple(islice(_repeated(found, self._file), limit)) if found else ()

    def is_whole(self) -> bool:
        """Tell whether the file is there and every record in it can be read."""
        try:
            return bool(self._file.signature()) and not self.bad_records(1)
        except (StoreCorrupt, StoreForeign):
            return False

    def last_good(self) -> Path | None:
        """Return where the state before the last transaction is kept."""
        return self._file.last_good()

    def use_last_good(self, suffix: str) -> Path | None:
        """Put the last good copy in the file's place, and the broken file under a suffix."""
        with self._write_lock, self._file.locked():
            place = self._file.last_good()
            copy = StoreFile(place, 0) if place else None
            found = loaded(copy) if copy else None
            if copy is None or found is None:
                raise self._file.corrupt(_NO_COPY)
            for bad in _bad_records(found, copy):
                raise copy.corrupt(of_record(bad.name, bad.problem, bad.line))
            kept = self._file.keep_as(suffix) if self._file.path.exists() else None
            Archive(self._file).put_back(suffix, found.content.archive)
            self._file.replace((found.raw,), is_change=False).file.close()
            return kept

    def check_place(self) -> None:
        """Raise ``StoreUnsupported`` on a file system whose locks do not hold."""
        check_local(self._file.path)
        check_locks(self._file.path.parent, "flock")

    def close(self) -> None:
        """Let go of the file."""
        self._storage.close()
        self._state = _State()
        self._log.clear()

    def _caught_up(self) -> _State:
        state = self._state
        if self._file.signature() == state.signature:
            return state
        with self._storage.guard:
            signature, content = self._storage.present()
            if signature != self._state.signature:
                before = self._state.revision
                self._state, changes = self._state.after(signature, content)
                self._log.append((before, changes))
            return self._state

    @cached_property
    def _db(self) -> Database:
        from mleg_tui.stores.tinydb.database import Database  # noqa: PLC0415 - reading does without

        return Database(storage=lambda: self._storage)

    def _table(self, kind: type[Record]) -> DocumentTable:
        return cast("DocumentTable", self._db.table(table_name(kind), cache_size=0))

    @contextmanager
    def _naming_bad_documents(self) -> Iterator[None]:
        try:
            yield
        except BadDocument as error:
            raise self._corrupt(error) from error

    def _corrupt(self, error: BadDocument) -> StoreCorrupt:
        """Name the line, too: a document is read only when somebody asks for it."""
        found = loaded(self._file)
        if found is None:
            return self._file.corrupt(of_record(error.name, error.problem))
        found.held.file.close()
        name, line = _place(found, self._file, error.table, error.id)
        return self._file.corrupt(of_record(name, error.problem, line))


def _bad_records(found: Loaded, file: StoreFile) -> Iterator[BadRecord]:
    """Yield what cannot be read in a file that was."""
    found.held.file.close()
    tables = found.content.tables
    for table in KINDS.keys() & tables.keys():
        for id_, line in tables[table].items():
            try:
                from_line(KINDS[table], id_, line)
            except BadDocument as error:
                name, number = _place(found, file, table, id_)
                yield BadRecord(name, error.problem, number)


def _repeated(found: Loaded, file: StoreFile) -> Iterator[BadRecord]:
    """Yield what is there twice; an archive has a line for each state of a record."""
    from mleg_tui.services.repeated import (  # noqa: PLC0415 - seldom asked for
        field_twice,
        repeated_field,
        repeated_keys,
    )

    found.held.file.close()
    for table, *way in repeated_keys(found.raw):
        name = "/".join((table, *way[:1]))
        problem = field_twice(way[1:]) if way[1:] else RecordTwice(f"{name} stands twice")
        yield BadRecord(name, problem, line_of(found.raw, table, way[0]) if way else None)
    for table, lines in found.content.tables.items():
        for id_, line in lines.base.items():
            twice = repeated_field(line) if id_ not in lines.over else None
            if twice is not None:
                name, number = _place(found, file, table, id_)
                yield BadRecord(name, twice, number)


def _place(found: Loaded, file: StoreFile, table: str, id_: str) -> tuple[str, int]:
    """Return the name of a record, with that of its archive if it is there, and its line."""
    name, mark = f"{table}/{id_}", found.content.archive
    if mark is None or id_ in found.content.tables[table].over:
        return name, line_of(found.raw, table, id_)
    archive = Archive(file)
    return f"{archive.path(mark).name}: {name}", archive.line_of(mark, table, id_)


def _revision(signature: Signature | None) -> str:
    return "-".join(map(str, signature)) if signature else ""
