"""Keys that stand twice in one JSON object: JSON lets them, and only the last one counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mleg_tui.services.mistakes import FieldTwice

Path = tuple[str, ...]
"""The keys that lead to a value; places in arrays are left out."""


class _Object(tuple[Path, ...]):
    """What is left of an object that was read: the ways to the keys that it has twice."""

    __slots__ = ()


def repeated_keys(text: str | bytes) -> tuple[Path, ...]:
    """Return the ways to all keys that stand twice; none for what is no JSON."""
    try:
        read = json.loads(
            text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str
        )
    except (ValueError, RecursionError):
        return ()
    return tuple(_within(read))


def repeated_field(text: str | bytes) -> FieldTwice | None:
    """Return what is wrong with a record that has a key twice."""
    return next(map(field_twice, repeated_keys(text)), None)


def field_twice(way: Sequence[str]) -> FieldTwice:
    """Return the mistake of a key that stands twice."""
    field = ".".join(way)
    return FieldTwice(f"`{field}` stands twice", field=field)


def _object(pairs: Iterable[tuple[str, Any]]) -> _Object:
    seen: set[str] = set()
    found: list[Path] = []
    for key, value in pairs:
        if key in seen:
            found.append((key,))
        seen.add(key)
        found += ((key, *path) for path in _within(value))
    return _Object(found)


def _within(value: Any) -> Iterator[Path]:
    if isinstance(value, _Object):
        yield from value
    elif isinstance(value, list):
        for part in value:
            yield from _within(part)
