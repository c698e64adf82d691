"""What anybody may see before logging in: the universities and the demo accounts."""

from __future__ import annotations

from typing import NamedTuple

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_
from mleg_tui.domain.university import University
from mleg_tui.services.clock import Clock
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import WORLD_ID, DemoAccount, World


class UnknownUniversity(BadInput):
    """No university of this id is in the store."""

    message = N_("Nie ma uczelni „{id}”.")
    advice = N_("Uczelnie do wyboru: {known}")


class FirstSight(NamedTuple):
    """What a session shows before it asks for anything."""

    university: University
    """Whose login page it is."""
    timeline: Timeline
    demo_accounts: tuple[DemoAccount, ...]
    staff: frozenset[str]
    """Those of the demo accounts that are no student's."""
    own: University | None
    """The university of who is logged in already."""


class Campus:
    """The public side of the store."""

    def __init__(self, store: Store, _clock: Clock) -> None:
        self._store = store

    def first_sight(self, university: str, session: Session | None = None) -> FirstSight:
        """Return what is seen first on a university's page. Raises ``UnknownUniversity``."""

        def ask(view: View) -> FirstSight:
            world = view.get(World, WORLD_ID)
            shown = known_university(view, university)
            own = None if session is None else _seat(view, session, university)
            known = (view.find(Account, demo.login) for demo in world.demo_accounts)
            staff = frozenset(one.id for one in known if one and one.role is not Role.STUDENT)
            return FirstSight(shown, world.timeline, world.demo_accounts, staff, own)

        return self._store.read(ask)

    def university(self, id: str) -> University:
        """Return a university. Raises ``UnknownUniversity``, which names those there are."""
        return self._store.read(lambda view: known_university(view, id))

    def seat(self, session: Session, page: str) -> University:
        """Return the account's own university, or that of the page for who is of none.

        Raises ``UnknownUniversity``.
        """
        return self._store.read(lambda view: _seat(view, session, page))

    def universities(self) -> tuple[University, ...]:
        """Return all universities there are."""
        return self._store.read(lambda view: view.select(University))


def _seat(view: View, session: Session, page: str) -> University:
    return known_university(view, session.account.university or page)


def university_of(view: View, id: str) -> University:
    """Return a university, or what stands for one that is not there.

    A store that was edited by hand may name such; the office still sees all else.
    """
    return view.find(University, id) or University.unknown(id)


def known_university(view: View, id: str) -> University:
    """Return a university. Raises ``UnknownUniversity``, which names those there are."""
    found = view.find(University, id)
    if found is None:
        known = ", ".join(university.id for university in view.select(University))
        raise UnknownUniversity(id=id, known=known)
    return found
