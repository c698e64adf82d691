"""What can be wrong in the file: each has its error, and the file stays as it is."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.domain.order import Order
from mleg_tui.services.store import StoreCorrupt, StoreForeign, StoreTooNew
from mleg_tui.stores.tinydb import TinyDbStore
from tests.stores.at_file import add, look, untouched


def edited(path: Path, **meta: object) -> bytes:
    content = json.loads(path.read_bytes())
    content["_meta"]["store"] |= meta
    return json.dumps(content).encode()


STRANGE = {
    "empty": (b"", StoreCorrupt),
    "zeroes": (bytes(100), StoreCorrupt),
    "binary": (bytes(range(128, 256)), StoreCorrupt),
    "not UTF-8": (b'{"_meta": "\xff"}', StoreCorrupt),
    "deep": (b"[" * 100_000, StoreCorrupt),
    "a list": (b"[]", StoreForeign),
    "a package": (b'{"name": "x", "version": "1"}', StoreForeign),
    "another TinyDB": (b'{"_default": {"1": {"a": 1}}}', StoreForeign),
    "another format": (b'{"_meta": {"store": {"format": "x"}}}', StoreForeign),
    "no schema": (b'{"_meta": {"store": {"format": "mleg-tui"}}}', StoreCorrupt),
}


@pytest.mark.parametrize(("content", "error"), STRANGE.values(), ids=STRANGE)
def test_strange_content(
    path: Path, tinydb: TinyDbStore, content: bytes, error: type[StoreUnusable]
) -> None:
    path.write_bytes(content)
    check_refused(path, tinydb, error)


def check_refused(path: Path, store: TinyDbStore, error: type[StoreUnusable]) -> StoreUnusable:
    with untouched(path):
        with pytest.raises(error) as refusal:
            look(store)
        with pytest.raises(error):
            add(store)
    assert refusal.value.details["path"] == path
    return refusal.value


def test_content_cut_anywhere(path: Path, filled: TinyDbStore) -> None:
    whole = path.read_bytes()
    for length in range(0, len(whole) - 2, 29):
        path.write_bytes(whole[:length])
        check_refused(path, filled, StoreCorrupt)
    path.write_bytes(whole)
    assert look(filled) == ["AGH-1"]


def test_the_last_good_state_is_named(path: Path, filled: TinyDbStore) -> None:
    path.write_bytes(b"{")
    assert "last_good" not in check_refused(path, filled, StoreCorrupt).details
    path.unlink()
    with closing(TinyDbStore(path)) as store:
        add(store)
        store.transact(lambda work: work.remove(work.get(Order, "AGH-2")))
        path.write_bytes(b"{")
        last_good = check_refused(path, store, StoreCorrupt).details["last_good"]
    assert isinstance(last_good, Path)
    with closing(TinyDbStore(last_good)) as store:
        assert look(store) == ["AGH-2"]


def test_a_later_schema(path: Path, filled: TinyDbStore) -> None:
    path.write_bytes(edited(path, schema=99))
    assert check_refused(path, filled, StoreTooNew).details["found"] == 99


@pytest.mark.parametrize("wrong", [{"schema": 0}, {"schema": "1"}, {"revision": None}])
def test_wrong_meta(path: Path, filled: TinyDbStore, wrong: dict[str, object]) -> None:
    path.write_bytes(edited(path, **wrong))
    check_refused(path, filled, StoreCorrupt)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"PENDING"', '"LOST"', "orders/AGH-1"),
        ('"AGH-1": {', '"AGH-7": {', "orders/AGH-7: its id says AGH-1"),
        ('"student":', '"pupil":', "orders/AGH-1"),
        ('"orders": {', '"orders": {"x": 1,', "orders/x"),
        ('"orders": {', '"students": [], "orders": {', "students"),
    ],
)
def test_a_hand_edit_gone_wrong_is_named(
    path: Path, filled: TinyDbStore, right: str, wrong: str, told: str
) -> None:
    path.write_text(path.read_text().replace(right, wrong, 1))
    reason = check_refused(path, filled, StoreCorrupt).details["reason"]
    assert str(reason).startswith(told)
