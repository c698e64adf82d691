"""Stores move as lines of JSON, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.order import Order
from mleg_tui.domain.pesel import RealPesel
from mleg_tui.domain.verification import Verification
from mleg_tui.services.checking import Finding, Missing, NoLogin, StrangeHash, StrangeVersion
from mleg_tui.services.imports import NothingImported
from mleg_tui.services.login import WrongCredentials
from mleg_tui.services.store import Store
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import World
from mleg_tui.stores import codec, schema
from mleg_tui.stores.codec import encode
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.transfer import StoreNotEmpty, exported, restore, understood
from tests.factories import house
from tests.stores.conftest import SHARED, Locate
from tests.stores.samples import HASH, account, cancelled, every_kind, order


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """Return an export of a store with a record of each kind, one of them at version 3."""
    store = MemoryStore()
    store.transact(lambda work: [work.add(record) for record in every_kind()])
    store.transact(lambda work: [work.add(account(login)) for login in ("anna", "kontroler")])
    store.transact(lambda work: work.add(order("AGH-2")))
    for _ in range(2):
        store.transact(lambda work: work.save(work.get(Order, "AGH-2")))
    return export(store)


def export(store: Store) -> list[bytes]:
    return store.read(lambda view: list(exported(view)))


def put(store: Store, lines: list[bytes], *, replacing: bool = False) -> None:
    store.transact(lambda work: restore(work, understood(lines), replacing=replacing))


@pytest.fixture
def stores(locate: Locate, tmp_path: Path) -> Iterator[list[Store]]:
    opened: list[Store] = [open_store(locate(adapter, tmp_path)) for adapter in SHARED]
    yield opened
    for store in opened:
        store.close()


def test_a_round_trip_through_all_stores_is_exact(stores: list[Store], lines: list[bytes]) -> None:
    moved = lines
    for store in stores:
        put(store, moved)
        moved = export(store)
    assert moved == lines
    assert [s.read(lambda view: view.get(Order, "AGH-2")).version for s in stores] == [3, 3, 3]


def test_what_was_moved_can_be_changed_and_replaced(store: Store, lines: list[bytes]) -> None:
    put(store, lines)
    store.transact(lambda work: work.save(cancelled(work.get(Order, "AGH-2"))))
    store.transact(lambda work: work.add(order("AGH-3")))
    assert store.read(lambda view: view.get(Order, "AGH-2")).version == 4
    put(store, lines, replacing=True)
    assert export(store) == lines


@pytest.mark.parametrize(("minutes", "is_there"), [(2, True), (3, False)])
def test_what_was_shared_is_not_exported_when_its_minutes_are_over(
    *, minutes: int, is_there: bool
) -> None:
    now = datetime.now(UTC) + timedelta(minutes=3 - minutes)
    (check,) = (one for one in every_kind() if isinstance(one, Verification))
    shared = replace(check, asked_at=now, ends_at=now)
    timeline = Timeline(anchor=datetime.now(UTC), real=datetime.now(UTC))
    store = MemoryStore()
    store.transact(lambda work: [work.add(shared), work.add(World(timeline=timeline, seed=7))])
    (line,) = (line for line in export(store) if b'"verifications"' in line)
    assert (json.loads(line)["record"]["document"] is not None) is is_there
    assert (b"Nowak" in line) is is_there


def test_a_store_that_holds_something_is_not_overwritten(store: Store, lines: list[bytes]) -> None:
    store.transact(lambda work: work.add(order("AGH-9")))
    before = export(store)
    with pytest.raises(StoreNotEmpty):
        put(store, lines)
    assert export(store) == before


def test_the_header_says_what_follows(lines: list[bytes]) -> None:
    assert json.loads(lines[0]) == {
        "format": "mleg-tui-export",
        "version": 1,
        "schema": schema.CURRENT,
        "records": len(lines) - 1,
    }
    assert {frozenset(json.loads(line)) for line in lines[1:]} == {frozenset({"table", "record"})}


def test_spaces_and_a_byte_order_mark_do_not_matter(lines: list[bytes]) -> None:
    spaced = [b"\xef\xbb\xbf" + lines[0], *(line.replace(b": ", b":") for line in lines[1:])]
    assert list(understood(spaced)) == list(understood(lines))


def refused(lines: list[bytes]) -> list[tuple[object, object]]:
    with pytest.raises(NothingImported) as refusal:
        list(understood(lines))
    return [(bad.details["line"], bad.details["problem"]) for bad in refusal.value.reasons]


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"{",
        b'{"table": "orders", "record": {}}',
        b'{"format": "x", "version": 1, "schema": 1, "records": 0}',
        b'{"format": "mleg-tui-export", "version": 2, "schema": 1, "records": 0}',
        b'{"format": "mleg-tui-export", "version": 1, "schema": 99, "records": 0}',
    ],
)
def test_a_strange_header(header: bytes, lines: list[bytes]) -> None:
    assert [line for line, _ in refused([header, *lines[1:]])] == [1]


def test_every_bad_line_is_told_with_its_number(lines: list[bytes]) -> None:
    bad = [*lines, b"", b"{", b'{"table": "orders", "record": {"id": 1}}', lines[1]]
    assert [line for line, _ in refused(bad)] == [len(lines) + n for n in (1, 2, 3, 4)]


def test_lines_are_read_when_their_records_are_wanted(lines: list[bytes]) -> None:
    taken: list[bytes] = []

    def watched() -> Iterator[bytes]:
        for line in lines:
            taken.append(line)
            yield line

    records = understood(watched())
    for number in (1, 2, 3):
        next(records)
        assert len(taken) == number + 1


def test_an_export_that_was_sorted_anew_is_as_good(
    lines: list[bytes], store: Store, stores: list[Store]
) -> None:
    put(store, [lines[0], *reversed(lines[1:])])
    assert export(store) == lines
    number, changed = edited([lines[0], *reversed(lines[1:])], "orders", student="ghost")
    ((line, problem),) = refused(changed)
    assert line == number
    assert isinstance(problem, Missing)
    assert stores


def test_a_record_that_stands_twice_is_told_wherever_it_stands(lines: list[bytes]) -> None:
    spaced = [line.replace(b": ", b":") for line in lines[1:]]
    twice = [line for line, _ in refused([*lines, *spaced])]
    assert twice == list(range(len(lines) + 1, 2 * len(lines)))


def test_a_record_that_is_none_is_told_with_its_line(lines: list[bytes]) -> None:
    number = next(n for n, line in enumerate(lines, 1) if b'"PENDING", "history"' in line)
    lines = list(lines)
    lines[number - 1] = lines[number - 1].replace(b'"PENDING", "history"', b'"LOST", "history"')
    ((line, problem),) = refused(lines)
    assert line == number
    assert "orders/AGH-2" in str(problem)


def test_a_real_pesel_is_refused(lines: list[bytes]) -> None:
    real = [line.replace(b"44051401350", b"44051401359") for line in lines]
    problems = refused(real)
    assert any(isinstance(problem, RealPesel) for _, problem in problems)


def test_a_file_that_was_cut_is_refused(lines: list[bytes]) -> None:
    assert [line for line, _ in refused(lines[:-1])] == [len(lines)]


def edited(lines: list[bytes], table: str, **changes: object) -> tuple[int, list[bytes]]:
    """Return the lines with the first record of a table changed, and its number."""
    for number, line in enumerate(lines[1:], start=2):
        document = json.loads(line)
        if document["table"] == table:
            document["record"] |= changes
            text = json.dumps(document, ensure_ascii=False).encode()
            return number, [*lines[: number - 1], text, *lines[number:]]
    raise AssertionError(table)


DOCUMENT = {**encode(every_kind()[6])["document"], "order": "ghost"}


@pytest.mark.parametrize(
    ("table", "changes", "told"),
    [
        ("students", {"university": "ghost"}, "universities/ghost"),
        ("accounts", {"university": "ghost"}, "universities/ghost"),
        ("accounts", {"role": "STUDENT", "student": "ghost"}, "students/ghost"),
        ("orders", {"student": "ghost"}, "students/ghost"),
        ("orders", {"university": "ghost"}, "universities/ghost"),
        ("dues", {"student": "ghost"}, "students/ghost"),
        ("payments", {"student": "ghost"}, "students/ghost"),
        ("bank_accounts", {"student": "ghost"}, "students/ghost"),
        ("phones", {"owner": "ghost"}, "accounts/ghost"),
        ("phones", {"document": DOCUMENT}, "orders/ghost"),
        ("verifications", {"inspector": "ghost"}, "accounts/ghost"),
        ("verifications", {"document": DOCUMENT, "validity": "VALID"}, "orders/ghost"),
    ],
)
def test_a_record_that_names_one_that_is_not_there_is_refused(
    lines: list[bytes], table: str, changes: dict[str, object], told: str
) -> None:
    number, changed = edited(lines, table, **changes)
    ((line, problem),) = refused(changed)
    assert line == number
    assert isinstance(problem, Missing)
    assert problem.details["other"] == told


@pytest.mark.parametrize(
    ("table", "changes", "kind"),
    [
        ("students", {"version": 0}, StrangeVersion),
        ("orders", {"version": 2_000_000_000}, StrangeVersion),
        ("accounts", {"password_hash": HASH.replace("m=8", "m=4194304")}, StrangeHash),
        ("accounts", {"password_hash": HASH.replace("t=1", "t=100")}, StrangeHash),
        ("phones", {"password_hash": "nonsense"}, StrangeHash),
    ],
)
def test_a_record_that_is_good_for_nothing_is_refused(
    lines: list[bytes], table: str, changes: dict[str, object], kind: type[Finding]
) -> None:
    number, changed = edited(lines, table, **changes)
    ((line, problem),) = refused(changed)
    assert (line, type(problem)) == (number, kind)


@pytest.mark.parametrize("id_", ["Jan.Iksinski", "../../etc", "jan iksinski", ".jan", "x" * 65])
def test_an_account_that_nobody_could_log_into_is_refused(lines: list[bytes], id_: str) -> None:
    other = [line.replace(b'"kontroler"', json.dumps(id_).encode()) for line in lines]
    ((_, problem),) = refused(other)
    assert isinstance(problem, NoLogin)


def test_a_number_out_of_all_bounds_is_refused(lines: list[bytes]) -> None:
    for version in (10**30, 2**31, -1):
        number, changed = edited(lines, "orders", version=version)
        ((line, problem),) = refused(changed)
        assert line == number
        assert "orders/AGH-1" in str(problem)


def test_a_key_that_stands_twice_is_refused(lines: list[bytes]) -> None:
    twice = [line.replace(b'"record": {', b'"record": {"version": 7, ', 1) for line in lines]
    assert [line for line, _ in refused(twice)] == list(range(2, len(lines) + 1))[:20]


def test_an_export_of_a_store_that_was_served_can_be_imported(lines: list[bytes]) -> None:
    usos = house()
    login = usos.services.login
    for source in ("192.0.2.7", ""):
        with pytest.raises(WrongCredentials):
            login.sign_in("anna nowak", "wrong", source)
        login.sign_in("anna.nowak", "demo", source)
    kept = {one.id for one in usos.services.store.read(lambda view: view.select(LoginAttempts))}
    assert kept == {"anna_nowak 192.0.2.7", "anna.nowak 192.0.2.7", "anna_nowak"}
    assert list(understood(export(usos.services.store)))
    _, older = edited(lines, "login_attempts", id="anna.nowak\n192.0.2.7")
    assert list(understood(older))


def test_an_export_without_its_world_is_refused(lines: list[bytes]) -> None:
    rest = [line for line in lines if b'"table": "worlds"' not in line]
    fewer = rest[0].replace(b'"records": %d' % (len(lines) - 1), b'"records": %d' % (len(rest) - 1))
    ((line, problem),) = refused([fewer, *rest[1:]])
    assert line == 1
    assert "worlds/world" in str(problem)


def test_an_unknown_table_is_refused(lines: list[bytes]) -> None:
    other = [line.replace(b'"table": "students"', b'"table": "pupils"') for line in lines]
    assert [str(problem) for _, problem in refused(other)] == ["pupils/anna: unknown table"]


def test_an_export_of_an_older_schema_is_brought_to_todays(
    lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(table: str, document: codec.Document) -> Iterator[tuple[str, codec.Document]]:
        if table == "students":
            document["first_name"] = document["first_name"].upper()
        yield table, document

    monkeypatch.setattr(schema, "MIGRATIONS", {schema.CURRENT: rename})
    monkeypatch.setattr(schema, "CURRENT", schema.CURRENT + 1)
    today = list(understood(lines))
    monkeypatch.undo()
    students = [record for record in today if record.id == "anna" and hasattr(record, "first_name")]
    assert students == [replace(students[0], first_name="ANNA")]
