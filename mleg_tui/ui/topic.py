"""What the help says of a page: what it is in real life, what one can do, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mleg_tui.domain.messages import N_, MessageId


class Topic(NamedTuple):
    """A page as the help knows it, by its name; ``{key[…]}`` in the text is a command's key."""

    name: str = ""
    text: MessageId = MessageId()


PAGE_TITLES: Mapping[str, MessageId] = {
    "usosweb.login": N_("Logowanie"),
    "usosweb.news": N_("Aktualności"),
    "usosweb.my_data": N_("Moje dane"),
    "usosweb.students": N_("DLA STUDENTÓW"),
    "usosweb.payments": N_("Płatności"),
    "usosweb.payments.dues": N_("Płatności"),
    "usosweb.mlegitymacja": N_("mLegitymacja"),
    "usosweb.qr": N_("Kod QR"),
    "usosweb.els": N_("Legitymacja plastikowa"),
    "usosweb.photo": N_("Zdjęcie do legitymacji"),
    "usosweb.staff_orders": N_("Zamówienia"),
    "office.order": N_("Zamówienie"),
    "office.students": N_("Studenci"),
    "office.student": N_("Akta studenta"),
    "office.audit": N_("Dziennik zmian"),
    "office.simulation": N_("Symulacja"),
    "office.classes": N_("Zajęcia"),
    "office.class": N_("Tablica zajęć"),
    "office.shoulder": N_("Przez ramię"),
    "phone.home": N_("Telefon"),
    "mobilny_usos.menu": N_("Mobilny USOS"),
    "mobilny_usos.tab": N_("Mobilny USOS"),
    "mobilny_usos.mine": N_("Mobilny USOS"),
    "mobywatel.lock": N_("mObywatel: blokada"),
    "mobywatel.documents": N_("mObywatel: dokumenty"),
    "mobywatel.add": N_("mObywatel: dodawanie"),
    "mobywatel.document": N_("mObywatel: legitymacja"),
    "mobywatel.confirm": N_("mObywatel: potwierdzanie"),
    "inspector": N_("Kontroler"),
}
"""What the pages are called for somebody who does not have them before them."""
