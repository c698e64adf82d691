"""What stands before somebody who is logged in: the systems that take part, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from mleg_tui.domain.university import University
from mleg_tui.services.session import Session
from mleg_tui.ui.commands import Place
from mleg_tui.ui.legality import Situation
from mleg_tui.ui.pane import Pane
from mleg_tui.ui.screen import Handler, MlegScreen, keys_of
from mleg_tui.ui.usosweb.portal import Portal


class Desk(MlegScreen):
    """Asks the pane that has the focus what can be done, and tells all of them of changes."""

    CSS_PATH = [  # noqa: RUF012 - Textual reads a list
        "usosweb/portal.tcss",
        "usosweb/mlegitymacja.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(Place.USOSWEB, Place.MLEGITYMACJA),
        Binding("escape", "escape", show=False),
    ]

    def __init__(self, session: Session, university: University) -> None:
        super().__init__()
        self._panes: tuple[Pane, ...] = (Portal(session, university),)
        self._active = self._panes[0]

    @property
    def topic(self) -> str:  # type: ignore[override]
        """What the help explains: the active pane's page."""
        return self._active.topic

    def content(self) -> ComposeResult:
        """Yield the panes."""
        yield Horizontal(*self._panes, id="panes")

    def on_mount(self) -> None:
        """Follow the store from now on."""
        self.program.store_changed.subscribe(self, self._store_changed)
        self._active.focus_first()

    def situation(self) -> Situation:
        """Return where the user is: in the active pane."""
        return self._active.situation()

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the active pane's commands."""
        return self._active.handlers()

    async def _store_changed(self, _revision: str) -> None:
        if self.is_current:
            await self._take_up()

    def on_screen_resume(self) -> None:
        """Take up what happened while a dialog was on top."""
        super().on_screen_resume()
        self.call_next(self._take_up)

    async def _take_up(self) -> None:
        for pane in self._panes:
            await pane.store_changed()
        self.refresh_keys()

    def action_escape(self) -> None:
        """Go back one step in the active pane."""
        self._active.escape()
