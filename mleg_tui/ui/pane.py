"""A pane of the desk: one of the systems, such as USOSweb or the phone, beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Protocol, cast

from textual.containers import Vertical
from textual.widget import Widget

from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.program import Handler, Program, program_of
from mleg_tui.ui.topic import Topic


class PaneHost(Protocol):
    """What a pane needs from the desk that it stands on."""

    @property
    def active(self) -> Pane:
        """The pane that the keys go to."""

    @property
    def focused(self) -> Widget | None:
        """What has the focus, in whichever pane."""

    def activate(self, pane: Pane) -> None:
        """Make a pane the one that the keys go to."""

    def visible_token(self) -> str | None:
        """Return the token whose QR code is shown by one of the panes, for the phone's camera."""

    def refresh_keys(self) -> None:
        """Show in the footer what can be done now, and follow what is seen now."""

    async def perform(self, command: str) -> None:
        """Carry out a command, or tell why not."""

    def open_file(self, table: str, id: str) -> None:
        """Open the office's file of an order or of a student, or the board of a class."""


class Pane(Vertical):
    """One system. While it is active, the desk asks it what can be done and by whom."""

    places: ClassVar[frozenset[Place]] = frozenset({Place.EVERYWHERE})

    @property
    def program(self) -> Program:
        """The program that shows the pane."""
        return program_of(self)

    @property
    def desk(self) -> PaneHost:
        """The desk that the pane stands on."""
        return cast("PaneHost", self.screen)

    @property
    def is_active(self) -> bool:
        """Whether the keys go to this pane."""
        return self.desk.active is self

    @property
    def topic(self) -> Topic:
        """What the help explains while the pane is active."""
        return Topic()

    def situation(self) -> Situation:
        """Return where the user is, for deciding what they may do."""
        return Situation(self.places, self.program.role)

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the pane's own commands."""
        return {}

    def focus_first(self) -> None:
        """Put the focus where the pane begins."""

    @property
    def interest(self) -> Interest:
        """What in the store the pane shows."""
        return Interest()

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which what the pane shows turns by time alone."""
        return None

    @property
    def shows_seconds(self) -> bool:
        """Whether the pane tells the time to the second."""
        return False

    async def store_changed(self) -> Card | None:
        """Take up what changed in the store, or by time; return the card, if it was read."""

    def say(self) -> None:
        """Say what is not a message of the catalogue alone."""

    async def escape(self) -> None:
        """Go back one step within the pane."""

    @property
    def visible_token(self) -> str | None:
        """The token whose QR code can be seen in the pane, for the phone's camera."""
        return None
