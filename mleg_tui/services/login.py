"""The CAS login: who you are, in constant time, and slower after each wrong password."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import LONGEST_LOGIN, Account, LoginAttempts, Role, login_name
from mleg_tui.domain.errors import LoginRefused
from mleg_tui.domain.inert import NotInert, fault_of
from mleg_tui.domain.messages import N_
from mleg_tui.domain.network import network
from mleg_tui.services.clock import Clock
from mleg_tui.services.passwords import is_right
from mleg_tui.services.session import Anonymous, Session
from mleg_tui.services.store import Store, View, Work

FREE_TRIES = 3
LONGEST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT_FROM_AFAR = timedelta(seconds=30)
"""Behind one address sits a whole class: who guesses there must not keep an owner out for long."""
_FREE_TRIES_WHERE_KNOWN, _LONGEST_WAIT_WHERE_KNOWN = 100, timedelta(seconds=1)
"""Where an account is at home it is hardly kept out; who guesses there is slowed down at least."""
_NAMES_A_MINUTE, _MINUTE = 300, 60
"""So many names may be tried from one address; a class of a hundred has fewer, typos and all."""
_MOST_NAMES = 1_000


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


class Throttled(LoginRefused):
    """Too many wrong passwords in a row."""

    message = N_("Zbyt wiele nieudanych prób logowania.")
    advice = N_("Spróbuj ponownie za {seconds} s.")


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
        account, attempts = self._store.read(
            lambda view: (view.find(Account, name), _attempts(view, tries, source, now))
        )
        right = is_right(
            account.password_hash if account else None, unicodedata.normalize("NFC", password)
        )
        if not right or account is None:
            self._note(lambda work: _note_try(work, tries, now, came_in=False))
            raise WrongCredentials
        if account.blocked:
            raise AccountBlocked
        if source and (attempts is None or attempts.failures or not attempts.known):
            self._note(lambda work: _note_try(work, tries, now, came_in=True))
        elif attempts is not None and not source:
            self._note(lambda work: _forget_failures(work, tries))
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


def _attempts(view: View, tries: str, source: str, now: datetime) -> LoginAttempts | None:
    """Return what was tried with this name from there. Raises ``Throttled``."""
    attempts = view.find(LoginAttempts, tries)
    if attempts is not None:
        _refuse_if_throttled(attempts, source, now)
    if source and (attempts is None or not attempts.known):
        names = [
            other.id
            for other in view.select(LoginAttempts)
            if other.id.endswith(f" {source}")
            and other.failures
            and 0 <= now.timestamp() - other.last_at < _MINUTE
        ]
        if len(names) >= _NAMES_A_MINUTE and tries not in names:
            raise Throttled(seconds=_MINUTE)
    return attempts


def _refuse_if_throttled(attempts: LoginAttempts, source: str, now: datetime) -> None:
    if attempts.known:
        free, longest = _FREE_TRIES_WHERE_KNOWN, _LONGEST_WAIT_WHERE_KNOWN
    else:
        free, longest = FREE_TRIES, _LONGEST_WAIT_FROM_AFAR if source else LONGEST_WAIT
    if attempts.failures < free:
        return
    doublings = min(attempts.failures - free, 16)
    wait = min(timedelta(seconds=5 * 2**doublings), longest).total_seconds()
    left = attempts.last_at + wait - now.timestamp()
    if 0 < left <= wait:
        raise Throttled(seconds=max(1, round(left)))


def _note_try(work: Work, tries: str, now: datetime, *, came_in: bool) -> None:
    """Note whether somebody came in by this name from there."""
    last_at = int(now.timestamp())
    attempts = work.find(LoginAttempts, tries)
    if attempts is None:
        _make_room(work, known=came_in)
        attempts = LoginAttempts(id=tries, failures=0, last_at=last_at)
    failures = 0 if came_in else attempts.failures + 1
    known = came_in or attempts.known
    noted = replace(attempts, failures=failures, last_at=last_at, known=known)
    _ = work.save(noted) if noted.version else work.add(noted)


def _make_room(work: Work, *, known: bool) -> None:
    """Guessed names must not fill the store: drop the older half when there are too many."""
    kept = [attempts for attempts in work.select(LoginAttempts) if attempts.known is known]
    if len(kept) >= _MOST_NAMES:
        for attempts in sorted(kept, key=lambda attempts: attempts.last_at)[: _MOST_NAMES // 2]:
            work.remove(attempts)


def _forget_failures(work: Work, name: str) -> None:
    attempts = work.find(LoginAttempts, name)
    if attempts is not None:
        work.remove(attempts)
