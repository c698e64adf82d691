"""Back to the last good copy, from the command line and in the program."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mleg_tui.cli import main
from mleg_tui.domain.order import Order
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.recovery import NoLastGood, NothingBroken, Recovery
from mleg_tui.services.store import StoreCorrupt, StoreRecoverable
from mleg_tui.stores.memory import MemoryStore
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.at_file import add, look, untouched

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
BROKEN: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "empty": lambda path: os.truncate(path, 0),
    "foreign": lambda path: path.write_text('{"name": "x"}'),
    "gone": lambda path: path.unlink(),
    "one record": lambda path: path.write_text(path.read_text().replace("PENDING", "LOST", 1)),
}


@pytest.fixture
def recovery(filled: TinyDbStore) -> Recovery:
    add(filled, "AGH-2")
    return Recovery(filled, StandingClock(NOW))


@pytest.mark.parametrize("damage", BROKEN)
def test_the_copy_takes_the_place_of_what_is_broken(
    path: Path, filled: TinyDbStore, recovery: Recovery, damage: str
) -> None:
    path.chmod(0o640)
    BROKEN[damage](path)
    before = path.read_bytes() if path.exists() else None
    kept = recovery.recover()
    assert look(filled) == ["AGH-1"]
    assert (kept and kept.read_bytes()) == before
    assert kept is None or kept.name == "store.json.broken-20261005T070000"
    assert add(filled, "AGH-3").version == 1
    with closing(TinyDbStore(path)) as other:
        assert look(other) == ["AGH-1", "AGH-3"]


def test_a_store_that_can_be_read_is_left_alone(path: Path, recovery: Recovery) -> None:
    with untouched(path), pytest.raises(NothingBroken):
        recovery.recover()


def test_without_a_copy_nothing_is_changed(path: Path, filled: TinyDbStore) -> None:
    os.truncate(path, 10)
    with untouched(path), pytest.raises(NoLastGood):
        Recovery(filled, StandingClock(NOW)).recover()
    with pytest.raises(NoLastGood):
        Recovery(MemoryStore(), StandingClock(NOW)).recover()


def test_a_broken_copy_is_not_used(path: Path, recovery: Recovery) -> None:
    copy = path.with_name("store.json.last-good")
    copy.write_text(copy.read_text().replace("PENDING", "LOST", 1))
    os.truncate(path, 10)
    with untouched(path), pytest.raises(StoreCorrupt) as refusal:
        recovery.recover()
    assert refusal.value.details["path"] == copy


def test_it_is_offered_where_it_would_help(
    path: Path, filled: TinyDbStore, recovery: Recovery
) -> None:
    os.truncate(path, 10)
    with pytest.raises(StoreRecoverable) as refusal:
        filled.read(lambda view: view.select(Order))
    assert recovery.offer(refusal.value) == path.with_name("store.json.last-good")
    path.with_name("store.json.last-good").unlink()
    assert recovery.offer(refusal.value) is None


def test_from_the_command_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(path)]
    assert main(["store", "init", *where]) == 0
    assert main(["time", "speed", "2", *where]) == 0
    good = shutil.copy(f"{path}.last-good", f"{path}.kept")
    os.truncate(path, 100)
    assert main(["store", "check", *where]) == 3
    assert "mleg-tui store recover" in capsys.readouterr().err
    assert main(["store", "recover", *where]) == 0
    assert f"{path}.broken-" in capsys.readouterr().err
    assert path.read_bytes() == Path(good).read_bytes()
    assert main(["store", "check", *where]) == 0
    assert main(["store", "recover", *where]) == 1
