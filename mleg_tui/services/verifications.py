"""Checking a document: the inspector asks, the holder shares, the Ministry's system answers.

The answer comes from the order in the store at the moment of sharing, never from the phone's
copy. Nothing here takes a document from outside, so a copied picture gets nobody anything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mleg_tui.domain.account import Account, Role
from mleg_tui.domain.codes import without_white_space
from mleg_tui.domain.errors import Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.phone import Phone
from mleg_tui.domain.verification import CODE_LENGTH, Verification
from mleg_tui.services.clock import Clock
from mleg_tui.services.phones import Phones, document_on, need_network, refreshed
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork
from mleg_tui.simulation.world import WORLD_ID, World

OPEN_FOR = timedelta(minutes=3)
"""For how long a check waits for the holder, and then shows its result, in simulated time."""


class UnknownCheck(Refused):
    """No check of this code is open."""

    message = N_("Nie ma sprawdzenia o tym kodzie.")
    advice = N_("Sprawdź sześć cyfr na ekranie osoby kontrolującej i wpisz je ponownie.")


class CheckEnded(Refused):
    """The minutes of the check are over, and its result is gone."""

    message = N_("Czas tego sprawdzenia minął, a jego wynik już zniknął.")
    advice = N_("Osoba kontrolująca może rozpocząć nowe sprawdzenie.")


class SharedAlready(Refused):
    """Somebody has shared their data under this code."""

    message = N_("Pod tym kodem dane zostały już udostępnione.")
    advice = N_("Osoba kontrolująca może rozpocząć nowe sprawdzenie.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks the holder for their data, and until when."""

    code: str
    inspector: str
    ends_at: datetime


class Verifications:
    """The checks of one store. Codes are typed with or without spaces."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._inspector = UnitOfWork(store, clock, Role.INSPECTOR)
        self._phones = Phones(store, clock)

    def ask(self, session: Session) -> Verification:
        """Begin a check and return it with its six-digit code. Checks that ended are cleared."""

        def change(work: Work, now: datetime) -> Verification:
            for old in work.select(Verification):
                if now >= old.ends_at:
                    work.remove(old)
            seed = work.get(World, WORLD_ID).seed
            code = next(code for code in _codes(seed, now) if not _find(work, code))
            return work.add(
                Verification(id=code, inspector=session.login, asked_at=now, ends_at=now + OPEN_FOR)
            )

        return self._inspector.act(session, change)

    def result(self, session: Session, code: str) -> Verification:
        """Return a check of the inspector's own; its validity is ``None`` until it was shared.

        Raises ``CheckEnded`` when its minutes are over, else ``UnknownCheck``.
        """
        return self._inspector.look(
            session, lambda view, now: _own(_open(view, code, now), session)
        )

    def finish(self, session: Session, code: str) -> None:
        """End a check of the inspector's own; its result is gone at once."""

        def change(work: Work, _now: datetime) -> None:
            found = _find(work, code)
            if found is not None:
                work.remove(_own(found, session))

        self._inspector.act(session, change)

    def pending(self, session: Session, number: int, code: str) -> Asked:
        """Return who asks the holder for their data.

        Raises ``NoDocument``, ``NoNetwork``, ``UnknownCheck``, ``CheckEnded``, ``SharedAlready``.
        """
        return self._phones.look(
            session, number, lambda view, phone, now: _asked(view, phone, code, now)
        )

    def share(self, session: Session, number: int, code: str) -> Asked:
        """Share the document on the phone with who asks, and return who that was.

        The inspector sees the result for a few minutes from now on. Raises like ``pending``.
        """

        def change(work: Work, phone: Phone, now: datetime) -> Asked:
            asked = _asked(work, phone, code, now)
            document = refreshed(work, document_on(phone), now)
            work.save(
                replace(
                    work.get(Verification, asked.code),
                    validity=document.validity,
                    document=document,
                    ends_at=now + OPEN_FOR,
                )
            )
            return replace(asked, ends_at=now + OPEN_FOR)

        return self._phones.act(session, number, change)


def _asked(view: View, phone: Phone, code: str, now: datetime) -> Asked:
    document_on(phone)
    need_network(view, phone, now)
    found = _open(view, code, now)
    if found.document is not None:
        raise SharedAlready
    inspector = view.find(Account, found.inspector)
    return Asked(found.id, inspector.name if inspector else found.inspector, found.ends_at)


def _find(view: View, code: str) -> Verification | None:
    return view.find(Verification, without_white_space(code))


def _open(view: View, code: str, now: datetime) -> Verification:
    found = _find(view, code)
    if found is None:
        raise UnknownCheck
    if now >= found.ends_at:
        raise CheckEnded
    return found


def _own(found: Verification, session: Session) -> Verification:
    """Return a check of one's own; another inspector's is as unknown as none."""
    if found.inspector != session.login:
        raise UnknownCheck
    return found


def _codes(seed: int, now: datetime) -> Iterator[str]:
    """Yield one code after the other, the same for the same seed and moment."""
    chance = random.Random(f"check:{seed}:{now.isoformat()}")  # noqa: S311 - reproducible
    while True:
        yield f"{chance.randrange(10**CODE_LENGTH):0{CODE_LENGTH}}"
