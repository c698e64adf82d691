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
from mleg_tui.stores import places
from tests.stores.at_file import add
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
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    with closing(open_store(f"{adapter}:{tmp_path / 'store'}")) as store:
        store.transact(lambda work: work.add(order()))
        if fine:
            store.check_place()
        else:
            with pytest.raises(StoreUnsupported):
                store.check_place()


def test_a_lock_that_does_not_work_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with closing(open_store(str(path))) as store:
        store.check_place()
        add(store, "AGH-1")  # type: ignore[arg-type]
        store.check_place()
        monkeypatch.setattr("fcntl.flock", refuse)
        with pytest.raises(StoreUnsupported):
            store.check_place()
