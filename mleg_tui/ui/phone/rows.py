"""The document's rows, the same on the phone, with the inspector, and as plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.document import VALIDITY_LABELS, card_number
from mleg_tui.domain.phone import Document, Validity
from mleg_tui.domain.validity import rail_discount_ends
from mleg_tui.locale import _, local


def person_rows(document: Document) -> Iterator[str]:
    """Yield whose document it is."""
    names = " ".join(name for name in (document.first_name, document.second_name) if name)
    yield _("Imię (imiona): {names}").format(names=names)
    yield _("Nazwisko: {name}").format(name=document.last_name)
    yield _("Data urodzenia: {day}").format(day=document.birth_date.isoformat())
    yield _("PESEL: {pesel}").format(pesel=document.pesel)


def card_rows(document: Document) -> Iterator[str]:
    """Yield what the document says about studies and dates."""
    yield _("Uczelnia: {university}").format(university=local(document.university))
    yield _("Numer albumu: {number}").format(number=document.student_number)
    yield _("Data wydania: {day}").format(day=document.issued_on.isoformat())
    yield _("Termin ważności: {day}").format(day=document.expiration_date.isoformat())


def entitlement_rows(document: Document, today: date) -> Iterator[str]:
    """Yield the holder's age, the relief on trains, and the number of the card."""
    yield _("Wiek: {years}").format(years=document.age_on(today))
    ends = rail_discount_ends(document)
    relief = _("Ulga na kolej: 51% do {day}") if today < ends else _("Ulga na kolej: brak od {day}")
    yield relief.format(day=ends.isoformat())
    yield _("Numer legitymacji: {number}").format(number=card_number(document))


def status_row(validity: Validity) -> str:
    """Return the validity by sign and word."""
    return _("Status: {status}").format(status=_(VALIDITY_LABELS[validity]))


def shown_row(now: datetime) -> str:
    """Return the live date and time of showing (seed 002)."""
    return _("Okazano: {moment}").format(moment=shown(now))


def updated_row(document: Document) -> str:
    """Return when the document was last updated."""
    return _("Ostatnia aktualizacja: {moment}").format(moment=shown(document.updated_at))
