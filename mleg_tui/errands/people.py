"""Everybody who takes part in an errand, logged in, and what they hold in hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.codes import PASS_LENGTH, TOKEN_LENGTH, Codes
from mleg_tui.domain.order import Order
from mleg_tui.domain.verification import Verification
from mleg_tui.errands.steps import Typed
from mleg_tui.services.clock import StandingClock
from mleg_tui.services.ordering import NoCodesYet
from mleg_tui.services.services import Services
from mleg_tui.services.session import Administrator, Session
from mleg_tui.services.store import View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.services.verifications import UnknownCheck

T = TypeVar("T")
ADMINISTRATOR = Administrator()
_MADE_UP = {TOKEN_LENGTH: "0" * (TOKEN_LENGTH - 1) + "g", PASS_LENGTH: "Aa11111111"}
_ALIKE = str.maketrans("0o1l", "o0l1")


class People:
    """Play their parts with the real services. Nobody's password is asked for.

    ``account`` is the student whom a step is about that names nobody.
    """

    def __init__(self, services: Services, account: str = "") -> None:
        self.services = services
        self.account = account
        self._work = UnitOfWork(services.store, services.clock)
        self._sessions: dict[str, Session] = {}
        self._issued: dict[str, list[Codes]] = {}

    def student(self, who: str | None) -> Session:
        """Return the session of a student."""
        return self._session(who or self.account)

    def office(self) -> Session:
        """Return the session of the dean's office."""
        return self._session(self._login_of(Role.OFFICE))

    def inspector(self) -> Session:
        """Return the session of an inspector."""
        return self._session(self._login_of(Role.INSPECTOR))

    def log_in_again(self, login: str) -> None:
        """Forget a session that has ended."""
        self._sessions.pop(login, None)

    def sit_still(self, duration: timedelta) -> None:
        """Let real time pass. A real clock cannot be moved, so this is for playing only."""
        if not isinstance(self.services.clock, StandingClock):
            message = "real time cannot be moved"
            raise TypeError(message)
        self.services.clock.moment += duration

    def typed(self, who: str | None, how: Typed, *, token: bool) -> str:
        """Return a token or an activation code as somebody types it. Raises ``NoCodesYet``."""
        issued = self.remember_codes(who)
        if not issued:
            raise NoCodesYet
        codes = issued[-2] if how is Typed.EARLIER and len(issued) > 1 else issued[-1]
        right, other = codes.token, codes.distribution_pass
        if not token:
            right, other = other, right
        return _as_typed(right, other, how)

    def check(self) -> str:
        """Return the six digits of the newest check. Raises ``UnknownCheck`` if there is none."""
        checks = self.read(lambda view: view.select(Verification))
        if not checks:
            raise UnknownCheck
        return max(checks, key=lambda check: check.asked_at).id

    def newest_order(self, who: str | None) -> Order | None:
        """Return a student's newest order."""
        student = who or self.account
        orders = self.read(lambda view: view.select(Order, student=student))
        return max(orders, key=lambda order: (order.order_date, order.id)) if orders else None

    def read(self, ask: Callable[[View], T]) -> T:
        """Look into the store."""
        return self._work.look(ADMINISTRATOR, lambda view, _now: ask(view))

    def write(self, change: Callable[[Work], T]) -> T:
        """Change what no service changes."""
        return self._work.act(ADMINISTRATOR, lambda work, _now: change(work))

    def remember_codes(self, who: str | None) -> list[Codes]:
        """Note and return the codes that a student was issued, for they die with their order."""
        issued = self._issued.setdefault(who or self.account, [])
        order = self.newest_order(who)
        if order is not None and order.codes is not None and order.codes not in issued:
            issued.append(order.codes)
        return issued

    def _session(self, login: str) -> Session:
        if login not in self._sessions:
            account = self.read(lambda view: view.get(Account, login))
            self._sessions[login] = Session(account, self.services.clock.now())
        return self._sessions[login]

    def _login_of(self, role: Role) -> str:
        accounts = self.read(lambda view: view.select(Account))
        return next(account.id for account in accounts if account.role is role)


def _as_typed(right: str, other: str, how: Typed) -> str:
    half = len(right) // 2
    return {
        Typed.EXACT: right,
        Typed.EARLIER: right,
        Typed.SPACED: f" {right[:half]} {right[half:]} ",
        Typed.BROKEN: f"{right[:half]}\n{right[half:]}\n",
        Typed.SHORT: right[:-1],
        Typed.OTHER_CASE: right.swapcase(),
        Typed.LOOK_ALIKE: right.translate(_ALIKE),
        Typed.THE_OTHER: other,
        Typed.MADE_UP: _MADE_UP[len(right)],
    }[how]
