"""What anybody may see before logging in: the universities and the demo accounts."""

from __future__ import annotations

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.services.clock import Clock
from mleg_tui.services.store import Store, View
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, DemoAccount, World


class UnknownUniversity(BadInput):
    """No university of this id is in the store."""

    message = N_("Nie ma uczelni „{id}”.")
    advice = N_("Uczelnie do wyboru: {known}")


class Campus:
    """The public side of the store."""

    def __init__(self, store: Store, _clock: Clock) -> None:
        self._store = store

    def university(self, id: str) -> University:
        """Return a university. Raises ``UnknownUniversity``, which names those there are."""

        def ask(view: View) -> University:
            found = view.find(University, id)
            if found is None:
                known = ", ".join(university.id for university in view.select(University))
                raise UnknownUniversity(id=id, known=known)
            return found

        return self._store.read(ask)

    def timeline(self) -> Timeline:
        """Return the timeline, from which the present can be told without asking again."""
        return self._store.read(lambda view: view.get(World, WORLD_ID).timeline)

    def demo_accounts(self) -> tuple[DemoAccount, ...]:
        """Return the accounts that the login page tells about."""
        return self._store.read(lambda view: view.get(World, WORLD_ID).demo_accounts)


def university_of(view: View, id: str) -> University:
    """Return a university, or what stands for one that is not there.

    A store that was edited by hand may name such; the office still sees all else.
    """
    return view.find(University, id) or University.unknown(id)
