"""Who may steer the simulation: the office inside the program, and whoever can open the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mleg_tui.domain.account import Role
from mleg_tui.domain.order import NotYours
from mleg_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class Administrator:
    """Whoever opened the store by themselves, with a plain command: no account is needed for it.

    ``login`` is what the audit calls them. A serving program never hands one out.
    """

    login: str = "administrator"


Authority = Session | Administrator
"""On whose word the simulation is steered."""


def check_authority(by: Authority, real_now: datetime, *, acting: bool = False) -> str:
    """Return the name for the audit. Raises ``NotYours`` for a session that is not the office's.

    ``acting`` tells that the person did something, which keeps their session alive.
    """
    if isinstance(by, Administrator):
        return by.login
    by.check(real_now)
    if by.account.role is not Role.OFFICE:
        raise NotYours
    if acting:
        by.touch(real_now)
    return by.login
