"""The phones of the person who is logged in, and what every errand on one needs of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from mleg_tui.domain.account import Role
from mleg_tui.domain.document import document_of, ended
from mleg_tui.domain.errors import BadInput, Refused
from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import Order
from mleg_tui.domain.phone import Document, Phone
from mleg_tui.domain.student import Student
from mleg_tui.domain.university import University
from mleg_tui.services.clock import Clock
from mleg_tui.services.outages import phone_network_down
from mleg_tui.services.session import Session
from mleg_tui.services.store import Store, View, Work
from mleg_tui.services.unit_of_work import UnitOfWork

NUMBERS = (1, 2)
T = TypeVar("T")


class UnknownPhone(BadInput):
    """A student of the simulator has two phones."""

    message = N_("Nie ma telefonu {number}.")
    advice = N_("Telefony mają numery 1 i 2.")


class NoNetwork(Refused):
    """The phone is offline."""

    message = N_("Brak połączenia z internetem.")
    advice = N_("Włącz sieć w telefonie i spróbuj ponownie. Okazywać dokument można bez niej.")


class NetworkDown(NoNetwork):
    """No phone is online: the simulation's phone network is switched off."""

    message = N_("Sieć telefonów nie działa: brak połączenia z internetem.")
    advice = N_("Poczekaj, aż sieć wróci. Okazywać dokument można bez niej.")


class NoDocument(Refused):
    """There is no student card on the phone."""

    message = N_("W tym telefonie nie ma legitymacji studenckiej.")
    advice = N_("Wybierz „Dodaj dokument” i dodaj ją tokenem i kodem aktywacyjnym.")


class Phones:
    """Runs errands on the phones of a student. Raises ``NotYours`` for who is none."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._work = UnitOfWork(store, clock, Role.STUDENT)

    def look(self, session: Session, number: int, ask: Callable[[View, Phone, datetime], T]) -> T:
        """Return what ``ask`` makes of the store, the phone, and the simulated present."""
        return self._work.look(
            session, lambda view, now: ask(view, _phone(view, session, number), now)
        )

    def act(self, session: Session, number: int, act: Callable[[Work, Phone, datetime], T]) -> T:
        """Return what ``act`` does in one transaction at the simulated present."""
        return self._work.act(
            session, lambda work, now: act(work, _phone(work, session, number), now)
        )


def keep(work: Work, phone: Phone) -> Phone:
    """Write a phone down; a new one is made when it is first used."""
    return work.save(phone) if phone.version else work.add(phone)


def need_network(view: View, phone: Phone, now: datetime) -> None:
    """Raise ``NoNetwork`` while the phone is offline, ``NetworkDown`` while all phones are."""
    if not phone.online:
        raise NoNetwork
    if phone_network_down(view, now):
        raise NetworkDown


def document_on(phone: Phone) -> Document:
    """Return the document on the phone. Raises ``NoDocument``."""
    if phone.document is None:
        raise NoDocument
    return phone.document


def issued(view: View, order: Order, now: datetime) -> Document:
    """Return an order's document with the data that USOS has now."""
    student = view.get(Student, order.student)
    return document_of(order, student, view.get(University, order.university).name, now)


def refreshed(view: View, document: Document, now: datetime) -> Document:
    """Return the document as the Ministry's system has it now: fresh data, or why it ended."""
    order = view.find(Order, document.order)
    over = ended(document, order, now)
    if over is None and order is not None:
        return issued(view, order, now)
    return over or document


def _phone(view: View, session: Session, number: int) -> Phone:
    if number not in NUMBERS:
        raise UnknownPhone(number=number)
    id_ = f"{session.login}-{number}"
    return view.find(Phone, id_) or Phone(id=id_, owner=session.login, number=number)
