"""Where a login leads: to the one store there is, or beside one's own world to the shared one."""

from __future__ import annotations

from typing import NamedTuple

from mleg_tui.domain.account import Role
from mleg_tui.domain.university import University
from mleg_tui.services.login import WrongCredentials
from mleg_tui.services.services import Services
from mleg_tui.services.session import Session
from mleg_tui.simulation.timeline import Timeline


class Admitted(NamedTuple):
    """Somebody who has logged in: to which store, at which university, and how time runs there."""

    services: Services
    session: Session
    university: University
    timeline: Timeline


class Doors(NamedTuple):
    """Where a login leads: to one's ``own`` store, or for the office to the one that is shared.

    Without a ``shared`` one, everything leads to ``own``.
    """

    own: Services
    shared: Services | None = None

    def lead_away_from(self, services: Services) -> bool:
        """Tell whether these are the services of an own world, beside which others share one."""
        return self.shared is not None and services is self.own

    def admit(self, login: str, password: str, page: str, source: str = "") -> Admitted:
        """Let somebody in, or raise a ``LoginRefused`` that says why not.

        ``page`` is the university whose login page it is, ``source`` the address that asks.
        """
        if self.shared is None or self.own.login.role_of(login) in (Role.STUDENT, Role.INSPECTOR):
            return _admitted(self.own, login, password, page, source)
        admitted = _admitted(self.shared, login, password, page, source)
        if admitted.session.account.role is not Role.OFFICE:
            raise WrongCredentials  # of the shared store's students nobody may be one here
        return admitted


def _admitted(services: Services, login: str, password: str, page: str, source: str) -> Admitted:
    session = services.login.sign_in(login, password, source)
    university = services.campus.seat(session, page)
    return Admitted(services, session, university, services.time.timeline())
