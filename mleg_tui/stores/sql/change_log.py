"""What the last transactions changed, and how many records there were after each.

There is a row for each of the last thousand; the next one takes the place of the oldest. A row
says which records, or nothing if they were too many, and goes on counting from the row before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Insert,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.dialects import postgresql, sqlite

from mleg_tui.services.store import KINDS, Change, Record, table_name
from mleg_tui.stores.sql.layout import Layout
from mleg_tui.stores.sql.statements import Compiled, Prepared

REMEMBERED = 1_000
"""Transactions whose changes are known."""
_CHANGES = msgspec.json.Decoder(list[Change])


class Log:
    """The statements for the log of changes."""

    def __init__(self, layout: Layout, dialect: Dialect) -> None:
        self._log = log = layout.changes
        self._tables = layout.tables
        latest = (
            log.c.slot == bindparam("latest_slot", type_=BigInteger),
            log.c.revision == bindparam("latest", type_=BigInteger),
        )
        first, last = (bindparam(name, type_=BigInteger) for name in ("first", "last"))
        around = or_(
            log.c.slot.between(first, last),
            (first > last) & or_(log.c.slot >= first, log.c.slot <= last),
        )
        self._since = Prepared(
            select(log.c.records).where(
                around, log.c.revision > bindparam("since", type_=BigInteger)
            ),
            dialect,
        )
        self._counted = {
            name: Prepared(select(_number(log.c, name)).where(*latest), dialect) for name in KINDS
        }
        self._is_sqlite = dialect.name == "sqlite"
        self._latest = latest
        self._compiled = Compiled(dialect)

    def begin(self, connection: Connection, revision: int, records: str | None = None) -> None:
        """Count all records, and know of no change before a revision."""
        counts = {
            f"number_of_{name}": select(func.count()).select_from(table).scalar_subquery()
            for name, table in self._tables.items()
        }
        new = {"slot": revision % REMEMBERED, "revision": revision, "records": records}
        connection.execute(delete(self._log))
        connection.execute(insert_into(self._log).values({**new, **counts}))

    def write(
        self,
        connection: Connection,
        revision: int,
        changes: Iterable[Change] | None,
        more: Mapping[type[Record], int],
    ) -> None:
        """Write what a transaction changed, and by how many the records became more."""
        told = None if changes is None else msgspec.json.encode(sorted(changes)).decode()
        values = {
            "slot": revision % REMEMBERED,
            "revision": revision,
            "records": told,
            "latest_slot": (revision - 1) % REMEMBERED,
            "latest": revision - 1,
        }
        counts = {table_name(kind): number for kind, number in more.items() if number}
        values |= {f"more_{name}": number for name, number in counts.items()}
        names = frozenset(counts)
        written = self._compiled.get(names, partial(self._appended, names))
        if not written.run(connection, values).rowcount:
            self.begin(connection, revision, told)

    def since(self, connection: Connection, since: int, revision: int) -> frozenset[Change] | None:
        """Return what was changed after one revision up to another; ``None`` if nobody knows."""
        missed = revision - since
        if not 0 <= missed < REMEMBERED:
            return None
        slots = {"first": (since + 1) % REMEMBERED, "last": revision % REMEMBERED, "since": since}
        told = [text for (text,) in self._since.run(connection, slots).fetchall()] if missed else []
        if len(told) != missed or None in told:
            return None
        return frozenset(change for text in told for change in _CHANGES.decode(text))

    def counted(self, connection: Connection, kind: type[Record], revision: int) -> int:
        """Return how many records of a kind there are at a revision, the latest that is known."""
        values = {"latest_slot": revision % REMEMBERED, "latest": revision}
        ((number,),) = self._counted[table_name(kind)].run(connection, values).fetchall()
        return int(number)

    def _appended(self, counted: Collection[str]) -> Insert:
        """Return what writes a row in the oldest one's place, and counts on for some kinds."""
        log = self._log
        slot, revision = (bindparam(name, type_=BigInteger) for name in ("slot", "revision"))
        names = ["slot", "revision", "records", *(f"number_of_{name}" for name in KINDS)]
        counts = [
            _number(log.c, name) + bindparam(f"more_{name}", type_=BigInteger)
            if name in counted
            else _number(log.c, name)
            for name in KINDS
        ]
        insert = sqlite.insert(log) if self._is_sqlite else postgresql.insert(log)
        goes_on = select(slot, revision, bindparam("records", type_=Text), *counts)
        new = insert.from_select(names, goes_on.where(*self._latest))
        return new.on_conflict_do_update(
            index_elements=["slot"], set_={name: new.excluded[name] for name in names[1:]}
        )


def _number(columns: Any, name: str) -> Any:
    return columns[f"number_of_{name}"]
