"""The document's rows, the same on the phone, with the inspector, and as plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mleg_tui.domain.calendar import shown
from mleg_tui.domain.document import VALIDITY_LABELS
from mleg_tui.domain.phone import Document, Validity
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


def status_row(validity: Validity) -> str:
    """Return the validity by sign and word."""
    return _("Status: {status}").format(status=_(VALIDITY_LABELS[validity]))


def shown_row(now: datetime) -> str:
    """Return the live date and time of showing (seed 002)."""
    return _("Okazano: {moment}").format(moment=shown(now))


def updated_row(document: Document) -> str:
    """Return when the document was last updated."""
    return _("Ostatnia aktualizacja: {moment}").format(moment=shown(document.updated_at))
