"""Records in a database as the port's views see them, and their way back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from mleg_tui.services.columns import SEARCHED, are_named_alike, columns_of, looked_up, words_of
from mleg_tui.services.mistakes import NotUtf8
from mleg_tui.services.repeated import repeated_field
from mleg_tui.services.store import INDEXED, DuplicateKey, Record, View, table_name
from mleg_tui.stores.codec import BadDocument, checked_line, from_line
from mleg_tui.stores.sql.ddl import Ddl
from mleg_tui.stores.sql.layout import ID, key, value_of
from mleg_tui.stores.sql.statements import Prepared, Statements
from mleg_tui.stores.tables import Table

_BATCH = 500

Row = dict[str, object]


class SomebodyElseWrote(Exception):
    """A record is not what it was at the transaction's beginning, though nobody else may write."""


@dataclass(slots=True)
class Writing:
    """The rows of one kind that are written; those that change by the columns that do."""

    changes: Mapping[str, Record | None]
    gone: list[Row] = field(default_factory=list)
    changed: defaultdict[tuple[str, ...], list[Row]] = field(
        default_factory=lambda: defaultdict(list)
    )
    new: list[Row] = field(default_factory=list)


class DatabaseTable(Table):
    """The records of one kind as one database transaction sees them."""

    to_key = staticmethod(key)
    from_key = staticmethod(value_of)

    def __init__(self, kind: type[Record], statements: Statements, connection: Connection) -> None:
        self._kind = kind
        self._statements = statements
        self._connection = connection
        self._known: dict[str, Record | None] = {}
        self._knows_all = False

    def find(self, id: str, /) -> Record | None:
        """Return a record, or ``None`` if there is none. Raises ``BadDocument``."""
        if id not in self._known and not self._knows_all:
            found = self._statements.find.run(self._connection, {"old_id": self.to_key(id)})
            line = found.fetchone()
            self._known[id] = None if line is None else self._record(id, line[0])
        return self._known.get(id)

    def select(self, equal: Mapping[str, str], /) -> Mapping[str, Record]:
        """Return the records with these values in indexed fields by id; all, if none is given."""
        values = {field: self.to_key(value) for field, value in equal.items()}
        rows = self._statements.select(tuple(equal)).run(self._connection, values)
        found = {
            (id_ := self._id(kept)): self._known.get(id_) or self._record(id_, line)
            for kept, line in rows
        }
        self._known |= found
        self._knows_all = self._knows_all or not equal
        return found

    def many(self, ids: Iterable[str], /) -> Mapping[str, Record]:
        """Return the records that there are of some ids."""
        ids = dict.fromkeys(ids)
        unknown = [] if self._knows_all else [id_ for id_ in ids if id_ not in self._known]
        if unknown:
            self._known |= dict.fromkeys(unknown)
            self._known |= {one.id: one for one in self.with_values(ID, unknown)}
        found = ((id_, self._known.get(id_)) for id_ in ids)
        return {id_: record for id_, record in found if record is not None}

    def stream(self) -> Iterator[Record]:
        """Yield all records in the order of their ids, few of them in memory at once."""
        for kept, line in self.lines():
            yield self._record(self._id(kept), line)

    def unreadable(self) -> Iterator[BadDocument]:
        """Yield what is wrong with each record that cannot be read."""
        for kept, line in self.lines():
            try:
                self._record(self._id(kept), line)
            except BadDocument as error:
                yield error

    def repeated(self) -> Iterator[BadDocument]:
        """Yield what is wrong with each record that has a field twice."""
        for kept, line in self.lines():
            problem = repeated_field(line)
            if problem is not None:
                yield BadDocument(table_name(self._kind), self._id(kept), problem)

    def with_values(self, name: str, values: Iterable[str]) -> Iterator[Record]:
        """Yield the records that have one of some values in a column; they are not kept here."""
        rows = self._statements.among(self._connection, name, map(self.to_key, values))
        return (self._record(self._id(kept), line) for kept, line in rows)

    def ids_of(self, equal: Mapping[str, str]) -> Iterator[str]:
        """Yield the ids of the records with these values in columns."""
        values = {name: self.to_key(value) for name, value in equal.items()}
        rows = self._statements.ids(tuple(equal)).run(self._connection, values).fetchall()
        return (self._id(kept) for (kept,) in rows)

    def writing(self, changes: Mapping[str, Record | None], before: View, after: View) -> Writing:
        """Return what has to be written for what a transaction did to records of this kind.

        Columns follow from what the views show of other records.
        """
        writing = Writing(changes)
        for id_, record in changes.items():
            old = self.find(id_)
            if record is None:
                writing.gone += [_named(old)] if old else []
            elif old is None:
                writing.new.append(row(record, after))
            else:
                named = not are_named_alike(old, record)
                moved = _moved(
                    computed(old, before, named=named), computed(record, after, named=named)
                )
                names = ("version", "doc", *moved)
                writing.changed[names].append({**_kept(record), **moved, **_named(old)})
        return writing

    def write(self, writing: Writing) -> int:
        """Write it. Returns by how many the records became more. Raises ``SomebodyElseWrote``."""
        self._run(self._statements.delete, writing.gone)
        for names, rows in writing.changed.items():
            self._run(self._statements.update(names), rows)
        self._run(self._statements.insert, writing.new)
        self._known |= writing.changes
        return len(writing.new) - len(writing.gone)

    def put(self, records: Sequence[Record], view: View) -> None:
        """Write new records as they are. Raises ``DuplicateKey``."""
        ids = [record.id for record in records]
        taken = self.many(ids) if len(set(ids)) == len(ids) else {_first_twice(ids): None}
        if taken:
            raise DuplicateKey(id=next(iter(taken)))
        self._run(self._statements.insert, [row(record, view) for record in records])
        self.forget()

    def rewrite(self, records: Iterable[Record], compute: Callable[[Record], Row]) -> None:
        """Write what some columns of records are now that others changed."""
        rows = [{**compute(record), **_named(record)} for record in records]
        if rows:
            names = tuple(name for name in rows[0] if not name.startswith("old_"))
            self._run(self._statements.update(names), rows)

    def forget(self) -> None:
        """Let go of the records that are known."""
        self._known.clear()
        self._knows_all = False

    def lines(self) -> Iterator[tuple[Any, Any]]:
        """Yield ids and documents as they are kept, in the order of the ids."""
        last: object = None
        rows: list[Any] = [("",)]
        while rows:
            values = {"least": rows[-1][0], "most": _BATCH}
            found = self._statements.batch.run(self._connection, values).fetchall()
            rows = [row for row in found if row[0] != last]
            yield from rows
            last = rows[-1][0] if rows else None

    def _run(self, statement: Prepared, rows: list[Row]) -> None:
        if rows and statement.run_many(self._connection, rows) not in (len(rows), -1):
            raise SomebodyElseWrote

    def _record(self, id_: str, line: object) -> Record:
        if not isinstance(line, str):
            raise self._no_text(id_)
        return from_line(self._kind, id_, line.encode())

    def _id(self, kept: object) -> str:
        """Return what ``layout.key`` was made of."""
        if not isinstance(kept, str):
            raise self._no_text(repr(kept))
        return self.from_key(kept)

    def _no_text(self, name: str) -> BadDocument:
        """Return the error for a column that holds no text; SQLite's may hold anything."""
        return BadDocument(table_name(self._kind), name, NotUtf8("no text"))


class DatabaseTables(Mapping[type[Record], DatabaseTable]):
    """All tables as one database transaction sees them; most transactions need one or two."""

    def __init__(
        self,
        statements: Mapping[type[Record], Statements],
        connection: Connection,
        table: type[DatabaseTable] = DatabaseTable,
        *,
        ddl: Ddl | None = None,
        has_indexes: bool = True,
    ) -> None:
        self._statements = statements
        self.connection = connection
        self._table = table
        self._ddl = ddl
        self.has_indexes = has_indexes
        """Whether the indexes are there; new tables get them when they are filled."""
        self._tables: dict[type[Record], DatabaseTable] = {}
        self.more: Counter[type[Record]] = Counter()
        """Kind → by how many records it became more in this transaction."""

    def __getitem__(self, kind: type[Record]) -> DatabaseTable:
        table = self._tables.get(kind)
        if table is None:
            table = self._table(kind, self._statements[kind], self.connection)
            self._tables[kind] = table
        return table

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)

    def make_indexes(self) -> None:
        """Make the indexes, unless they are there."""
        if self._ddl is not None and not self.has_indexes:
            self._ddl.make_indexes(self.connection)
        self.has_indexes = True

    def clear(self) -> None:
        """Remove all records."""
        if self._ddl is not None:
            self._ddl.clear(self.connection)
        self.has_indexes = False
        self.forget()

    def run(self, statement: Prepared, values: Mapping[str, object]) -> Any:
        """Run a statement and return the driver's cursor."""
        return statement.run(self.connection, values)

    def look_up(self, records: Iterable[Record]) -> None:
        """Find at once what the columns of all these records are computed from."""
        ids: defaultdict[type[Record], set[str]] = defaultdict(set)
        for record in records:
            for kind, id_ in looked_up(record):
                ids[kind].add(id_)
        for kind, wanted in ids.items():
            self[kind].many(wanted)

    def forget(self) -> None:
        """Let go of all records that are known."""
        for table in self._tables.values():
            table.forget()


def row(record: Record, view: View) -> Row:
    """Return a record as a row of its kind's table; columns follow from what a view shows."""
    return {"id": key(record.id), **_kept(record), **computed(record, view)}


def _kept(record: Record) -> Row:
    return {"version": record.version, "doc": checked_line(record).decode()}


def computed(record: Record, view: View, *, named: bool = True) -> dict[str, str]:
    """Return what is kept beside a record to find it by, or all but its name and words."""
    name = table_name(type(record))
    fields = {field: getattr(record, field) for field in INDEXED.get(name, ())}
    fields |= columns_of(record, view, named=named)
    found = {f"by_{field}": key(value) for field, value in fields.items()}
    if named and name in SEARCHED:
        found["words"] = "".join(f" {key(word)}" for word in words_of(record, view))
    return found


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in after.items() if before[name] != value}


def _named(record: Record) -> Row:
    return {"old_id": key(record.id), "old_version": record.version}


def _first_twice(ids: Sequence[str]) -> str:
    return next(id_ for number, id_ in enumerate(ids) if id_ in ids[:number])
