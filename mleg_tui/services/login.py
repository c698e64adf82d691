"""The CAS login: who you are, in constant time, and slower after each wrong password."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from mleg_tui.domain.account import LONGEST_LOGIN, Account, Role, login_name
from mleg_tui.domain.errors import LoginRefused
from mleg_tui.domain.inert import NotInert, fault_of
from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.services.clock import Clock
from mleg_tui.services.passwords import is_right
from mleg_tui.services.session import Anonymous, Session
from mleg_tui.services.store import Store, Work


class LoginMissing(LoginRefused):
    """The login field is empty."""

    message = N_("Nazwa użytkownika jest polem wymaganym.")
    advice = N_("Wpisz identyfikator konta demonstracyjnego.")


class LoginNotInert(LoginRefused):
    """The login name holds a character that is in no name, and would do something where shown."""

    message = N_("Identyfikator: {problem}")
    advice = NotInert.advice


class PasswordMissing(LoginRefused):
    """The password field is empty."""

    message = N_("Hasło jest polem wymaganym.")
    advice = N_("Wpisz hasło konta demonstracyjnego.")


class WrongCredentials(LoginRefused):
    """No such account, or another password; which of the two is not told."""

    message = N_("Dostarczone dane uwierzytelniania nie mogą zostać uznane za poprawne.")
    advice = N_("Działają tylko konta demonstracyjne, np. anna.nowak z hasłem demo.")


class AccountBlocked(LoginRefused):
    """The account was blocked."""

    message = N_("Konto zostało zablokowane.")
    advice = N_("Zgłoś się do administratora symulacji.")


class Login:
    """Lets people in. Checking a password takes tens of milliseconds: call it off the loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def sign_in(self, login: str, password: str, source: str = "") -> Session:
        """Return the session of an account, or raise a ``LoginRefused`` that says why not.

        ``source`` is the address from which somebody asks over a network, maybe a whole class's.
        Wrong passwords make only this account wait, only from there, and hardly where it is known.
        An address waits only when it tries more names than a class has.
        """
        from mleg_tui.services import attempts  # noqa: PLC0415 - not to show a page

        name = _login_name(login)
        if not name:
            raise LoginMissing
        problem = fault_of(name)
        if problem is not None:
            raise LoginNotInert(problem=problem)
        if not password:
            raise PasswordMissing
        now = self._clock.now()
        source = network(source)
        tries = f"{name.replace(' ', '_')} {source}".rstrip()
        account, tried = self._store.read(
            lambda view: (view.find(Account, name), attempts.attempts_of(view, tries, source, now))
        )
        right = is_right(
            account.password_hash if account else None, unicodedata.normalize("NFC", password)
        )
        if not right or account is None:
            self._note(lambda work: attempts.note_try(work, tries, now, came_in=False))
            raise WrongCredentials
        if account.blocked:
            raise AccountBlocked
        if source and (tried is None or tried.failures or not tried.known):
            self._note(lambda work: attempts.note_try(work, tries, now, came_in=True))
        elif tried is not None and not source:
            self._note(lambda work: attempts.forget_failures(work, tries))
        return Session(account, now)

    def role_of(self, login: str) -> Role | None:
        """Return the role of an account, ``None`` where there is none of this name."""
        account = self._store.read(lambda view: view.find(Account, _login_name(login)))
        return None if account is None else account.role

    def vouch(self, login: str) -> Session:
        """Return the session of somebody who was recognised otherwise, as by an SSH key.

        Raises ``WrongCredentials`` where there is no such account, and ``AccountBlocked``.
        """
        account = self._store.read(lambda view: view.find(Account, _login_name(login)))
        if account is None:
            raise WrongCredentials
        if account.blocked:
            raise AccountBlocked
        return Session(account, self._clock.now())

    def _note(self, change: Callable[[Work], object]) -> None:
        from mleg_tui.services.unit_of_work import UnitOfWork  # noqa: PLC0415 - not to show a page

        UnitOfWork(self._store, self._clock).act(Anonymous(), lambda work, _now: change(work))


def _login_name(typed: str) -> str:
    """Return the name as it is looked up; bytes that were no UTF-8 can be in no name."""
    name = login_name(typed)[:LONGEST_LOGIN]
    return name.encode(errors="replace").decode()
