"""The commands on the phone and at the inspector's."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.ui.command import Place, UserCommand

PHONE_COMMANDS = (
    UserCommand(
        "phone.home",
        ("h",),
        N_("Aplikacje"),
        N_("Pokazuje aplikacje w telefonie."),
        Place.PHONE,
        rank=2,
    ),
    UserCommand(
        "phone.mobilny_usos",
        ("s",),
        N_("Mobilny USOS"),
        N_("Otwiera aplikację Mobilny USOS."),
        Place.PHONE,
        rank=3,
    ),
    UserCommand(
        "phone.mobywatel",
        ("o",),
        N_("mObywatel"),
        N_("Otwiera aplikację mObywatel."),
        Place.PHONE,
        rank=3,
    ),
    UserCommand(
        "mobywatel.network",
        ("n",),
        N_("Sieć"),
        N_("Włącza albo wyłącza sieć w telefonie."),
        Place.PHONE,
        rank=7,
    ),
    UserCommand(
        "mobywatel.other_phone",
        ("x",),
        N_("Drugi telefon"),
        N_("Bierze do ręki drugi telefon tej samej osoby."),
        Place.PHONE,
    ),
    UserCommand(
        "mobywatel.add",
        ("d",),
        N_("Dodaj"),
        N_("Dodaje dokument, jeśli nie ma go jeszcze w telefonie."),
        Place.DOCUMENTS,
        rank=2,
    ),
    UserCommand(
        "mobywatel.confirm",
        ("p",),
        N_("Potwierdź"),
        N_("Potwierdza swoje dane osobie, która sprawdza dokument."),
        Place.DOCUMENTS,
        rank=4,
    ),
    UserCommand(
        "mobywatel.update",
        ("a",),
        N_("Aktualizuj"),
        N_("Pobiera aktualne dane i ważność dokumentu."),
        Place.DOCUMENTS,
        rank=5,
    ),
    UserCommand(
        "mobywatel.remove",
        ("U",),
        N_("Usuń"),
        N_("Usuwa dokument z telefonu; najpierw pyta."),
        Place.DOCUMENTS,
        rank=6,
        is_final=True,
    ),
    UserCommand(
        "inspector.ask",
        ("s",),
        N_("Sprawdź"),
        N_("Rozpoczyna sprawdzenie i pokazuje jego kod."),
        Place.INSPECTOR,
        rank=2,
    ),
    UserCommand(
        "inspector.finish",
        ("k",),
        N_("Zakończ"),
        N_("Kończy sprawdzenie; jego wynik od razu znika."),
        Place.INSPECTOR,
        rank=3,
    ),
)
