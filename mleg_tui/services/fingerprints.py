"""Which names were met on the way through a million of them, in a few bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

_FEW = 1024
_BITS = 64


class Fingerprints:
    """A set that keeps eight bytes of what it was given, and so takes at most 32 for each.

    Of a million different names, two are taken for the same one time in thirty million.
    """

    __slots__ = ("_count", "_slots")

    def __init__(self) -> None:
        self._slots = array("Q", bytes(_FEW * _BITS // 8))
        self._count = 0

    def __contains__(self, name: Hashable) -> bool:
        mark = _mark(name)
        return self._slots[self._place(mark)] == mark

    def add(self, name: Hashable) -> bool:
        """Remember a name; tell whether it is new."""
        mark = _mark(name)
        place = self._place(mark)
        if self._slots[place] == mark:
            return False
        self._slots[place] = mark
        self._count += 1
        if 2 * self._count > len(self._slots):
            self._grow()
        return True

    def _place(self, mark: int) -> int:
        """Return where a fingerprint is, or would be."""
        slots, last = self._slots, len(self._slots) - 1
        place = mark & last
        while slots[place] not in (0, mark):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        known = self._slots
        self._slots = array("Q", bytes(2 * len(known) * _BITS // 8))
        for mark in known:
            if mark:
                self._slots[self._place(mark)] = mark


def _mark(name: Hashable) -> int:
    return hash(name) % 2**_BITS or 1
