"""The program as one of many in a process, each for somebody else."""

from __future__ import annotations

from datetime import timedelta

from textual import events
from textual.widgets import Input

from mleg_tui.serve.ssh.driver import SshDriver
from mleg_tui.serve.ssh.terminal import Terminal
from mleg_tui.serve.ssh.wire import Wire
from mleg_tui.services.campus import FirstSight
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.textual_internals.shared_process import IsolatedApp
from mleg_tui.ui.app import MlegTui
from mleg_tui.ui.options import Options

_LOOK_AGAIN = timedelta(milliseconds=50)


class ServedMlegTui(MlegTui, IsolatedApp):
    """Draws on a wire, at the pace at which that is read."""

    def __init__(
        self,
        services: Services,
        options: Options,
        session: Session | None,
        first_sight: FirstSight,
        *,
        wire: Wire,
        terminal: Terminal,
    ) -> None:
        super().__init__(services, options, session, first_sight)
        self.driver_class = SshDriver
        self.wire = wire
        self.terminal = terminal
        self._waits_to_draw = False
        self.isolate(terminal.name, terminal.colors, no_color=terminal.no_color)

    @property
    def driver(self) -> SshDriver | None:
        """The driver, once the app runs."""
        return self._driver if isinstance(self._driver, SshDriver) else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the cursor stand still: its blinking would be most of what an idle session costs."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def may_draw(self) -> bool:
        """Draw unless the terminal is behind; then all of it, once it has caught up."""
        if not self.wire.is_congested:
            return True
        if not self._waits_to_draw:
            self._waits_to_draw = True
            self._look_again()
        return False

    def _look_again(self) -> None:
        if self._loop is None or not self.is_running:
            return
        if self.wire.is_congested:
            self._loop.call_later(_LOOK_AGAIN.total_seconds(), self._look_again)
        else:
            self._waits_to_draw = False
            self.call_later(self.refresh)
