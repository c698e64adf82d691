"""Collections that never change, and whose next state costs little more than what differs in it.

Whoever reads a state of the store keeps it, however many others come after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from math import isqrt
from typing import Any, Self, TypeVar

V = TypeVar("V")
Pair = tuple[str, str]
"""A value and the id of what has it."""

_FEW = 64
_BLOCK = 512
_NOTHING: Mapping[str, Any] = {}


class PersistentDict(Mapping[str, V]):
    """Values by id: those of ``base``, but for what ``over`` has instead; ``None`` is none."""

    __slots__ = ("base", "over")

    def __init__(
        self, base: Mapping[str, V] = _NOTHING, over: Mapping[str, V | None] = _NOTHING
    ) -> None:
        self.base = base
        self.over = over

    def __getitem__(self, id_: str) -> V:
        value = self.over[id_] if id_ in self.over else self.base[id_]
        if value is None:
            raise KeyError(id_)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        come = sum((value is not None) - (id_ in self.base) for id_, value in self.over.items())
        return len(self.base) + come

    def changed(self, changes: Mapping[str, V | None]) -> Self:
        """Return these values with changes; ``None`` removes one."""
        over = {**self.over, **changes}
        for id_, value in changes.items():
            if value is None and id_ not in self.base:
                del over[id_]
        return type(self)(self.base, over)

    def whole(self) -> Mapping[str, V]:
        """Return the same values in a mapping that is faster to go through."""
        if not self.over:
            return self.base
        whole = {**self.base, **self.over}
        return {id_: value for id_, value in whole.items() if value is not None}

    def settled(self) -> Self:
        """Return the same values, as a base before there is so much over it that changes cost."""
        if len(self.over) > _FEW + isqrt(len(self.base)):
            return type(self)(self.whole())
        return self


class SortedPairs:
    """Pairs in their order, in blocks of which a change copies few."""

    __slots__ = ("_blocks",)

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._blocks = _in_blocks(sorted(pairs))

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    def changed(self, gone: Collection[Pair], come: Collection[Pair]) -> SortedPairs:
        """Return these pairs without some, each of which is there, and with others."""
        if 4 * (len(gone) + len(come)) > len(self):
            lost = set(gone)
            kept = (pair for pair in chain.from_iterable(self._blocks) if pair not in lost)
            return SortedPairs(chain(kept, come))
        after = SortedPairs()
        after._blocks = blocks = self._blocks.copy()
        for pair in gone:
            place = _block_of(blocks, pair)
            block = blocks[place].copy()
            del block[bisect_left(block, pair)]
            blocks[place : place + 1] = [block] if block else []
        for pair in come:
            place = _block_of(blocks, pair)
            block = blocks[place].copy()
            insort(block, pair)
            blocks[place : place + 1] = _in_blocks(block) if len(block) > 2 * _BLOCK else [block]
        return after

    def before(self, pair: Pair) -> int:
        """Return how many pairs are less than one."""
        if not self._blocks:
            return 0
        place = _block_of(self._blocks, pair)
        return sum(map(len, self._blocks[:place])) + bisect_left(self._blocks[place], pair)

    def ids(self, first: int, last: int, *, descending: bool = False) -> Iterator[str]:
        """Yield the ids of the pairs from one place on and before another, or from behind."""
        skipped, left = (len(self) - last if descending else first), max(last - first, 0)
        for block in reversed(self._blocks) if descending else self._blocks:
            if skipped < len(block):
                pairs = reversed(block) if descending else block
                for _, id_ in islice(pairs, skipped, skipped + left):
                    yield id_
                left -= len(block) - skipped
                if left <= 0:
                    return
            skipped = max(skipped - len(block), 0)

    def ids_of(self, value: str) -> Iterator[str]:
        """Yield the ids of the pairs of one value."""
        return self.ids(self.before((value, "")), self.before((value + "\0", "")))


def _in_blocks(pairs: list[Pair]) -> list[list[Pair]]:
    return [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]


def _block_of(blocks: list[list[Pair]], pair: Pair) -> int:
    """Return which block a pair is in, or would be."""
    return max(bisect_right(blocks, pair, key=lambda block: block[0]) - 1, 0)
