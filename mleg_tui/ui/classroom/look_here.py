"""What the trainer shows to all, on the screen of somebody in the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from textual.strip import Strip

from mleg_tui.domain.messages import N_, NOTICE, MessageId
from mleg_tui.locale import _
from mleg_tui.services.screen_copy import ScreenCopy
from mleg_tui.services.services import Services
from mleg_tui.textual_internals.cover import Cover
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.classroom.screen_copy import drawn, frame_for, moved
from mleg_tui.ui.commands import COMMANDS

TRAINERS = N_("● ekran prowadzącego")
NO_KEYS: Mapping[str, Callable[[], object]] = MappingProxyType({})


class LookHere(Cover):
    """Covers a program with what is shown to its class, read-only.

    The program goes on below, and is found as it was left. ``shared`` are the services of the
    store in which the class is.
    """

    def __init__(
        self,
        app: DrawnApp,
        shared: Services,
        classroom: str,
        told: MessageId = TRAINERS,
        keys: Mapping[str, Callable[[], object]] = NO_KEYS,
    ) -> None:
        """``told`` says what it is, ``keys`` do something with it."""
        self._app = app
        self._told = told
        self._keys = keys
        self._shared = shared
        self._classroom = classroom
        self._copy: ScreenCopy | None = None
        self._at = (0, 0)
        self._stop: Callable[[], None] | None = None

    def begin(self) -> None:
        """Show what is shown to all, from now on."""
        if self._stop is None:
            feed, off_loop = self._shared.feed, self._shared.off_loop
            follow = self._shared.shown_screens.follow
            self._stop = follow(feed, off_loop, self._classroom, self._see)

    def end(self) -> None:
        """Show nothing more."""
        if self._stop is not None:
            self._stop()
            self._stop = None
            self._see(None)

    def _see(self, copy: ScreenCopy | None) -> None:
        self._copy = copy
        self._app.draw_cover(None if copy is None else self)

    def strips(self, width: int, height: int) -> Sequence[Strip]:
        """Draw it, with a word about what it is."""
        if self._copy is None:
            return [Strip.blank(width)] * height
        frame = frame_for(self._app, f"{_(NOTICE)}  {_(self._told)}")
        filters = self._app.filters_for_pictures()
        return drawn(self._copy, (width, height), frame, self._at, filters)

    def take_key(self, key: str) -> None:
        """Leave the program, do what the key does, or move what is larger than the window."""
        if key in self._keys:
            self._keys[key]()
        elif key in COMMANDS["app.quit"].keys:
            self._app.exit()
        elif self._copy is not None:
            self._at = moved(key, self._at, self._copy, self._app.size)
            self._app.draw_cover(self)
