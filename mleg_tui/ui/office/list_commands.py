"""The commands of the office's pages with tables, and those that open its pages."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.ui.command import Place, UserCommand

LIST_COMMANDS = (
    UserCommand(
        "office.orders",
        ("5",),
        N_("Zamówienia"),
        N_("Otwiera listę zamówień, ich historię i decyzje o nich."),
        Place.USOSWEB,
    ),
    UserCommand(
        "office.students",
        ("s",),
        N_("Studenci"),
        N_("Otwiera listę studentów i ich akta."),
        Place.USOSWEB,
    ),
    UserCommand(
        "office.simulation",
        ("y",),
        N_("Symulacja"),
        N_("Otwiera pulpit symulacji: czas i awarie."),
        Place.USOSWEB,
    ),
    UserCommand(
        "office.audit",
        ("d",),
        N_("Dziennik zmian"),
        N_("Otwiera dziennik: kto, kiedy i co zmienił."),
        Place.USOSWEB,
    ),
    UserCommand(
        "office.find",
        ("z",),
        N_("Szukaj"),
        N_("Przechodzi do pola wyszukiwania; strzałka w dół wraca do tabeli."),
        Place.OFFICE_LIST,
        rank=2,
    ),
    UserCommand(
        "orders.status",
        ("t",),
        N_("Status"),
        N_("Pokazuje tylko zamówienia o wybranym statusie."),
        Place.OFFICE_ORDERS,
        rank=3,
    ),
    UserCommand(
        "orders.university",
        ("u",),
        N_("Uczelnia"),
        N_("Pokazuje tylko zamówienia wybranej uczelni."),
        Place.OFFICE_ORDERS,
    ),
    UserCommand(
        "orders.age",
        ("g",),
        N_("Wiek"),
        N_("Pokazuje tylko zamówienia złożone dawniej niż podano."),
        Place.OFFICE_ORDERS,
    ),
    UserCommand(
        "orders.sort",
        ("o",),
        N_("Sortuj"),
        N_("Sortuje według wybranej kolumny; można też kliknąć nagłówek."),
        Place.OFFICE_ORDERS,
        rank=4,
    ),
    UserCommand(
        "orders.reverse",
        ("v",),
        N_("Odwróć"),
        N_("Odwraca kolejność wierszy."),
        Place.OFFICE_ORDERS,
    ),
    UserCommand(
        "orders.counters",
        ("c",),
        N_("Liczniki"),
        N_("Liczy pokazane zamówienia według statusów i dni."),
        Place.OFFICE_ORDERS,
    ),
    UserCommand(
        "orders.revoke_list",
        ("X",),
        N_("Unieważnij listę"),
        N_("Unieważnia zamówienia z wklejonej listy; najpierw pokazuje podgląd."),
        Place.OFFICE_ORDERS,
        rank=5,
        is_final=True,
    ),
    UserCommand(
        "orders.export",
        ("e",),
        N_("Eksport"),
        N_("Zapisuje pokazane wiersze do pliku CSV albo JSON."),
        Place.OFFICE_ORDERS,
        rank=5,
    ),
    UserCommand(
        "students.extend_els",
        ("x",),
        N_("Przedłuż ELS uczelni"),
        N_("Przedłuża ELS wszystkich studentów uczelni naraz; najpierw pokazuje podgląd."),
        Place.OFFICE_STUDENTS,
        rank=3,
    ),
)
