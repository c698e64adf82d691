"""Who waits for changes of a store is told of them, whichever process commits."""

from __future__ import annotations

import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.compose import open_store
from mleg_tui.stores.watch import watch
from tests.stores.samples import order

LONG = 10.0
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of changes")


@needs_linux
def test_a_commit_of_another_handle_is_told(url: str) -> None:
    told = threading.Event()
    with closing(open_store(url)) as store, closing(open_store(url)) as other:
        other.transact(lambda work: work.add(order("1", "anna")))
        end = store.watch(told.set)
        assert end is not None
        before = store.changes("").revision
        if url.startswith("postgresql"):  # which begins with a look of its own
            told.wait(LONG)
        told.clear()
        other.transact(lambda work: work.add(order("2", "anna")))
        assert told.wait(LONG)
        assert store.changes(before).revision != before
        end()


@needs_linux
def test_only_the_files_that_are_meant_count(tmp_path: Path) -> None:
    seen: list[bool] = []
    told = threading.Event()

    def call() -> None:
        seen.append((tmp_path / "store.json").exists())
        told.set()

    end = watch(tmp_path, {"store.json"}, call)
    assert end is not None
    (tmp_path / "another").write_text("x")
    (tmp_path / "new").write_text("x")
    (tmp_path / "new").rename(tmp_path / "store.json")
    assert told.wait(LONG)
    assert seen[0]
    end()


@needs_linux
def test_a_watch_that_ended_leaves_no_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    end = watch(tmp_path, {"store.json"}, lambda: None)
    assert end is not None
    (thread,) = set(threading.enumerate()) - before
    end()
    thread.join(LONG)
    assert not thread.is_alive()


def test_where_the_system_does_not_tell_there_is_no_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watch(tmp_path / "nowhere", {"store.json"}, lambda: None) is None
    monkeypatch.setattr("mleg_tui.stores.watch.ctypes.CDLL", lambda *_, **__: object())
    assert watch(tmp_path, {"store.json"}, lambda: None) is None
