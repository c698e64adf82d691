"""Outages, and when a machine works again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mleg_tui.simulation.faults import Faults, Outage, first_moment_up
from tests.factories import NOW


def outage(start: int, end: int | None) -> Outage:
    return Outage(NOW + timedelta(hours=start), None if end is None else NOW + timedelta(hours=end))


@pytest.mark.parametrize(
    ("outages", "asked", "up"),
    [
        ([], 0, 0),
        ([(1, 2)], 0, 0),
        ([(1, 2)], 1, 2),
        ([(1, 2)], 2, 2),
        ([(1, 3), (2, 5)], 1, 5),
        ([(2, 5), (1, 3)], 1, 5),
        ([(1, 9), (2, 5)], 3, 9),
        ([(1, 2), (3, 4)], 1, 2),
        ([(1, None)], 0, 0),
        ([(1, None)], 1, None),
        ([(1, 3), (2, None)], 1, None),
    ],
)
def test_the_first_moment_at_which_it_works(
    outages: list[tuple[int, int | None]], asked: int, up: int | None
) -> None:
    moment = first_moment_up(tuple(outage(*o) for o in outages), NOW + timedelta(hours=asked))
    assert moment == (None if up is None else NOW + timedelta(hours=up))


@pytest.mark.parametrize(
    "make",
    [
        lambda: outage(2, 1),
        lambda: Faults(rejections_per_mille=-1),
        lambda: Faults(rejections_per_mille=1001),
        lambda: Faults(slowdown=0),
    ],
)
def test_what_cannot_be(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()
