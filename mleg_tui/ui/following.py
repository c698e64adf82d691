"""How a screen follows what it shows of the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from textual.screen import Screen

from mleg_tui.services.feed import Interest, Subscription
from mleg_tui.ui.program import program_of


class Follower:
    """Lets a screen take up what changed, once for however many changes came meanwhile.

    ``take_up`` reads and shows it.
    """

    def __init__(self, screen: Screen[Any], take_up: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._take_up = take_up
        self._subscription: Subscription | None = None
        self._is_called = False

    def follow(self, interest: Interest, holds_until: datetime | None = None) -> None:
        """Be called for an interest from now on, and at a simulated moment in any case."""
        if self._subscription is None or self._subscription.interest != interest:
            self.end()
            feed = program_of(self._screen).services.feed
            self._subscription = feed.subscribe(interest, self._call)
        self._subscription.holds_until = holds_until

    def end(self) -> None:
        """Be called no more."""
        if self._subscription is not None:
            self._subscription.end()
            self._subscription = None

    def _call(self) -> None:
        if not self._is_called:
            self._is_called = True
            self._screen.call_later(self._called)

    async def _called(self) -> None:
        self._is_called = False
        if self._subscription is not None and self._screen.is_mounted:
            await self._take_up()
