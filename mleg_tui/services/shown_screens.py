"""What the trainers show to all of their classes: read once in a process, however many see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial

from mleg_tui.domain.errors import StoreUnusable
from mleg_tui.services.clock import Clock
from mleg_tui.services.columns import frame_owner
from mleg_tui.services.feed import Feed, Interest
from mleg_tui.services.off_loop import OffLoop
from mleg_tui.services.participants import Participants
from mleg_tui.services.screen_copy import BadCopy, ScreenCopy
from mleg_tui.services.store import Store

_RETRY = 1.0
See = Callable[[ScreenCopy | None], object]
"""Shows what is shown to all, ``None`` when it is nothing any more."""


class ShownScreens:
    """Follows what is shown to each class that somebody of this process takes part in."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._participants = Participants(store, clock)
        self._clock = clock
        self._shown: dict[str, _Shown] = {}

    def follow(self, feed: Feed, off_loop: OffLoop, classroom: str, see: See) -> Callable[[], None]:
        """Call back with what is shown to a class now, if anything is, and whenever that changes.

        It is called on this loop and in this context. Returns what ends it.
        """
        shown = self._shown.get(classroom)
        if shown is None:
            shown = _Shown(self._participants, self._clock, off_loop, classroom)
            self._shown[classroom] = shown
            shown.begin(feed)
        context = copy_context()

        def told(copy: ScreenCopy | None) -> None:
            context.run(see, copy)

        shown.add(told)
        return partial(self._forget, shown, told)

    def _forget(self, shown: _Shown, told: See) -> None:
        shown.viewers.discard(told)
        if not shown.viewers and self._shown.get(shown.classroom) is shown:
            del self._shown[shown.classroom]
            shown.end()


class _Shown:
    """What is shown to one class."""

    def __init__(
        self, participants: Participants, clock: Clock, off_loop: OffLoop, classroom: str
    ) -> None:
        self._participants = participants
        self._clock = clock
        self._off_loop = off_loop
        self.classroom = classroom
        self.viewers: set[See] = set()
        self._copy: ScreenCopy | None = None
        self._changed = asyncio.Event()
        self._wait: float | None = None

    def begin(self, feed: Feed) -> None:
        """Follow it, in a context that is nobody's."""
        interest = Interest(frozenset({frame_owner(self.classroom)}), frozenset())
        nobodys = Context()
        self._subscription = nobodys.run(feed.subscribe, interest, self._changed.set)
        self._changed.set()
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(self._follow(), context=nobodys)

    def end(self) -> None:
        """Follow it no more."""
        self._subscription.end()
        self._task.cancel()

    def add(self, see: See) -> None:
        """Let somebody else see it, too."""
        self.viewers.add(see)
        if self._copy is not None:
            see(self._copy)

    async def _follow(self) -> None:
        while True:
            with suppress(TimeoutError):  # what is shown has not been renewed
                await asyncio.wait_for(self._changed.wait(), self._wait)
            self._changed.clear()
            copy = await self._look()
            if copy != self._copy:
                self._copy = copy
                for see in [*self.viewers]:
                    see(copy)

    async def _look(self) -> ScreenCopy | None:
        """Return what is shown now; what cannot be read is nothing."""
        try:
            copy, self._wait = await self._off_loop.ask(self._read)
        except StoreUnusable:
            copy, self._wait = None, _RETRY
        except BadCopy:
            copy, self._wait = None, None
        return copy

    def _read(self) -> tuple[ScreenCopy | None, float | None]:
        """Return what is shown, and for how many seconds if nobody renews it."""
        frame = self._participants.shown_to_all(self.classroom)
        if frame is None:
            return None, None
        left = (frame.until - self._clock.now()).total_seconds()
        return ScreenCopy.from_text(frame.text), max(0.0, left)
