"""What the default store's file has no room for is beside it, and as safe as the file."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mleg_tui.cli import main
from mleg_tui.domain.order import Order
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.recovery import Recovery
from mleg_tui.services.store import StoreCorrupt, StoreFull, StoreRecoverable, Work
from mleg_tui.stores import codec, schema
from mleg_tui.stores.tinydb import TinyDbStore, archive
from mleg_tui.stores.tinydb.database import Database
from mleg_tui.stores.tinydb.files import StoreFile
from mleg_tui.stores.tinydb.storage import FileStorage
from tests.stores.at_file import add, look, untouched
from tests.stores.processes import go, lost, output, process, told
from tests.stores.samples import NOW, cancelled, order

ROOM = 3_000
"""Bytes: four orders, of which two stay."""


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ROOM", ROOM)
    monkeypatch.setattr(archive, "_FEW", 10)


@pytest.fixture
def stored(path: Path, tinydb: TinyDbStore) -> TinyDbStore:
    """Return a store of twenty orders, most of them in its archive."""
    fill(tinydb)
    assert path.stat().st_size < 2 * ROOM
    return tinydb


def fill(store: TinyDbStore, count: int = 20) -> None:
    for number in range(count):
        add(store, f"AGH-{number:02}")


def ids(count: int) -> list[str]:
    return [f"AGH-{number:02}" for number in range(count)]


def archives(path: Path, suffix: str = "") -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}{suffix}.archive-*.jsonl"))


def mark(path: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(path.read_bytes())["_meta"]["store"]["archive"]
    return found


def opened(path: Path) -> list[str]:
    """Return the orders as somebody sees them who comes now."""
    with closing(TinyDbStore(path)) as store:
        return look(store)


def state(path: Path) -> dict[str, int]:
    with closing(TinyDbStore(path)) as store:
        return {one.id: one.version for one in store.read(lambda view: view.select(Order))}


def test_a_store_that_has_room_is_one_file(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb)
    add(tinydb, "AGH-3")
    assert {file.name for file in path.parent.iterdir()} == {
        "store.json",
        "store.json.lock",
        "store.json.last-good",
    }


def test_all_is_found_and_both_files_are_readable(path: Path, stored: TinyDbStore) -> None:
    assert look(stored) == opened(path) == ids(20)
    (beside,) = archives(path)
    lines = [json.loads(line) for line in beside.read_text("utf-8").splitlines()]
    in_file = json.loads(path.read_bytes())["orders"]
    assert {line["id"] for line in lines} | in_file.keys() == set(ids(20))
    assert lines[0]["table"] == "orders"
    assert lines[0]["record"]["id"] == lines[0]["id"]
    assert beside.stat().st_mode == path.stat().st_mode
    assert mark(path)["size"] == beside.stat().st_size


def test_what_is_changed_or_removed_later_is_so_for_everybody(
    path: Path, stored: TinyDbStore
) -> None:
    with closing(TinyDbStore(path)) as other:
        seen = other.changes("").revision
        stored.transact(lambda work: work.save(cancelled(work.get(Order, "AGH-00"))))
        stored.transact(lambda work: work.remove(work.get(Order, "AGH-01")))
        assert json.loads(path.read_bytes())["orders"]["AGH-01"] is None
        for store in (stored, other):
            assert look(store) == opened(path) == ids(1) + ids(20)[2:]
            kept = store.read(lambda view: view.select(Order, status="CANCELLED"))
            assert [one.id for one in kept] == ["AGH-00"]
        changed = other.changes(seen).records
        assert changed is not None
        assert {one.id for one in changed} == {"AGH-00", "AGH-01"}
        fill_more(stored)
        add(stored, "AGH-01")
        assert look(other) == opened(path) == sorted([*ids(20), *("AGH-7" + c for c in "abcdef")])


def fill_more(store: TinyDbStore) -> None:
    for letter in "abcdef":
        add(store, f"AGH-7{letter}")


def test_the_log_tells_only_what_changed_when_records_move(path: Path, stored: TinyDbStore) -> None:
    with closing(TinyDbStore(path)) as other:
        size = mark(path)["size"]
        for letter in "abcdef":
            seen = other.changes("").revision
            add(stored, f"AGH-7{letter}")
            news = other.changes(seen)
            assert news.records is not None
            assert {one.id for one in news.records} == {f"AGH-7{letter}"}
        assert mark(path)["size"] > size


def test_the_last_good_copy_is_the_state_before_whatever_happens(path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - reproducible
    before: dict[str, int] = {}
    numbers = set()
    with closing(TinyDbStore(path)) as one, closing(TinyDbStore(path)) as other:
        for number in range(150):
            store = chance.choice((one, other))
            store.transact(_anything(chance, number))
            now = state(path)
            assert state(path.with_name("store.json.last-good")) == before
            assert {o.id: o.version for o in other.read(lambda v: v.select(Order))} == now
            before = now
            numbers.add(mark(path)["number"] if archives(path) else 0)
            assert len(archives(path)) <= 1
            assert len(archives(path, ".last-good")) <= 1
    assert len(numbers) > 3, "the archive was begun anew"


def _anything(chance: random.Random, number: int) -> Callable[[Work], object]:
    def change(work: Work) -> None:
        present = work.select(Order)
        for gone in chance.sample(present, min(len(present), chance.choice((0, 0, 1, 1, 9)))):
            work.remove(gone)
        for new in range(chance.choice((1, 1, 2, 5))):
            work.add(order(f"{number:03}-{new}"))

    return change


def refusing(*_: object, **__: object) -> None:
    raise OSError(28, "full")


def test_what_a_killed_writer_added_is_read_by_nobody_and_cut_off(
    path: Path, stored: TinyDbStore
) -> None:
    (beside,) = archives(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refusing)  # as if it were killed between the two files
        with pytest.raises(StoreFull), untouched(path):
            stored.transact(lambda work: [work.add(order(f"x{n}")) for n in range(9)])
    assert beside.stat().st_size > mark(path)["size"]
    assert look(stored) == opened(path) == ids(20)
    fill_more(stored)
    assert beside.stat().st_size == mark(path)["size"]
    assert b'"x1"' not in beside.read_bytes()


def test_a_full_disk_changes_nothing(path: Path, stored: TinyDbStore) -> None:
    (beside,) = archives(path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beside.stat().st_size + 500, limits[1]))
    try:
        with pytest.raises(StoreFull), untouched(path):
            stored.transact(lambda work: [work.add(order(f"x{n}")) for n in range(9)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert look(stored) == opened(path) == ids(20)
    fill_more(stored)
    assert len(opened(path)) == 26


def test_processes_lose_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLEG_TUI_TEST_ROOM", str(ROOM))
    url = f"tinydb:{path}"
    with ExitStack() as stack:
        writers = [stack.enter_context(process("writer", url, f"p{n}", 17)) for n in range(4)]
        for writer in writers:
            go(writer)
        acknowledged = told(writers)
    assert lost(url, acknowledged) == []
    for turn in range(12):
        with process("writer", url, f"k{turn}", -1) as writer:
            go(writer)
            acknowledged += [output(writer).readline().strip() for _ in range(1 + turn)]
            writer.kill()
            acknowledged += output(writer).read().splitlines()
        assert lost(url, acknowledged) == []
    state(path.with_name("store.json.last-good"))


CHANGES: dict[str, Callable[[TinyDbStore], object]] = {
    "moved out": lambda store: store.transact(
        lambda work: [work.add(order(f"x{number}")) for number in range(9)]
    ),
    "begun anew": lambda store: store.transact(remove_most),
    "after that": lambda store: [store.transact(remove_most), add(store, "x")],
    "recovered": lambda store: Recovery(store, StandingClock(NOW)).recover(),
}


def remove_most(work: Work) -> None:
    for gone in work.select(Order)[:19]:
        work.remove(gone)
    for number in range(12):
        work.add(order(f"y{number}"))


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_step_a_process_is_killed_at(path: Path, tinydb: TinyDbStore, change: str) -> None:
    fill(tinydb)
    tinydb.close()
    if change == "recovered":
        path.write_bytes(b"{")
    originals = {file: file.read_bytes() for file in path.parent.iterdir()}
    seen = set()
    for step in range(99):
        for file in path.parent.iterdir():
            file.unlink()
        for file, content in originals.items():
            file.write_bytes(content)
        status = _killed_at(step, path, CHANGES[change])
        try:
            now = tuple(opened(path))
        except StoreCorrupt:  # as it was before it was recovered
            with closing(TinyDbStore(path)) as store:
                Recovery(store, StandingClock(NOW)).recover()
            now = tuple(opened(path))
        assert status in (0, 9)
        seen.add(now)
        opened(path.with_name("store.json.last-good"))
        with closing(TinyDbStore(path)) as store:
            fill_more(store)
            assert look(store) == sorted([*now, *("AGH-7" + c for c in "abcdef")])
        assert len(opened(path.with_name("store.json.last-good"))) == len(now) + 5
        if status == 0:
            break
    assert status == 0
    assert step > 3
    assert len(seen) <= (3 if change == "after that" else 2)


def _killed_at(step: int, path: Path, change: Callable[[TinyDbStore], object]) -> int:
    """Let a process make a change and die before it touches the disk once more."""
    child = os.fork()
    if not child:
        left = iter(range(step))
        for name in ("fsync", "replace", "link", "unlink"):
            setattr(os, name, _last(getattr(os, name), left))
        try:
            change(TinyDbStore(path))
        except BaseException:  # noqa: BLE001 - the test must not go on in two processes
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _last(call: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    def once_more(*arguments: object, **options: object) -> object:
        if next(left, None) is None:
            os._exit(9)
        return call(*arguments, **options)

    return once_more


@pytest.mark.parametrize("name", ["copy.json", "elsewhere/store.json"])
def test_both_files_together_are_a_copy(path: Path, stored: TinyDbStore, name: str) -> None:
    (beside,) = archives(path)
    copy = path.parent / name
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(path, copy)
    shutil.copy(beside, copy.parent / beside.name.replace(path.name, copy.name))
    with closing(TinyDbStore(copy)) as other:
        fill_more(other)
        assert len(look(other)) == 26
    assert look(stored) == opened(path) == ids(20)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": lambda beside: beside.unlink(),
    "cut": lambda beside: os.truncate(beside, beside.stat().st_size // 2),
    "cut by one": lambda beside: os.truncate(beside, beside.stat().st_size - 1),
    "altered": lambda beside: beside.write_bytes(beside.read_bytes().replace(b"anna", b"hans", 1)),
    "of another": lambda beside: beside.write_bytes(bytes(beside.stat().st_size)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_and_mended_by_the_last_good_copy(
    path: Path, stored: TinyDbStore, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (beside,) = archives(path)
    DAMAGE[damage](beside)
    with untouched(path), closing(TinyDbStore(path)) as store:
        for ask in (look, add):
            with pytest.raises(StoreRecoverable) as refusal:
                ask(store)
        assert beside.name in str(refusal.value.details["reason"].details["archive"])  # type: ignore[attr-defined]
    before = path.read_bytes()
    assert main(["store", "check", "--store", str(path)]) == 3
    told = capsys.readouterr().err
    assert beside.name in told
    assert "mleg-tui store recover" in told
    kept = Recovery(stored, StandingClock(NOW)).recover()
    assert kept is not None
    assert kept.read_bytes() == before
    assert look(stored) == opened(path) == ids(19)
    assert [a.exists() for a in archives(kept)] == [True] * (damage != "gone")
    fill_more(stored)
    assert len(opened(path)) == 25


def test_a_running_program_notices_that_its_archive_is_gone(
    path: Path, stored: TinyDbStore
) -> None:
    archives(path)[0].unlink()
    with pytest.raises(StoreRecoverable):
        fill_more(stored)
    with untouched(path), pytest.raises(StoreRecoverable):
        stored.transact(lambda work: [work.add(order(f"x{number}")) for number in range(9)])
    kept = look(stored)
    Recovery(stored, StandingClock(NOW)).recover()
    assert opened(path) == kept[:-1]


def test_a_copy_whose_archive_is_broken_is_not_used(path: Path, stored: TinyDbStore) -> None:
    for beside in (*archives(path), *archives(path, ".last-good")):
        os.truncate(beside, 100)
    with untouched(path), pytest.raises(StoreCorrupt):
        Recovery(stored, StandingClock(NOW)).recover()


def test_a_lost_store_keeps_its_archive(path: Path, stored: TinyDbStore) -> None:
    stored.close()
    path.unlink()
    with closing(TinyDbStore(path)) as fresh:
        fill(fresh, 10)
    (lost_store,) = (f for f in path.parent.glob("store.json.lost-*") if f.suffix != ".jsonl")
    assert opened(lost_store) == ids(19)
    assert opened(path) == ids(10)


def test_a_bad_record_there_is_named_with_its_file_and_line(
    path: Path, stored: TinyDbStore
) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace('"student_number": "400001"', '"student_number": 7', 1), "utf-8")
    fill_more(stored)
    (beside,) = archives(path)
    ((number, line),) = (
        (number, line)
        for number, line in enumerate(beside.read_text("utf-8").splitlines(), 1)
        if '"student_number": 7' in line
    )
    name = f"{beside.name}: orders/{json.loads(line)['id']}"
    (bad,) = stored.bad_records(9)
    assert (bad.name, bad.line) == (name, number)
    with pytest.raises(StoreCorrupt) as refusal:
        look(stored)
    assert str(refusal.value.details["reason"]).startswith(name)
    assert str(refusal.value.details["reason"]).endswith(f"line {number}")


def test_an_older_schema_is_brought_to_todays_with_its_archive(
    path: Path, stored: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored.close()
    before, (beside,) = path.read_bytes(), archives(path)
    archived = beside.read_bytes()

    def rename(table: str, document: codec.Document) -> Iterator[tuple[str, codec.Document]]:
        yield table, {**document, "student_number": "7"}

    before_it = schema.CURRENT
    monkeypatch.setattr(schema, "MIGRATIONS", {before_it: rename})
    monkeypatch.setattr(schema, "CURRENT", before_it + 1)
    with untouched(path):
        assert opened(path) == ids(20)
    add(stored, "AGH-20")
    monkeypatch.setattr(schema, "MIGRATIONS", {})
    with closing(TinyDbStore(path)) as store:
        assert look(store) == ids(21)
        assert store.read(lambda view: view.get(Order, "AGH-00")).student_number == "7"
    kept = path.with_name(f"store.json.schema-{before_it}")
    assert kept.read_bytes() == before
    assert [a.read_bytes() for a in archives(kept)] == [archived]
    assert not beside.exists()


def test_who_reads_while_the_archive_is_begun_anew_reads_again(
    path: Path, stored: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, turns = archive.Archive.read, iter([True])

    def meanwhile(self: Any, *arguments: Any) -> Any:
        if next(turns, False):
            stored.transact(remove_most)
        return read(self, *arguments)

    number = mark(path)["number"]
    monkeypatch.setattr(archive.Archive, "read", meanwhile)
    assert opened(path) == look(stored) == sorted(["AGH-19", *(f"y{n}" for n in range(12))])
    assert mark(path)["number"] > number


def test_plain_tinydb_sees_and_changes_what_is_archived(path: Path, stored: TinyDbStore) -> None:
    with Database(storage=lambda: FileStorage(StoreFile(path, 1))) as database:
        table = database.table("orders", cache_size=0)
        assert len(table) == 20
        table.update({"student": "jan"}, doc_ids=["AGH-00"])
        table.remove(doc_ids=["AGH-01"])
    assert look(stored) == opened(path) == ids(1) + ids(20)[2:]
    assert stored.read(lambda view: view.get(Order, "AGH-00")).student == "jan"
    with Database(storage=lambda: FileStorage(StoreFile(path, 1))) as database:
        database.drop_table("orders")
        assert database.tables() == set()
    assert opened(path) == []


def test_an_older_copy_of_the_file_alone_is_as_it_was_then(path: Path, stored: TinyDbStore) -> None:
    """The archive only grew meanwhile, so a copy of the file finds in it what it knew."""
    old = path.read_bytes()
    fill_more(stored)
    path.write_bytes(old)
    assert look(stored) == opened(path) == ids(20)
    fill_more(stored)
    add(stored, "AGH-99")
    assert len(opened(path)) == 27
    assert len(opened(path.with_name("store.json.last-good"))) == 26
    assert replace(order(), id="AGH-99", version=1) == stored.read(lambda v: v.get(Order, "AGH-99"))
