"""The file of the default store: how it looks, where it is, who else may use it."""

from __future__ import annotations

import json
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from mleg_tui.domain.order import Order
from mleg_tui.stores.tinydb import TinyDbStore
from mleg_tui.stores.tinydb.database import Database
from mleg_tui.stores.tinydb.files import StoreFile
from mleg_tui.stores.tinydb.storage import FileStorage
from tests.stores.at_file import add, look
from tests.stores.samples import HASH, account, cancelled, every_kind, order


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_reading_makes_no_file(path: Path, tinydb: TinyDbStore) -> None:
    assert look(tinydb) == []
    assert tinydb.revision() == ""
    tinydb.transact(lambda work: work.select(Order))
    assert not path.exists()


def test_a_transaction_without_a_change_writes_nothing(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    before = path.stat()
    tinydb.transact(lambda work: work.get(Order, "AGH-1"))
    assert path.stat() == before


def test_the_file_is_readable(path: Path, tinydb: TinyDbStore) -> None:
    tinydb.transact(lambda work: work.add(account("dziekanat")))
    tinydb.transact(lambda work: work.save(work.get(type(account()), "dziekanat")))
    assert path.read_text(encoding="utf-8") == (
        "{\n"
        '  "_meta": {\n'
        '    "store": {"format": "mleg-tui", "schema": 4, "revision": 2}\n'
        "  },\n"
        '  "accounts": {\n'
        '    "dziekanat": {"id": "dziekanat", "role": "OFFICE", "name": "Żółć", '
        f'"password_hash": "{HASH}", "university": null, "student": null, '
        '"blocked": false, "version": 2}\n'
        "  }\n"
        "}\n"
    )


def test_another_store_sees_what_was_written(path: Path, tinydb: TinyDbStore) -> None:
    with closing(TinyDbStore(path)) as other:
        assert look(other) == []
        placed = add(tinydb, "AGH-1")
        assert look(other) == ["AGH-1"]
        assert other.revision() == tinydb.revision()
        other.transact(lambda work: work.save(cancelled(placed)))
    assert tinydb.read(lambda view: view.get(Order, "AGH-1")).status == "CANCELLED"


def test_records_that_did_not_change_are_not_read_again(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    with closing(TinyDbStore(path)) as other:
        seen = other.read(lambda view: view.get(Order, "AGH-1"))
        add(tinydb, "AGH-2")
        assert other.read(lambda view: view.get(Order, "AGH-1")) is seen
        assert look(other) == ["AGH-1", "AGH-2"]


def test_an_edit_by_hand_is_seen(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    revision = tinydb.revision()
    path.write_text("\ufeff" + path.read_text().replace("400001", "400002"))
    assert tinydb.revision() != revision
    assert tinydb.read(lambda view: view.get(Order, "AGH-1")).student_number == "400002"


def test_a_restored_backup_is_seen(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    backup = path.read_bytes()
    add(tinydb, "AGH-2")
    path.write_bytes(backup)
    assert look(tinydb) == ["AGH-1"]
    add(tinydb, "AGH-3")
    assert look(tinydb) == ["AGH-1", "AGH-3"]


def test_a_table_of_somebody_else_is_kept(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    content = json.loads(path.read_bytes())
    content["notes"] = {"1": {"text": "mine"}}
    path.write_text(json.dumps(content))
    add(tinydb, "AGH-2")
    assert json.loads(path.read_bytes())["notes"] == {"1": {"text": "mine"}}


def test_new_directories_and_files_are_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "store.json"
    old = os.umask(0)
    try:
        with closing(TinyDbStore(path)) as store:
            add(store, "AGH-1")
    finally:
        os.umask(old)
    assert mode(path) == mode(path.with_name("store.json.lock")) == 0o600
    assert mode(path.parent) == mode(path.parent.parent) == 0o700


def test_a_shared_directory_shares_its_files(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    old = os.umask(0o077)
    try:
        with closing(TinyDbStore(shared / "store.json")) as store:
            add(store, "AGH-1")
    finally:
        os.umask(old)
    assert {mode(file) for file in shared.iterdir()} == {0o660}


def test_a_replaced_file_keeps_its_mode_and_group(path: Path, tinydb: TinyDbStore) -> None:
    add(tinydb, "AGH-1")
    path.chmod(0o640)
    group = next(iter({*os.getgroups(), os.getgid()} - {path.stat().st_gid}), path.stat().st_gid)
    os.chown(path, -1, group)
    add(tinydb, "AGH-2")
    assert (mode(path), path.stat().st_gid) == (0o640, group)


def test_a_link_survives(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "real" / "data.json"
    with closing(TinyDbStore(target)) as store:
        add(store, "AGH-1")
    path.symlink_to(target)
    with closing(TinyDbStore(path)) as store:
        add(store, "AGH-2")
    assert path.is_symlink()
    assert path.readlink() == target
    with closing(TinyDbStore(target)) as store:
        assert look(store) == ["AGH-1", "AGH-2"]
    assert not path.with_name("store.json.lock").exists()


def test_the_state_before_is_kept_as_last_good(
    path: Path, tinydb: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tinydb, "AGH-1")
    first = path.read_bytes()
    add(tinydb, "AGH-2")
    second = path.read_bytes()
    last_good = path.with_name("store.json.last-good")
    assert last_good.read_bytes() == first
    monkeypatch.setattr("pathlib.Path.hardlink_to", _no_links)  # as some file systems say
    add(tinydb, "AGH-3")
    assert last_good.read_bytes() == second


def test_what_was_last_good_outlives_a_new_beginning(path: Path, tinydb: TinyDbStore) -> None:
    for number in range(3):
        add(tinydb, f"AGH-{number}")
    path.unlink()
    with closing(TinyDbStore(path)) as fresh:
        for number in range(5, 8):
            add(fresh, f"AGH-{number}")
    (lost,) = path.parent.glob("store.json.lost-*")
    with closing(TinyDbStore(lost)) as store:
        assert look(store) == ["AGH-0", "AGH-1"]


def _no_links(*_: object) -> None:
    raise PermissionError


def test_what_a_killed_writer_left_is_in_nobodys_way(path: Path, tinydb: TinyDbStore) -> None:
    path.with_name("store.json.new").write_text("half")
    add(tinydb, "AGH-1")
    assert look(tinydb) == ["AGH-1"]
    assert not path.with_name("store.json.new").exists()


def test_every_transaction_flushes_before_it_is_acknowledged(
    tinydb: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def note_replace(self: Path, target: Path) -> Path:
        flushed.append("replace")
        return replace(self, target)

    def note_fsync(descriptor: int) -> None:
        flushed.append("fsync")
        fsync(descriptor)

    monkeypatch.setattr(Path, "replace", note_replace)
    monkeypatch.setattr(os, "fsync", note_fsync)
    tinydb.transact(lambda work: [work.add(order(f"AGH-{n}")) for n in range(100)])
    assert flushed == ["fsync", "replace", "fsync"]


def test_plain_tinydb_is_safe_on_the_same_file(path: Path, tinydb: TinyDbStore) -> None:
    with Database(storage=lambda: FileStorage(StoreFile(path, 1))) as database:
        notes = database.table("notes", cache_size=0)
        notes.insert(Document({"text": "one"}, "a"))  # type: ignore[arg-type]  # TinyDB hints int
        add(tinydb, "AGH-1")
        notes.insert(Document({"text": "two"}, "b"))  # type: ignore[arg-type]
        assert notes.get(where("text") == "one") == {"text": "one"}
        assert len(database.table("notes")) == 2
        assert database.tables() == {"notes", "orders"}
        database.drop_table("notes")
    assert look(tinydb) == ["AGH-1"]
    assert set(json.loads(path.read_bytes())) == {"_meta", "orders"}


def test_all_kinds_live_in_one_file(path: Path, tinydb: TinyDbStore) -> None:
    tinydb.transact(lambda work: [work.add(record) for record in every_kind()])
    assert len(json.loads(path.read_bytes())) == 1 + len(every_kind())
