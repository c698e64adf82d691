"""Strips have their caches once they use them. Textual 8.2.8."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip

from mleg_tui.textual_internals import strips
from mleg_tui.textual_internals.strips import CACHES, spare_strips

spare_strips()


def test_every_cache_of_a_strip_is_one_of_these_and_as_large() -> None:
    found = re.findall(r"self\.(\w+_cache)[^=]*= FIFOCache\((\d+)\)", inspect.getsource(Strip))
    assert {name: int(size) for name, size in found} == CACHES


def test_a_strip_that_nobody_uses_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(size: int) -> FIFOCache[object, object]:
        made.append(size)
        return FIFOCache(size)

    monkeypatch.setattr(strips, "FIFOCache", counted)
    strip = Strip([Segment("legitymacja")])
    assert made == []
    assert strip.crop(0, 3).text == "leg"
    assert made == [CACHES["_crop_cache"]]


def test_what_was_asked_before_is_remembered() -> None:
    strip = Strip([Segment("leg", Style()), Segment("itymacja", Style(color="red"))], 11)
    grey = Monochrome()
    asked: list[Callable[[], object]] = [
        lambda: strip.crop(2, 5),
        lambda: strip.crop_extend(2, 15, None),
        lambda: strip.divide([2, 5]),
        lambda: strip.apply_style(Style(bold=True)),
        lambda: strip.apply_filter(grey, Color(0, 0, 0)),
        lambda: strip.adjust_cell_length(20),
        lambda: strip.apply_offsets(1, 1),
    ]
    assert [ask() is ask() for ask in asked] == [True] * len(asked)


def test_one_strip_knows_nothing_of_another() -> None:
    one, other = Strip([Segment("Anna")]), Strip([Segment("Ewa ")])
    assert one.crop(0, 2).text == "An"
    assert other.crop(0, 2).text == "Ew"
