"""The program as one of many in a process, each for somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events
from textual.widgets import Input

from mleg_tui.serve.stream import ClientStream
from mleg_tui.serve.terminal import Terminal
from mleg_tui.services.campus import FirstSight
from mleg_tui.services.entrance import Entrance
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.textual_internals.shared_process import IsolatedApp
from mleg_tui.textual_internals.stream_driver import StreamDriver
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.options import Options

_LOOK_AGAIN = 0.05


class ServedMlegTui(MlegTui, IsolatedApp):
    """Draws on a stream, at the pace at which that is read."""

    driver: StreamDriver | None = None
    """The driver, once the app runs."""

    def __init__(
        self,
        services: Services,
        options: Options,
        session: Session | None,
        first_sight: FirstSight,
        *,
        stream: ClientStream,
        terminal: Terminal,
        entrance: Entrance | None = None,
    ) -> None:
        super().__init__(services, options, session, first_sight, entrance)
        self.driver_class = StreamDriver
        self.stream = stream
        self.terminal = terminal
        self.end_turn: Callable[[], object] = bool
        self._waits_to_draw = False
        self.isolate(terminal.name, terminal.colors, no_color=terminal.no_color)

    def come_alive(self) -> None:
        """Give way to who comes in next."""
        super().come_alive()
        self.end_turn()

    @property
    def asks_for_synchronised_output(self) -> bool:
        """Whether the terminal may be asked if it knows synchronised output."""
        return self.terminal.knows_synchronised_output

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the cursor stand still: its blinking would be most of what an idle session costs."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def may_draw(self) -> bool:
        """Draw unless the terminal is behind; then all of it, once it has caught up."""
        if not self.stream.is_congested:
            return True
        if not self._waits_to_draw:
            self._waits_to_draw = True
            self._look_again()
        return False

    def _look_again(self) -> None:
        if not self.is_running:
            return
        if self.stream.is_congested:
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self._look_again)
        else:
            self._waits_to_draw = False
            self.call_later(self.refresh)
