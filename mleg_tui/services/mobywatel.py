"""The mObywatel app of a student: add the document, show it, update it, remove it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from mleg_tui.domain.calendar import warsaw_date
from mleg_tui.domain.order import Actor, ActorKind, Command, transition
from mleg_tui.domain.phone import Document, Phone, Validity
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import University
from mleg_tui.services.adding import TermsNotAccepted, check_code, order_of_token, why_cannot_add
from mleg_tui.services.clock import Clock
from mleg_tui.services.phones import Phones, document_on, issued, keep, need_network, refreshed
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work


@dataclass(frozen=True, slots=True)
class Shown:
    """The document as the phone shows it. ``now`` is the simulated moment of showing."""

    document: Document
    now: datetime

    @property
    def validity(self) -> Validity:
        """The validity as the phone can tell it, also without the network."""
        return self.document.validity_at(warsaw_date(self.now))

    @property
    def holds_until(self) -> datetime | None:
        """The simulated moment at which a date changes the validity; ``None``: never."""
        return self.document.holds_until(self.now)


@dataclass(frozen=True, slots=True)
class Found:
    """What a token stands for, told before the activation code is asked for."""

    university: LocalText
    expiration_date: date


class MObywatel:
    """What a student does with the app on one of their phones, ``number`` 1 or 2.

    Every method raises ``NotYours`` for who is no student, and ``UnknownPhone``.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._phones = Phones(store, clock)

    def phone(self, session: Session, number: int) -> Phone:
        """Return the phone; one that was never used is new and empty."""
        return self._phones.look(session, number, lambda _view, phone, _now: phone)

    def install(self, session: Session, number: int) -> Phone:
        """Fetch the app from the store of apps. Raises ``NoNetwork``.

        Services that act on the phone do not ask for it: it is what the phone shows first.
        """

        def change(work: Work, phone: Phone, now: datetime) -> Phone:
            need_network(work, phone, now)
            return keep(work, replace(phone, installed=True))

        return self._phones.act(session, number, change)

    def set_online(self, session: Session, number: int, *, online: bool) -> Phone:
        """Switch the phone's network on or off."""
        return self._phones.act(
            session, number, lambda work, phone, _now: keep(work, replace(phone, online=online))
        )

    def set_camera(self, session: Session, number: int, *, granted: bool) -> Phone:
        """Grant the app the camera, or refuse it; then the token is typed."""
        return self._phones.act(
            session, number, lambda work, phone, _now: keep(work, replace(phone, camera=granted))
        )

    def check_token(self, session: Session, number: int, token: str) -> Found:
        """Return what a token stands for. Raises like ``add``, up to the activation code."""
        student = session.student()

        def ask(view: View, phone: Phone, now: datetime) -> Found:
            _refuse_if_full(view, phone, now)
            order = order_of_token(view, phone, student, token, now)
            return Found(view.get(University, order.university).name, order.expiration_date)

        return self._phones.look(session, number, ask)

    def add(
        self, session: Session, number: int, token: str, code: str, *, terms_accepted: bool
    ) -> Shown:
        """Add the mLegitymacja to the phone (T7) and return it.

        White space and line breaks in both codes are forgiven, nothing else is. Raises
        ``NoNetwork`` and what ``adding`` refuses; then nothing has changed.
        """
        student = session.student()
        if not terms_accepted:
            raise TermsNotAccepted

        def change(work: Work, phone: Phone, now: datetime) -> Shown:
            _refuse_if_full(work, phone, now)
            order = order_of_token(work, phone, student, token, now)
            check_code(order.codes, code)
            by = Actor(ActorKind.PHONE, session.login)
            collected = work.save(transition(order, Command.COLLECT, by=by, at=now))
            document = issued(work, collected, now)
            keep(work, replace(phone, document=document, installed=True))
            return Shown(document, now)

        return self._phones.act(session, number, change)

    def show(self, session: Session, number: int) -> Shown:
        """Return the document as the phone has it, also offline. Raises ``NoDocument``."""
        return self._phones.look(
            session, number, lambda _view, phone, now: Shown(document_on(phone), now)
        )

    def update(self, session: Session, number: int) -> Shown:
        """Fetch data and validity anew. Raises ``NoNetwork`` or ``NoDocument``.

        This is when a revoked mLegitymacja turns invalid on the phone.
        """

        def change(work: Work, phone: Phone, now: datetime) -> Shown:
            held = document_on(phone)
            need_network(work, phone, now)
            document = refreshed(work, held, now)
            keep(work, replace(phone, document=document))
            return Shown(document, now)

        return self._phones.act(session, number, change)

    def remove(self, session: Session, number: int) -> Phone:
        """Remove the document from the phone and return the phone. Raises ``NoDocument``.

        Its order stays COLLECTED: to have the mLegitymacja again, on this phone or another, it
        must be revoked and ordered anew.
        """

        def change(work: Work, phone: Phone, _now: datetime) -> Phone:
            document_on(phone)
            return keep(work, replace(phone, document=None))

        return self._phones.act(session, number, change)


def _refuse_if_full(view: View, phone: Phone, now: datetime) -> None:
    need_network(view, phone, now)
    refusal = why_cannot_add(phone)
    if refusal is not None:
        raise refusal
