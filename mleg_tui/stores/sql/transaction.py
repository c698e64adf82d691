"""A transaction on a database: what it changed is written at its end, what it restores at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, TypeVar, cast

from mleg_tui.services.columns import change_of, followed, turns_of
from mleg_tui.services.store import KINDS, Change, Key, Moved, Query, Record, View
from mleg_tui.stores.sql.tables import DatabaseTables, Row, computed
from mleg_tui.stores.tables import Lookup, TablesWork

if TYPE_CHECKING:
    from mleg_tui.domain.order import Order

T = TypeVar("T")
_BATCH = 500
_MOST_NAMED = 500
"""Of so many changed records the log names each."""


class DatabaseWork(TablesWork):
    """A transaction on a database."""

    def __init__(self, tables: DatabaseTables, lookup: Lookup) -> None:
        super().__init__(tables, lookup)
        self._database = tables
        self._written: dict[Key, Moved] = {}
        self._restored: set[Change] = set()
        self._is_cleared = False

    @property
    def has_written(self) -> bool:
        """Whether anything differs in the database."""
        return bool(self._written or self._restored or self._is_cleared)

    def moved(self) -> Iterator[tuple[Key, Moved]]:
        """Yield what this transaction changed so far, but for what it restored."""
        moved = dict(self._written)
        for name, (before, now) in super().moved():
            moved[name] = Moved(moved[name].before if name in moved else before, now)
        yield from moved.items()

    def clear(self) -> None:
        """Remove all there is, whatever its version; ``moved`` does not tell of it."""
        self._changes.clear()
        for kind in self._database:
            self._database.more[kind] -= self._before.count(Query(kind))
        self._database.clear()
        self._is_cleared = True

    def restore(self, records: Iterable[Record], /) -> None:
        """Put records there as they are, their versions too. Raises ``DuplicateKey``."""
        self.write_away()
        for batch in batches(records):
            for kind, same in groupby(batch, type):
                self._restore(kind, list(same))

    def write_away(self) -> None:
        """Write what was changed so far into the database."""
        moves, self._written = dict(super().moved()), dict(self.moved())
        self._database.look_up(now for before, now in moves.values() if now and not before)
        writings = {
            kind: self._database[kind].writing(records, self._before, self)
            for kind, records in self.changes.items()
        }
        for kind, writing in writings.items():
            self._database.more[kind] += self._database[kind].write(writing)
        self._changes.clear()
        self._follow(moves.values())

    def logged(self) -> frozenset[Change] | None:
        """Return what was written as the log of changes names it; ``None`` if it is too much."""
        if self._is_cleared or len(self._written) + len(self._restored) > _MOST_NAMED:
            return None
        moved = (now or before for before, now in self._written.values())
        return frozenset(change_of(one) for one in moved if one) | self._restored

    def _restore(self, kind: type[Record], records: list[Record]) -> None:
        self._database.look_up(records)
        self._database[kind].put(records, self)
        self._database.more[kind] += len(records)
        if len(self._restored) <= _MOST_NAMED:
            self._restored.update(map(change_of, records))
        self._follow(Moved(None, record) for record in records)
        self._database.forget()

    def _follow(self, moves: Iterable[Moved]) -> None:
        """Compute anew what orders have of other records that changed."""
        orders = self._database[KINDS["orders"]]
        wheres = [where for move in moves for where in followed(*move)]
        if wheres and not self._database.has_indexes:
            if not self._database.more[KINDS["orders"]]:
                return  # there are none yet
            self._database.make_indexes()
        for students in batches(where["student"] for where in wheres if "student" in where):
            for batch in batches(orders.with_values("student", students)):
                self._database.look_up(batch)
                orders.rewrite(batch, partial(_of_student, view=self))
        for where in wheres:
            if "student" not in where:
                for ids in batches(orders.ids_of(where)):
                    orders.rewrite(orders.with_values("id", ids), partial(_of_machines, view=self))


def _of_student(order: Record, view: View) -> Row:
    found = computed(order, view)
    return {name: found[name] for name in ("by_name", "words")}


def _of_machines(order: Record, view: View) -> Row:
    return {"by_turns": turns_of(cast("Order", order), view)}


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values, so many at once that it is worth while and takes little memory."""
    values = iter(values)
    while batch := list(islice(values, _BATCH)):
        yield batch
