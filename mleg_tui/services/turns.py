"""Who comes in is drawn one after the other, so that who types does not wait for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack

_LONGEST = 1.0
"""Seconds after which it is the next one's turn, whatever became of this one."""


class Turns:
    """The turns of all sessions of a process."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def take(self) -> Callable[[], None]:
        """Wait for one's turn; return what ends it, which does no harm when it has ended."""
        await self._lock.acquire()
        turn = ExitStack()
        turn.callback(self._lock.release)
        turn.callback(asyncio.get_running_loop().call_later(_LONGEST, turn.close).cancel)
        return turn.close
