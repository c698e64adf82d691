"""mObywatel's own password: set once, asked for at every log-in to the app."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

from mleg_tui.domain.codes import is_distribution_pass
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.phone import Phone, missing_from
from mleg_tui.services.clock import Clock
from mleg_tui.services.passwords import hash_password, is_right
from mleg_tui.services.phones import Phones, keep
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, Work

TRIES = 3
BLOCK_SECONDS = 60


class WeakAppPassword(Refused):
    """The new app password lacks something."""

    message = N_("Hasło aplikacji jest za słabe.")
    advice = N_("Brakuje: {missing}.")


class AppNotSetUp(Refused):
    """There is no app password yet."""

    message = N_("Aplikacja nie ma jeszcze hasła.")
    advice = N_("Najpierw ustaw hasło aplikacji.")


class AppSetUpAlready(Refused):
    """The app password was set before."""

    message = N_("Aplikacja ma już hasło.")
    advice = N_("Zaloguj się nim.")


class AppPasswordsDiffer(Refused):
    """The new app password was typed in two ways."""

    message = N_("Podane hasła różnią się.")
    advice = N_("Wpisz dwa razy to samo hasło.")


class AppPasswordMissing(Refused):
    """Nothing was typed, which is no try."""

    message = N_("Nie wpisano hasła aplikacji.")
    advice = N_("Wpisz hasło ustawione w aplikacji.")


class WrongAppPassword(Refused):
    """Not the app password."""

    message = N_("Błędne hasło aplikacji.")
    advice = N_("Spróbuj ponownie. Pozostałe próby: {left}.")


class CodeIsNoAppPassword(WrongAppPassword):
    """An activation code was typed where the app password belongs."""

    message = N_("To wygląda na kod aktywacyjny, a nie na hasło aplikacji.")
    advice = N_(
        "Podaj hasło ustawione w aplikacji; kod aktywacyjny przyda się przy dodawaniu dokumentu. "
        "Pozostałe próby: {left}."
    )


class AppBlocked(Refused):
    """Three wrong app passwords in a row."""

    message = N_("Aplikacja jest zablokowana po trzech błędnych hasłach.")
    advice = N_("Spróbuj ponownie za {seconds} s.")


class AppLock:
    """Sets the app password and checks it. Both take a hash: call them off the loop.

    The lock guards the app's screens only; services that act on the phone trust the session.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._phones = Phones(store, clock)
        self._clock = clock

    def set_up(self, session: Session, number: int, password: str, repeated: str) -> Phone:
        """Set the app password, typed twice, and return the phone.

        Raises ``WeakAppPassword``, ``AppPasswordsDiffer`` or ``AppSetUpAlready``.
        """
        missing = missing_from(password)
        if missing:
            raise WeakAppPassword(missing=missing)
        if password != repeated:
            raise AppPasswordsDiffer
        password_hash = hash_password(_as_hashed(password))

        def change(work: Work, phone: Phone, _now: datetime) -> Phone:
            if phone.password_hash is not None:
                raise AppSetUpAlready
            return keep(work, replace(phone, password_hash=password_hash))

        return self._phones.act(session, number, change)

    def unlock(self, session: Session, number: int, password: str) -> Phone:
        """Return the phone if the password is right.

        Raises ``AppPasswordMissing``, ``WrongAppPassword`` or ``AppBlocked``: after three wrong
        ones the app is blocked for a minute of real time.
        """
        phone = self._phones.look(session, number, lambda _view, phone, _now: phone)
        if phone.password_hash is None:
            raise AppNotSetUp
        second = int(self._clock.now().timestamp())
        _refuse_if_blocked(phone, second)
        if not password:
            raise AppPasswordMissing
        if is_right(phone.password_hash, _as_hashed(password)):
            if phone.failures:
                return self._phones.act(session, number, _forget_failures)
            return phone

        def note(work: Work, phone: Phone, _now: datetime) -> Phone:
            failures = phone.failures % TRIES + 1
            return keep(work, replace(phone, failures=failures, failed_at=second))

        phone = self._phones.act(session, number, note)
        _refuse_if_blocked(phone, second)
        looks_like_code = is_distribution_pass(password.strip())
        refusal = CodeIsNoAppPassword if looks_like_code else WrongAppPassword
        raise refusal(left=TRIES - phone.failures)


def _as_hashed(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _forget_failures(work: Work, phone: Phone, _now: datetime) -> Phone:
    return keep(work, replace(phone, failures=0))


def _refuse_if_blocked(phone: Phone, second: int) -> None:
    left = phone.failed_at + BLOCK_SECONDS - second
    if phone.failures >= TRIES and 0 < left <= BLOCK_SECONDS:
        raise AppBlocked(seconds=left)
