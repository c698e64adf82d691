"""What the system can refuse: each has its error, and the file stays as it is."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
from contextlib import closing
from io import FileIO
from pathlib import Path
from typing import NoReturn

import pytest

from mleg_tui.services.store import (
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    StoreTooLarge,
    StoreUnreadable,
    StoreUnsupported,
)
from mleg_tui.stores.tinydb import TinyDbStore, files
from tests.stores.at_file import add, look, untouched
from tests.stores.samples import order


def refusing(error: int) -> object:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return refuse


def test_a_file_that_vanished_is_not_made_anew(path: Path, filled: TinyDbStore) -> None:
    assert look(filled) == ["AGH-1"]
    path.unlink()
    for ask in (look, add):
        with pytest.raises(StoreCorrupt):
            ask(filled)
    assert not path.exists()


def test_a_directory(tmp_path: Path) -> None:
    with closing(TinyDbStore(tmp_path)) as store:
        with pytest.raises(StoreUnsupported):
            look(store)
        with pytest.raises(StoreUnsupported):
            add(store)


def test_a_pipe_is_not_waited_for(path: Path, tinydb: TinyDbStore) -> None:
    os.mkfifo(path)
    with pytest.raises(StoreUnsupported):
        look(tinydb)


def test_a_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.json"))
    with closing(TinyDbStore(path)) as store:
        with pytest.raises(StoreUnsupported):
            look(store)
        with pytest.raises(StoreUnsupported):
            add(store)
    assert path.is_symlink()
    assert not path.exists()


def test_a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)
    with closing(TinyDbStore(path)) as store, pytest.raises(StoreUnreadable):
        look(store)


def test_a_place_where_no_file_can_be_made_is_not_taken_for_a_locked_one() -> None:
    with closing(TinyDbStore("/proc/x.json", timeout=60)) as store, pytest.raises(StoreUnsupported):
        add(store)


def test_a_huge_file_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.touch()
    os.truncate(path, 2**31)  # takes no space, and would take all the memory
    monkeypatch.setattr(files, "FileIO", without_end)
    with closing(TinyDbStore(path)) as store:
        for ask in (look, add, lambda store: store.bad_records(1)):
            with pytest.raises(StoreTooLarge):
                ask(store)


class without_end(FileIO):  # noqa: N801 - stands in for it
    def readall(self) -> NoReturn:
        pytest.fail("it was read")


def test_a_store_does_not_outgrow_what_can_be_read(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 0.001)
    with untouched(path), pytest.raises(StoreTooLarge):
        filled.transact(lambda work: [work.add(order(f"AGH-{n}")) for n in range(2, 9)])
    assert look(filled) == ["AGH-1"]


def test_a_path_through_a_file(path: Path) -> None:
    path.write_text("")
    with closing(TinyDbStore(path / "store.json")) as store:
        with pytest.raises(StoreUnreadable):
            look(store)
        with pytest.raises(StoreUnsupported):
            add(store)


def test_a_file_that_may_not_be_read(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FileIO", refusing(errno.EACCES))
    with untouched(path), closing(TinyDbStore(path)) as store:
        with pytest.raises(StoreUnreadable):
            look(store)
        with pytest.raises(StoreUnreadable):
            add(store)
    assert look(filled) == ["AGH-1"]


ERRORS = {
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EACCES: StoreReadOnly,
    errno.EROFS: StoreReadOnly,
    errno.EIO: StoreUnsupported,
}


@pytest.mark.parametrize("place", ["os.fsync", "os.fchmod", "pathlib.Path.replace"])
@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
def test_a_write_that_fails_changes_nothing(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch, error: int, place: str
) -> None:
    with untouched(path), monkeypatch.context() as patch:
        patch.setattr(place, refusing(error))
        with pytest.raises(ERRORS[error]):
            add(filled)
    assert look(filled) == ["AGH-1"]
    add(filled)
    assert look(filled) == ["AGH-1", "AGH-2"]


def test_a_real_limit_of_space(path: Path, filled: TinyDbStore) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with untouched(path):
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, limits[1]))
        try:
            with pytest.raises(StoreFull):
                add(filled)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    add(filled)
    assert look(filled) == ["AGH-1", "AGH-2"]


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_a_directory_that_may_only_be_read(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    monkeypatch.setattr("filelock.UnixFileLock._acquire", refusing(error))
    with untouched(path):
        assert look(filled) == ["AGH-1"]
        with pytest.raises(StoreReadOnly):
            add(filled)


def test_a_file_that_may_only_be_read(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o400)
    monkeypatch.setattr("os.access", lambda *_: False)  # nothing is forbidden to root
    with untouched(path):
        assert look(filled) == ["AGH-1"]
        with pytest.raises(StoreReadOnly):
            add(filled)


def test_a_lock_held_by_another(path: Path, filled: TinyDbStore) -> None:
    with path.with_name("store.json.lock").open("w") as other, untouched(path):
        fcntl.flock(other, fcntl.LOCK_EX)
        with closing(TinyDbStore(path, timeout=0.01)) as store:
            assert look(store) == ["AGH-1"]
            with pytest.raises(StoreBusy):
                add(store)
    assert add(filled).version == 1


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    monkeypatch.setattr("fcntl.flock", refusing(error))
    with untouched(path), pytest.raises(StoreUnsupported):
        add(filled)


def test_a_lock_file_that_was_replaced_is_taken_again(
    path: Path, filled: TinyDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_path = path.with_name("store.json.lock")
    flock, moved = fcntl.flock, path.with_name("moved")

    def lock_and_lose(descriptor: int, operation: int) -> None:
        flock(descriptor, operation)
        if not moved.exists():
            lock_path.rename(moved)

    monkeypatch.setattr("fcntl.flock", lock_and_lose)
    add(filled)
    assert look(filled) == ["AGH-1", "AGH-2"]
    assert lock_path.exists()


def test_text_that_utf8_cannot_hold(path: Path, filled: TinyDbStore) -> None:
    with untouched(path), pytest.raises(ValueError, match="surrogates"):
        filled.transact(lambda work: work.add(order("AGH-\ud800")))
    assert look(filled) == ["AGH-1"]
