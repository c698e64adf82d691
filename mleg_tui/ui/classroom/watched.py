"""The trainer looks over somebody's shoulder: their side of it. They are told."""

from __future__ import annotations

from functools import partial

from mleg_tui.domain.classroom import Participant
from mleg_tui.domain.errors import Refused
from mleg_tui.services.participants import Seat
from mleg_tui.services.services import Services
from mleg_tui.ui.appearance import DrawnApp
from mleg_tui.ui.classroom.publisher import ScreenPublisher
from mleg_tui.ui.widgets.bars import SeenBy


class Watched:
    """Sends the screen of a participant as long as somebody looks at it.

    ``shared`` are the services of the store in which the class is.
    """

    def __init__(self, app: DrawnApp, shared: Services, seat: Seat) -> None:
        self._app = app
        self._shared = shared
        self._seat = seat
        self._publisher = ScreenPublisher(app, self._send)

    def take_up(self, one: Participant) -> None:
        """Begin or end, as the participant's record says."""
        until = one.watched_until
        if until is not None and self._shared.clock.now() < until:
            self._app.seen_by = SeenBy.TRAINER
            self._publisher.begin()
        else:
            self.end()

    def end(self) -> None:
        """Send nothing more."""
        self._publisher.end()
        self._app.seen_by = None

    async def _send(self, text: str) -> bool:
        publish = partial(self._shared.participants.publish, self._seat, text)
        try:
            looks = await self._shared.off_loop.ask(publish)
        except Refused:
            looks = False  # the seat is lost, which is told elsewhere
        if not looks:
            self._app.seen_by = None
        return looks
