"""A page of the portal: what is shown between the menu and the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol, cast

from textual.containers import Vertical
from textual.widget import Widget

from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.university import University
from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.services.session import Session
from mleg_tui.ui.availability import Situation
from mleg_tui.ui.commands import Place
from mleg_tui.ui.pane import PaneHost
from mleg_tui.ui.program import Handler, Program
from mleg_tui.ui.topic import Topic


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: under which tab and group, and the command that opens it.

    ``is_at`` tells whether a university has the page. It also answers the commands in ``also``,
    where they have no page of their own. ``about`` says what it is good for.
    """

    id: str
    tab: str
    command: str
    label: MessageId
    build: Callable[[], Page]
    group: MessageId | None = None
    about: MessageId | None = None
    is_at: Callable[[University], bool] = lambda _university: True
    also: tuple[str, ...] = ()


class PageHost(Protocol):
    """What a page needs from the portal that it stands in."""

    session: Session
    university: University

    @property
    def program(self) -> Program:
        """The program that shows the portal."""

    @property
    def desk(self) -> PaneHost:
        """The desk that the portal stands on."""

    @property
    def is_active(self) -> bool:
        """Whether the keys go to the portal."""

    def situation(self) -> Situation:
        """Return where the user is, for deciding what they may do."""

    def entries(self) -> tuple[MenuEntry, ...]:
        """Return the pages that this university's portal has."""

    def query_one(self, selector: str) -> Widget:
        """Return a part of the portal."""


class Page(Vertical):
    """One page. It may offer commands of its own and show the student's card."""

    DEFAULT_CSS = """
    Page { height: auto; padding: 0 1; }
    """
    places: ClassVar[frozenset[Place]] = frozenset()
    holds_until: datetime | None = None
    """The simulated moment at which what the page shows turns by time alone."""
    topic: ClassVar[Topic] = Topic()

    @property
    def portal(self) -> PageHost:
        """The portal that the page stands in."""
        return cast("PageHost", self.query_ancestor("Portal"))

    @property
    def interest(self) -> Interest:
        """What in the store the page shows: by default, all that is the person's own."""
        return Interest.of(owner=self.portal.session.account.student)

    @property
    def card(self) -> Card | None:
        """The card that the page shows, if it shows one."""
        return None

    @property
    def refused(self) -> Mapping[str, Refused]:
        """The page's own commands that make no sense now, each with why."""
        return {}

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's own commands."""
        return {}

    def arrive(self, command: str) -> None:
        """Show the part of the page to which a command leads, once the page has been read."""

    async def load(self) -> None:
        """Read what the page shows from the store."""

    def say(self) -> None:
        """Say what is not a message of the catalogue alone."""
