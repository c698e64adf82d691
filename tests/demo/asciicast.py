"""Reads recordings as a player does, and says what is wrong with one (asciicast v2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyte

_HEADER: dict[str, type | tuple[type, ...]] = {
    "version": int,
    "width": int,
    "height": int,
    "timestamp": int,
    "duration": (int, float),
    "idle_time_limit": (int, float),
    "command": str,
    "title": str,
    "env": dict,
    "theme": dict,
}
"""What a header may hold; the first three must be there."""


class Event(NamedTuple):
    """What the terminal is sent, and when."""

    at: float
    data: str


def read(cast: bytes) -> tuple[dict[str, Any], list[Event]]:
    """Return the header and the events; AssertionError for what the format does not allow."""
    assert cast.endswith(b"\n")
    first, *rest = [json.loads(line) for line in cast.decode().splitlines()]
    assert isinstance(first, dict)
    assert first["version"] == 2
    assert {"width", "height"} <= first.keys() <= _HEADER.keys()
    for name, value in first.items():
        assert isinstance(value, _HEADER[name]), name
    assert all(isinstance(value, str) for value in first.get("env", {}).values())
    events = []
    for at, kind, data in rest:
        assert isinstance(at, (int, float))
        assert kind == "o"
        assert isinstance(data, str)
        events.append(Event(at, data))
    times = [event.at for event in events]
    assert times == sorted(times)
    assert times[0] >= 0
    return first, events


def replay(cast: bytes) -> Iterator[pyte.Screen]:
    """Yield the screen after each event, always the same one."""
    header, events = read(cast)
    screen = pyte.Screen(header["width"], header["height"])
    stream = pyte.Stream(screen)
    for event in events:
        stream.feed(event.data)
        yield screen


def last_screen(cast: bytes) -> pyte.Screen:
    """Return the screen on which the recording ends."""
    *_, screen = replay(cast)
    return screen
