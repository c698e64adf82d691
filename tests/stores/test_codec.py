"""Records as plain values, and what is refused on the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest

from mleg_tui.domain.order import Order
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.store import KINDS, Record
from mleg_tui.simulation.world import World
from mleg_tui.stores import codec
from mleg_tui.stores.codec import BadDocument, checked_line, decode, encode, from_line, one_line
from tests.stores.samples import NOW, every_kind, order, ready, student, university, world


@pytest.mark.parametrize("record", every_kind(), ids=lambda record: type(record).__name__)
def test_a_record_survives_json(record: Record) -> None:
    document = json.loads(json.dumps(encode(record)))
    assert decode(type(record), record.id, document) == record


def test_values_are_readable() -> None:
    document = encode(ready(order()))
    assert document["status"] == "READY"
    assert document["order_date"] == "2026-10-05T07:00:00Z"
    assert document["expiration_date"] == "2027-03-31"
    assert document["history"][0]["actor"] == {"kind": "STUDENT", "login": "anna"}
    assert encode(university())["skin"]["labels"]["READY"] == {"pl": "Zażółć", "en": "Yellow"}
    assert encode(world())["timeline"]["real"] == "2026-10-05T07:00:00.123456Z"


def test_any_mapping_can_be_kept() -> None:
    skin = university().skin
    frozen = replace(university(), skin=replace(skin, labels=MappingProxyType(dict(skin.labels))))
    assert decode(University, "agh", encode(frozen)) == university()


def test_moments_are_kept_in_utc() -> None:
    warsaw = NOW.astimezone(timezone(timedelta(hours=2)))
    document = encode(replace(order(), order_date=warsaw))
    assert document["order_date"] == "2026-10-05T07:00:00Z"


def changed(record: Record, path: str, value: Any) -> dict[str, Any]:
    document = encode(record)
    *way, last = path.split(".")
    place: Any = document
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return document


@pytest.mark.parametrize(
    ("record", "path", "value", "told"),
    [
        (order(), "colour", "red", r"orders/AGH-1: unknown field - at `\$\.colour`"),
        (order(), "history.0.who", 1, r"orders/AGH-1: unknown field - at `\$\.history\[0\]\.who`"),
        (order(), "history.0.at", "2026-10-05T07:00:00", r"zone - at `\$\.history\[0\]`"),
        (order(), "version", "1", r"orders/AGH-1: .*int.* at `\$\.version`"),
        (order(), "version", 1.5, r"orders/AGH-1: .*int.* at `\$\.version`"),
        (order(), "expiration_date", "soon", r"orders/AGH-1: .* at `\$\.expiration_date`"),
        (order(), "status", "LOST", r"orders/AGH-1: .*enum.* at `\$\.status`"),
        (order(), "status", "READY", r"orders/AGH-1: the history must end in the order's status"),
        (order(), "id", "AGH-2", r"orders/AGH-1: its id says AGH-2"),
        (student(), "photo.picture", None, r"students/anna: .*picture.* at `\$\.photo`"),
        (student(), "pesel", "44051401359", r"students/anna: RealPesel"),
        (world(), "timeline.speed", 0, r"worlds/world: BadSpeed"),
    ],
)
def test_what_is_wrong_is_named(record: Record, path: str, value: Any, told: str) -> None:
    with pytest.raises(BadDocument, match=told):
        decode(type(record), record.id, changed(record, path, value))


FAR = "9999-12-31T23:59:59Z"


@pytest.mark.parametrize(
    ("record", "path", "value"),
    [
        *((record, "version", number) for record in every_kind() for number in (10**30, 2**31, -1)),
        (every_kind()[3], "amount", 10**30),
        (world(), "seed", 2**63),
        (world(), "seed", -(2**64)),
        (world(), "timeline.anchor", FAR),
        (world(), "faults.agent.0.start", "0001-01-01T00:00:00+14:00"),
        (order(), "order_date", FAR),
        (order(), "expiration_date", "9999-12-31"),
        (order(), "history.0.at", "0001-01-01T00:00:00Z"),
        (student(), "birth_date", "0999-12-31"),
        (university(), "durations.pending.most", 10**15),
        (university(), "durations.codes_valid_days", 10**9),
        (university(), "fees.els", 10**30),
    ],
)
def test_what_nobody_can_reckon_with_is_no_record(record: Record, path: str, value: Any) -> None:
    document = changed(record, path, value)
    with pytest.raises(BadDocument):
        decode(type(record), record.id, document)
    with pytest.raises(BadDocument):  # the short way, which a store takes
        from_line(type(record), record.id, one_line(json.dumps(document).encode()))


@pytest.mark.parametrize("version", [0, 1, 2**31 - 1])
def test_the_bounds_themselves_can_be_kept(version: int) -> None:
    record = replace(order(), version=version, expiration_date=date(9899, 12, 31))
    assert from_line(Order, record.id, checked_line(record)) == record


@pytest.mark.parametrize("record", every_kind(), ids=lambda record: type(record).__name__)
def test_what_a_store_writes_is_read_the_short_way(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = checked_line(record)
    monkeypatch.setattr(codec, "decode", lambda *_: pytest.fail("the long way"))
    assert from_line(type(record), record.id, line) == record


@pytest.mark.parametrize("kind", [Order, Student, World])
def test_a_missing_field_is_named(kind: type[Record]) -> None:
    with pytest.raises(BadDocument, match="missing required field"):
        decode(kind, "x", {"id": "x"})


def test_no_message_tells_a_secret() -> None:
    token = "0123456789abcdef0123456789abcdef"
    for path, value in (("codes.token", token), ("codes.distribution_pass", "sec ret")):
        with pytest.raises(BadDocument) as refusal:
            decode(Order, "AGH-1", changed(ready(order()), path, value))
        assert value not in str(refusal.value)
    with pytest.raises(BadDocument) as refusal:
        decode(Student, "anna", changed(student(), "pesel", "44051401359"))
    assert "44051401359" not in str(refusal.value)


def test_every_kind_has_a_table() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
