"""Who guesses waits: longer after each wrong password, and longer from afar than at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import LoginAttempts
from mleg_tui.domain.errors import LoginRefused
from mleg_tui.domain.messages import N_
from mleg_tui.services.store import View, Work

FREE_TRIES = 3
LONGEST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT_FROM_AFAR = timedelta(seconds=30)
"""Behind one address sits a whole class: who guesses there must not keep an owner out for long."""
_FREE_TRIES_WHERE_KNOWN, _LONGEST_WAIT_WHERE_KNOWN = 100, timedelta(seconds=1)
"""Where an account is at home it is hardly kept out; who guesses there is slowed down at least."""
_NAMES_A_MINUTE, _MINUTE = 300, 60
"""So many names may be tried from one address; a class of a hundred has fewer, typos and all."""
_MOST_NAMES = 1_000


class Throttled(LoginRefused):
    """Too many wrong passwords in a row."""

    message = N_("Zbyt wiele nieudanych prób logowania.")
    advice = N_("Spróbuj ponownie za {seconds} s.")


def attempts_of(view: View, tries: str, source: str, now: datetime) -> LoginAttempts | None:
    """Return what was tried with a name from an address. Raises ``Throttled``."""
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


def note_try(work: Work, tries: str, now: datetime, *, came_in: bool) -> None:
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


def forget_failures(work: Work, name: str) -> None:
    """Forget what was tried with a name."""
    attempts = work.find(LoginAttempts, name)
    if attempts is not None:
        work.remove(attempts)
