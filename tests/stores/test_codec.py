"""Records as plain values, and what is refused on the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest

from mleg_tui.domain.order import Order
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.store import KINDS, Record
from mleg_tui.simulation.world import World
from mleg_tui.stores.codec import BadDocument, decode, encode
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
