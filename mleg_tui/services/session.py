"""On whose word something is done: somebody who is logged in, or the administrator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.errors import LoginRefused, NotYours
from mleg_tui.domain.messages import N_

IDLE_LIMIT = timedelta(minutes=20)


class SessionExpired(LoginRefused):
    """Nothing was pressed for too long, so the person was logged out."""

    message = N_("Sesja wygasła z powodu bezczynności. Wylogowano.")
    advice = N_("Zaloguj się ponownie.")


class Session:
    """A login in use. Times are real: idleness does not run at the simulation's speed."""

    def __init__(self, account: Account, now: datetime, idle_limit: timedelta = IDLE_LIMIT) -> None:
        self.account = account
        self.idle_limit = idle_limit
        self._last_seen = now

    @property
    def login(self) -> str:
        """The login name."""
        return self.account.id

    def touch(self, now: datetime) -> None:
        """Note that the person did something. Raises ``SessionExpired`` when it is too late."""
        self.check(now)
        self._last_seen = now

    def check(self, now: datetime) -> None:
        """Raise ``SessionExpired`` if the person sat still for too long."""
        if now >= self.ends_at:
            raise SessionExpired

    @property
    def ends_at(self) -> datetime:
        """When the session ends if nothing is pressed any more."""
        return self._last_seen + self.idle_limit

    def student(self) -> str:
        """Return the id of the student who is logged in. Raises ``NotYours`` for all others."""
        if self.account.role is not Role.STUDENT or self.account.student is None:
            raise NotYours
        return self.account.student


class Administrator(NamedTuple):
    """Whoever opened the store by themselves, with a plain command: no account is needed for it.

    ``login`` is what the audit calls them. A serving program never hands one out.
    """

    login: str = "administrator"


class Anonymous(NamedTuple):
    """Whoever has not logged in yet, and has no right but to do so."""

    login: str = ""


Authority = Session | Administrator | Anonymous
"""On whose word something is done."""
