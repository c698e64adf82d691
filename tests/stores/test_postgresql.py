"""What only a server can do to us: be elsewhere, be gone, come back, refuse."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

import psycopg
import pytest
from sqlalchemy import Connection, make_url

from mleg_tui.compose import open_store
from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.order import Order
from mleg_tui.locale import message_of
from mleg_tui.services.store import (
    Store,
    StoreBusy,
    StoreCorrupt,
    StoreForeign,
    StoreTooNew,
    View,
)
from mleg_tui.stores.sql.postgresql import StoreUnreachable, postgresql_store
from mleg_tui.stores.sql.store import StoreUncertain
from tests.stores.postgres import Server
from tests.stores.processes import BURN, counted, go, lost, output, process, told
from tests.stores.samples import order
from tests.stores.writer import changed, place

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
CHANGES = 1000 if BURN else 150


@pytest.fixture
def url(server: Server, tmp_path: Path) -> str:
    return server.url(tmp_path)


def test_a_change_is_seen_elsewhere_soon(url: str, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("here", "there")]
    with closing(open_store(url)) as office:
        changed(office, place("first", "anna"))
        with process("watcher", url, 10, home=homes[1]) as student:
            delays = []
            for number in range(10):
                changed(office, place(f"o{number}", "anna"))
                made = time.monotonic()
                delays.append(float(output(student).readline()) - made)
    sys.stdout.write(f"seen elsewhere after {median(delays):.3f} s, at most {max(delays):.3f} s\n")
    assert max(delays) < 0.3


def test_a_restart_in_the_middle_does_everything_once(url: str, server: Server) -> None:
    with ExitStack() as stack:
        each = CHANGES // 3
        writers = [stack.enter_context(process("writer", url, f"p{n}", each)) for n in range(2)]
        for writer in writers:
            go(writer)
        begun: list[str] = []
        for mode in ("fast", "immediate"):
            begun += [output(writer).readline().strip() for writer in writers]
            server.stop(mode)
            server.start()
        acknowledged = told(writers)
    assert lost(url, acknowledged + begun) == []
    assert counted(url) == 2 * (each + each // 2)


@pytest.mark.parametrize("outcome", ["committed", "rolled back"])
def test_a_commit_whose_answer_is_lost_happens_once(
    url: str, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    commit = Connection.commit
    lines: list[str] = []

    def lose_the_answer(connection: Connection) -> None:
        monkeypatch.setattr(Connection, "commit", commit)
        if outcome == "committed":
            commit(connection)
        connection.invalidate()
        raise psycopg.OperationalError

    with closing(open_store(url)) as store:
        changed(store, place("first", "anna"))
        monkeypatch.setattr(Connection, "commit", lose_the_answer)
        lines.append(changed(store, place("second", "anna")))
        assert store.revision() == "2"
    assert lines == ["placed second"]
    assert counted(url) == 2


@pytest.mark.parametrize("kind", [psycopg.OperationalError, psycopg.DatabaseError])
def test_a_line_that_broke_is_tried_again(
    url: str, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    commit = Connection.commit

    def break_off(connection: Connection) -> None:
        monkeypatch.setattr(Connection, "commit", commit)
        connection.invalidate()
        raise kind

    with closing(open_store(url)) as store:
        changed(store, place("first", "anna"))
        monkeypatch.setattr(Connection, "commit", break_off)
        assert changed(store, place("second", "anna")) == "placed second"
    assert counted(url) == 2


def test_a_restart_is_not_noticed_by_who_reads(url: str, server: Server) -> None:
    with closing(open_store(url)) as store:
        changed(store, place("first", "anna"))
        assert store.revision() == "1"
        server.stop()
        server.start()
        assert store.read(lambda view: view.get(Order, "first")).student == "anna"
        assert store.revision() == "1"


@pytest.fixture
def impatient(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give a store that takes a second of silence for too much."""
    monkeypatch.setattr("mleg_tui.stores.sql.postgresql.NET_SECONDS", 0)
    with closing(postgresql_store(url, timeout=0.1)) as store:
        changed(store, place("first", "anna"))
        yield store


@on_linux
def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    impatient: Store, server: Server
) -> None:
    with server.stopped():
        with pytest.raises(StoreUnreachable) as refusal:
            impatient.read(lambda view: view.find(Order, "first"))
        assert "serwer nie odpowiada" in message_of(refusal.value)
        with pytest.raises(StoreUnusable):
            changed(impatient, place("second", "anna"))
    assert changed(impatient, place("third", "anna")) == "placed third"


@on_linux
def test_a_commit_that_a_silent_server_has_taken_is_uncertain(
    impatient: Store, server: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Connection.commit
    with ExitStack() as stack:

        def commit_in_silence(connection: Connection) -> None:
            stack.enter_context(server.stopped())
            commit(connection)

        monkeypatch.setattr(Connection, "commit", commit_in_silence)
        with pytest.raises(StoreUncertain):
            changed(impatient, place("second", "anna"))
    monkeypatch.setattr(Connection, "commit", commit)
    assert changed(impatient, place("third", "anna")) == "placed third"
    assert counted(url) in (2, 3)


@on_linux
def test_who_waits_for_a_silent_server_does_not_hold_up_the_end(url: str, server: Server) -> None:
    reads, is_stopped = threading.Event(), threading.Event()
    with closing(open_store(url)) as store, ThreadPoolExecutor(1) as threads:
        changed(store, place("first", "anna"))
        store.revision()  # from now on another thread listens

        def ask(view: View) -> object:
            reads.set()
            is_stopped.wait()
            return view.find(Order, "first")

        reading = threads.submit(store.read, ask)
        reads.wait()
        with server.stopped():
            is_stopped.set()
            began = time.monotonic()
            store.close()
            with pytest.raises(StoreUnreachable):
                reading.result()
            assert time.monotonic() - began < 3


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with closing(open_store(f"postgresql://u:secret@/x?host={tmp_path}")) as store:
        with pytest.raises(StoreUnreachable) as refusal:
            store.read(lambda view: view.find(Order, "x"))
        with pytest.raises(StoreUnreachable):
            store.transact(lambda work: work.find(Order, "x"))
        with pytest.raises(StoreUnreachable):
            store.revision()
    assert "secret" not in message_of(refusal.value)


@pytest.mark.parametrize("part", ["database", "username"])
def test_a_door_that_is_not_opened(url: str, part: str) -> None:
    whole = {"username": "postgres", "database": "postgres", part: "nobody"}
    wrong = (
        make_url(url)
        .set(username=whole["username"], database=whole["database"], password="secret")
        .render_as_string(hide_password=False)
    )
    with closing(open_store(wrong)) as store, pytest.raises(StoreUnreachable) as refusal:
        store.read(lambda view: view.find(Order, "x"))
    assert "nobody" in message_of(refusal.value)
    assert "secret" not in message_of(refusal.value)


def test_a_url_that_is_none() -> None:
    with pytest.raises(StoreUnusable):
        open_store("postgresql:[")


def test_passwords_are_not_shown() -> None:
    with closing(open_store("postgresql://u:secret@h/x?password=other")) as store:
        assert store.place == "postgresql://u:***@h/x"


def test_others_may_have_tables_beside_ours(url: str, server: Server) -> None:
    with closing(open_store(url)) as store:
        _run(server, url, "CREATE TABLE notes (id text)")
        changed(store, place("first", "anna"))
        assert store.read(lambda view: view.find(Order, "first")) is not None


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        ("UPDATE mleg_meta SET format = 'x'", StoreForeign),
        ("DELETE FROM mleg_meta", StoreForeign),
        ("UPDATE mleg_meta SET schema_version = 99", StoreTooNew),
        ("UPDATE mleg_orders SET doc = '{'", StoreCorrupt),
        ("DROP TABLE mleg_orders", StoreCorrupt),
        ("DROP TABLE mleg_meta", StoreCorrupt),
    ],
)
def test_damage_is_named(url: str, server: Server, damage: str, error: type[StoreUnusable]) -> None:
    with closing(open_store(url)) as store:
        changed(store, place("first", "anna"))
        _run(server, url, damage)
        with pytest.raises(error):
            store.read(lambda view: view.find(Order, "first"))
        with pytest.raises(error):
            store.transact(lambda work: work.find(Order, "first"))


def test_a_writer_that_holds_on_too_long(url: str) -> None:
    with closing(open_store(url)) as one, closing(postgresql_store(url, timeout=0.1)) as two:
        changed(one, place("first", "anna"))

        def wait_for_another(_: object) -> None:
            two.transact(lambda work: work.add(order("second")))

        with pytest.raises(StoreBusy):
            one.transact(wait_for_another)
        changed(two, place("third", "anna"))


def _run(server: Server, url: str, statement: str) -> None:
    schema = make_url(url).query["options"]
    with server.connect() as connection:
        connection.execute(f"SET search_path = {str(schema).removeprefix('-csearch_path=')}")
        connection.execute(statement)
