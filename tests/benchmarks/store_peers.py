"""What ``store`` measures: our stores, and what they are built on, each used at its best."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import psycopg
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from mleg_tui.compose import open_store
from mleg_tui.domain.order import AGENT, Command, Order, transition
from mleg_tui.services.store import Work
from mleg_tui.stores.codec import encode
from tests.stores.samples import NOW

_LATER = {"at": "2026-10-05T07:00:00Z", "actor": {"kind": "AGENT", "login": None}, "reason": None}


def handed_over(document: dict[str, Any]) -> dict[str, Any]:
    """Return the order's document after the hand-over, as somebody without a domain makes it."""
    assert document["status"] == "PENDING"
    entry = {**_LATER, "status": "IN_PROGRESS"}
    return {
        **document,
        "status": "IN_PROGRESS",
        "history": [*document["history"], entry],
        "version": document["version"] + 1,
    }


class Peer(Protocol):
    """A store of orders whose ids are numbers. Orders are handed over once each."""

    def fill(self, orders: Iterable[Order]) -> None: ...
    def open(self) -> None: ...
    def hand_over(self, ids: Iterable[str]) -> None: ...
    def by_status(self, status: str) -> int: ...
    def by_student(self, student: str) -> int: ...
    def all(self) -> int: ...
    def close(self) -> None: ...


class Ours:
    """One of our stores, through the port."""

    def __init__(self, url: str) -> None:
        self._url = url

    def fill(self, orders: Iterable[Order]) -> None:
        self.open()
        self._store.transact(lambda work: [work.add(order) for order in orders])

    def open(self) -> None:
        self._store = open_store(self._url)
        self._store.read(lambda view: view.find(Order, "000000"))

    def hand_over(self, ids: Iterable[str]) -> None:
        def change(work: Work) -> None:
            for id_ in ids:
                seen = work.get(Order, id_)
                work.save(transition(seen, Command.HAND_OVER, by=AGENT, at=NOW))

        self._store.transact(change)

    def by_status(self, status: str) -> int:
        return len(self._store.read(lambda view: view.select(Order, status=status)))

    def by_student(self, student: str) -> int:
        return len(self._store.read(lambda view: view.select(Order, student=student)))

    def all(self) -> int:
        return len(self._store.read(lambda view: view.select(Order)))

    def close(self) -> None:
        self._store.close()


class StockTinyDb:
    """TinyDB as it comes, with its own ids, which it finds fastest."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fill(self, orders: Iterable[Order]) -> None:
        self._db = TinyDB(self._path)
        documents = ({**encode(order), "version": 1} for order in orders)
        self._orders.insert_multiple(
            Document(document, int(document["id"])) for document in documents
        )

    def open(self) -> None:
        self._db = TinyDB(self._path)
        self._orders.get(doc_id=0)

    def hand_over(self, ids: Iterable[str]) -> None:
        def change(document: Any) -> None:
            document.update(handed_over(document))

        self._orders.update(change, doc_ids=[int(id_) for id_ in ids])

    def by_status(self, status: str) -> int:
        return len(self._orders.search(where("status") == status))

    def by_student(self, student: str) -> int:
        return len(self._orders.search(where("student") == student))

    def all(self) -> int:
        return len(self._orders.all())

    def close(self) -> None:
        self._db.close()

    @property
    def _orders(self) -> Table:
        return self._db.table("orders", cache_size=0)


class BareSql:
    """A table for orders, and the statements that are needed, on a database's own driver.

    Its transactions are worth as much as ours: each counts itself in one row, so that others can
    find out that something changed, and ``tell`` is evaluated to let them know.
    """

    def __init__(self, connect: Callable[[], Any], begin: str, mark: str, tell: str) -> None:
        self._connect = connect
        self._begin = begin
        self._mark = mark
        self._count = f"UPDATE bare_revision SET number = number + 1 RETURNING {tell}"  # noqa: S608

    def fill(self, orders: Iterable[Order]) -> None:
        self._connection = self._connect()
        columns = "id text PRIMARY KEY, version int, doc text, student text, status text"
        for statement in (
            f"CREATE TABLE bare ({columns})",
            "CREATE INDEX bare_student ON bare (student)",
            "CREATE INDEX bare_status ON bare (status)",
            "CREATE TABLE bare_revision (number bigint)",
            "INSERT INTO bare_revision VALUES (0)",
        ):
            self._connection.execute(statement)
        self._run(self._begin)
        rows = [
            (order.id, 1, json.dumps({**encode(order), "version": 1}), order.student, order.status)
            for order in orders
        ]
        insert = "INSERT INTO bare VALUES (?, ?, ?, ?, ?)".replace("?", self._mark)
        self._connection.cursor().executemany(insert, rows)
        self._run("COMMIT")

    def open(self) -> None:
        self._connection = self._connect()
        self._run("SELECT doc FROM bare WHERE id = ?", "000000").fetchone()

    def hand_over(self, ids: Iterable[str]) -> None:
        self._run(self._begin)
        self._run(self._count).fetchone()
        for id_ in ids:
            text, version = self._run("SELECT doc, version FROM bare WHERE id = ?", id_).fetchone()
            document = handed_over(json.loads(text))
            done = self._run(
                "UPDATE bare SET version = ?, doc = ?, status = ? WHERE id = ? AND version = ?",
                *(version + 1, json.dumps(document), document["status"], id_, version),
            )
            assert done.rowcount == 1
        self._run("COMMIT")

    def by_status(self, status: str) -> int:
        return self._documents("SELECT doc FROM bare WHERE status = ? ORDER BY id", status)

    def by_student(self, student: str) -> int:
        return self._documents("SELECT doc FROM bare WHERE student = ? ORDER BY id", student)

    def all(self) -> int:
        return self._documents("SELECT doc FROM bare ORDER BY id")

    def close(self) -> None:
        self._connection.close()

    def _documents(self, statement: str, *values: object) -> int:
        rows = self._run(statement, *values).fetchall()
        return len([json.loads(text) for (text,) in rows])

    def _run(self, statement: str, *values: object) -> Any:
        return self._connection.execute(statement.replace("?", self._mark), values)


def bare_sqlite(path: Path) -> BareSql:
    """Return SQLite with the settings of our own store."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    return BareSql(connect, "BEGIN IMMEDIATE", "?", "number")


def bare_psycopg(url: str) -> BareSql:
    """Return PostgreSQL by psycopg alone."""
    tell = "number, pg_notify('bare', '')"
    return BareSql(lambda: psycopg.connect(url, autocommit=True), "BEGIN", "%s", tell)
