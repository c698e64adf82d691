"""A page of the portal: what stands between the menu and the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical

from mleg_tui.services.feed import Interest
from mleg_tui.services.ordering import Card
from mleg_tui.ui.commands import Place
from mleg_tui.ui.screen import Handler

if TYPE_CHECKING:
    from mleg_tui.ui.usosweb.portal import Portal


class Page(Vertical):
    """One page. It may offer commands of its own and show the student's card."""

    DEFAULT_CSS = """
    Page { height: auto; padding: 0 1; }
    """
    places: ClassVar[frozenset[Place]] = frozenset()
    holds_until: datetime | None = None
    """The simulated moment at which what the page shows turns by time alone."""
    topic: ClassVar[str] = ""

    @property
    def portal(self) -> Portal:
        """The portal that the page stands in."""
        return cast("Portal", self.query_ancestor("Portal"))

    @property
    def interest(self) -> Interest:
        """What in the store the page shows: by default, all that is the person's own."""
        return Interest.of(owner=self.portal.session.account.student)

    @property
    def card(self) -> Card | None:
        """The card that the page shows, if it shows one."""
        return None

    def handlers(self) -> Mapping[str, Handler]:
        """Return what carries out the page's own commands."""
        return {}

    def arrive(self, command: str) -> None:
        """Show the part of the page to which a command leads, once the page has been read."""

    async def load(self) -> None:
        """Read what the page shows from the store."""

    def say(self) -> None:
        """Say what is not a message of the catalogue alone."""
