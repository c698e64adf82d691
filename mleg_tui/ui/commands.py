"""Every command of the user, defined once: key, label, help and place in the footer.

Key bindings, footer, palette, help screen and the documentation's key table come from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.languages import LANGUAGES
from mleg_tui.ui.command import (
    ANY_SCREEN,
    PLACE_TITLES,
    TOGETHER,
    Place,
    UserCommand,
    from_near,
)
from mleg_tui.ui.office.commands import OFFICE_COMMANDS
from mleg_tui.ui.phone.commands import PHONE_COMMANDS

__all__ = [
    "ANY_SCREEN",
    "COMMANDS",
    "FOOTER_LENGTH",
    "PLACE_TITLES",
    "TOGETHER",
    "Place",
    "UserCommand",
    "from_near",
    "shown_key",
]

_ALL = (
    UserCommand(
        "app.help",
        ("f1", "?"),
        N_("Pomoc"),
        N_("Objaśnia stronę i wymienia klawisze."),
        Place.EVERYWHERE,
        rank=1,
    ),
    UserCommand(
        "app.language",
        ("f2", "ctrl+l"),
        MessageId(" | ".join(LANGUAGES).upper()),
        N_("Przełącza język."),
        Place.EVERYWHERE,
        rank=11,
    ),
    UserCommand(
        "app.theme",
        ("f3", "ctrl+t"),
        N_("Motyw"),
        N_("Przełącza kolory: jasne, ciemne, kontrastowe albo kolory terminala."),
        Place.EVERYWHERE,
        rank=14,
    ),
    UserCommand(
        "app.palette",
        ("f4", "ctrl+p"),
        N_("Polecenia"),
        N_("Otwiera listę wszystkich poleceń z wyszukiwaniem."),
        Place.EVERYWHERE,
        rank=12,
    ),
    UserCommand(
        "app.jump",
        ("f9", "ctrl+o"),
        N_("Skok"),
        N_("Stawia litery przy wszystkim, co można wybrać; litera tam prowadzi, Esc je zdejmuje."),
        Place.EVERYWHERE,
    ),
    UserCommand(
        "app.settings",
        ("ctrl+g",),
        N_("Ustawienia"),
        N_("Język, kolory, klawisze i wygląd; zapamiętuje wybór, jeśli może."),
        Place.EVERYWHERE,
    ),
    UserCommand(
        "app.quit",
        ("ctrl+q", "f10"),
        N_("Koniec"),
        N_("Kończy program; zamówienia zostają w magazynie danych."),
        Place.EVERYWHERE,
        rank=13,
    ),
    UserCommand(
        "time.next",
        (".",),
        N_("Następne zdarzenie"),
        N_("Przesuwa czas symulacji do najbliższego zdarzenia."),
        Place.TIME,
    ),
    UserCommand(
        "time.faster",
        (">",),
        N_("Szybciej"),
        N_("Przyspiesza czas symulacji: ×60, ×600, ×3600, potem znów ×1."),
        Place.TIME,
    ),
    UserCommand(
        "time.stop",
        ("=",),
        N_("Zatrzymaj | wznów czas"),
        N_("Zatrzymuje czas symulacji albo puszcza go dalej."),
        Place.TIME,
    ),
    UserCommand(
        "usosweb.refresh",
        ("f5", "r"),
        N_("Odśwież"),
        N_("Wczytuje stronę od nowa, jak odświeżenie w przeglądarce."),
        Place.USOSWEB,
        rank=6,
    ),
    UserCommand(
        "usosweb.follow",
        ("f6", "6"),
        N_("Na żywo"),
        N_("Przełącza: strona śledzi zamówienie sama albo, jak w USOSweb, po odświeżeniu."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.menu",
        ("m",),
        N_("Menu"),
        N_("Przechodzi do lewego menu; w wąskim oknie wysuwa je."),
        Place.USOSWEB,
        rank=7,
    ),
    UserCommand(
        "usosweb.news",
        ("1",),
        N_("AKTUALNOŚCI"),
        N_("Otwiera kartę AKTUALNOŚCI."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.mine",
        ("2",),
        N_("MÓJ USOSWEB"),
        N_("Otwiera kartę MÓJ USOSWEB z Twoimi danymi."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.students",
        ("3",),
        N_("DLA STUDENTÓW"),
        N_("Otwiera kartę DLA STUDENTÓW."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.staff",
        ("4",),
        N_("DLA PRACOWNIKÓW"),
        N_("Otwiera kartę DLA PRACOWNIKÓW."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.mlegitymacja",
        ("l",),
        N_("mLegitymacja"),
        N_("Otwiera stronę mLegitymacja: warunki, zamówienie, kody."),
        Place.USOSWEB,
        rank=9,
    ),
    UserCommand(
        "usosweb.payments",
        ("p",),
        N_("Płatności"),
        N_("Otwiera stronę Płatności (model FK)."),
        Place.USOSWEB,
        rank=7,
    ),
    UserCommand(
        "usosweb.photo",
        ("f",),
        N_("Zdjęcie"),
        N_("Otwiera stronę Zdjęcie do legitymacji."),
        Place.USOSWEB,
    ),
    UserCommand(
        "usosweb.logout",
        ("w",),
        N_("wyloguj się"),
        N_("Wylogowuje i wraca do strony logowania."),
        Place.USOSWEB,
        rank=8,
    ),
    UserCommand(
        "mlegitymacja.order",
        ("z",),
        N_("Zamów"),
        N_("Zamawia mLegitymację, jeśli spełniasz wszystkie warunki."),
        Place.MLEGITYMACJA,
        rank=2,
    ),
    UserCommand(
        "mlegitymacja.cancel",
        ("a",),
        N_("Anuluj"),
        N_("Anuluje zamówienie, dopóki nie jest gotowe; najpierw pyta."),
        Place.MLEGITYMACJA,
        rank=2,
    ),
    UserCommand(
        "mlegitymacja.revoke",
        ("U",),
        N_("Unieważnij"),
        N_("Unieważnia gotową mLegitymację i jej kody; najpierw pyta."),
        Place.MLEGITYMACJA,
        rank=5,
        is_final=True,
    ),
    UserCommand(
        "mlegitymacja.qr",
        ("b",),
        N_("Kod QR"),
        N_("Pokazuje kod QR i kod aktywacyjny na całym ekranie."),
        Place.MLEGITYMACJA,
        rank=2,
    ),
    UserCommand(
        "mlegitymacja.copy_token",
        ("t",),
        N_("Kopiuj QR"),
        N_("Kopiuje tekst kodu QR do schowka."),
        Place.MLEGITYMACJA,
        rank=3,
    ),
    UserCommand(
        "mlegitymacja.copy_pass",
        ("k",),
        N_("Kopiuj kod"),
        N_("Kopiuje kod aktywacyjny do schowka."),
        Place.MLEGITYMACJA,
        rank=4,
    ),
    UserCommand(
        "qr.large",
        ("d",),
        N_("Duży kod"),
        N_("Rysuje kod QR dużym, gdy skaner nie czyta go przez odstępy między wierszami."),
        Place.QR,
        rank=2,
    ),
    UserCommand(
        "qr.invert",
        ("i",),
        N_("Odwróć barwy"),
        N_("Zamienia jasne z ciemnym, gdy terminal bez barw pokazuje kod jak negatyw."),
        Place.QR,
        rank=6,
    ),
    UserCommand(
        "photo.send",
        ("z",),
        N_("Zgłoś zdjęcie"),
        N_("Zgłasza wybrane zdjęcie do zatwierdzenia."),
        Place.PHOTO,
        rank=2,
    ),
    UserCommand(
        "payments.pay",
        ("o",),
        N_("Zapłać"),
        N_("Wysyła symulowany przelew; kwotę i konto można poprawić."),
        Place.PAYMENTS,
        rank=2,
    ),
    UserCommand(
        "desk.switch",
        ("f7", "7"),
        N_("Telefon"),
        N_("Przechodzi między USOSweb a telefonem; jedno i drugie zostaje, jak było."),
        Place.DESK,
        rank=6,
    ),
    UserCommand(
        "desk.phone",
        ("f8", "8"),
        N_("mObywatel"),
        N_("Przechodzi do telefonu, do aplikacji mObywatel."),
        Place.DESK,
    ),
    *PHONE_COMMANDS,
    *OFFICE_COMMANDS,
)

COMMANDS: Mapping[str, UserCommand] = MappingProxyType({command.id: command for command in _ALL})

FOOTER_LENGTH = 7
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_KEY_NAMES = {**_ARROWS, "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}


def shown_key(key: str) -> str:
    """Return a key as it is written on screen: ``F1``, ``Ctrl+Q``, ``PgUp``, ``z``."""
    if len(key) == 1:
        return key
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))
