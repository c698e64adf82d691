"""Where a file can be and its locks do not hold."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from mleg_tui.compose import open_store
from mleg_tui.services.store import StoreUnsupported
from mleg_tui.stores import file_system
from tests.stores.conftest import FILES
from tests.stores.samples import order


@pytest.mark.parametrize("adapter", FILES)
@pytest.mark.parametrize(("kind", "fine"), [("ext4", True), ("nfs4", False), ("cifs", False)])
def test_a_network_file_system_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapter: str, kind: str, fine: object
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/x rw\n2 1 0:5 / {tmp_path} rw - {kind} h:/x rw\n"
    )
    monkeypatch.setattr(file_system, "_MOUNTS", mounts)
    with closing(open_store(f"{adapter}:{tmp_path / 'store'}")) as store:
        store.transact(lambda work: work.add(order()))
        if fine:
            store.check_place()
        else:
            with pytest.raises(StoreUnsupported):
                store.check_place()


CALLS = {"tinydb": "flock", "sqlite": "lockf"}


@pytest.mark.parametrize("adapter", FILES)
def test_a_lock_that_cannot_be_had_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapter: str
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with closing(open_store(f"{adapter}:{tmp_path / 'store'}")) as store:
        store.check_place()
        monkeypatch.setattr(f"fcntl.{CALLS[adapter]}", refuse)
        with pytest.raises(StoreUnsupported):
            store.check_place()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("adapter", FILES)
def test_a_lock_that_stops_nobody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapter: str
) -> None:
    """The file system says that it has locked, and the other process gets the lock, too."""
    monkeypatch.setattr(f"fcntl.{CALLS[adapter]}", lambda *_: None)
    url = f"{adapter}:{tmp_path / 'store'}"
    with closing(open_store(url)) as store, pytest.raises(StoreUnsupported):
        store.check_place()


def test_a_place_where_nothing_can_be_written_needs_no_lock(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "nowhere" / "store.json"))) as store:
        store.check_place()
