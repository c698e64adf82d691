"""Strips whose caches are made when they are used: most of them never are.

Textual makes seven for each piece of each line that is painted, which takes a third of the time in
which a page is turned. Touches the private caches of ``Strip``, and replaces its ``__init__``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

CACHES: Mapping[str, int] = MappingProxyType(
    {
        "_divide_cache": 4,
        "_crop_cache": 16,
        "_style_cache": 16,
        "_filter_cache": 4,
        "_line_length_cache": 4,
        "_crop_extend_cache": 4,
        "_offsets_cache": 4,
    }
)
"""How much each of a strip's caches holds."""


class _WhenUsed:
    """A cache that a strip has from its first use on."""

    def __init__(self, slot: Any, size: int) -> None:
        self._slot = slot
        self._size = size

    def __get__(self, strip: Strip, _owner: type[Strip] | None = None) -> FIFOCache[Any, Any]:
        try:
            cache: FIFOCache[Any, Any] = self._slot.__get__(strip)
        except AttributeError:
            cache = FIFOCache(self._size)
            self._slot.__set__(strip, cache)
        return cache


def spare_strips() -> None:
    """Let all strips of this process do so; calling it again changes nothing."""
    if Strip.__init__ is _init:
        return
    Strip.__init__ = _init  # type: ignore[method-assign, assignment]
    for name, size in CACHES.items():
        setattr(Strip, name, _WhenUsed(getattr(Strip, name), size))


def _init(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)  # noqa: SLF001
    strip._cell_length = cell_length  # noqa: SLF001
    strip._render_cache = strip._link_ids = strip._cell_count = None  # noqa: SLF001
