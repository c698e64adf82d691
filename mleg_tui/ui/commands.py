"""Every command of the user, defined once: key, label, help and place in the footer.

Key bindings, footer, palette, help screen and the documentation's key table come from here.

The letters of ``ONE_MEANING`` stand for one command each, wherever they stand for any.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.languages import LANGUAGES


class Place(StrEnum):
    """Where a command is offered."""

    EVERYWHERE = "EVERYWHERE"
    SESSION = "SESSION"
    TIME = "TIME"
    CLASS = "CLASS"
    USOSWEB = "USOSWEB"
    MLEGITYMACJA = "MLEGITYMACJA"
    QR = "QR"
    PHOTO = "PHOTO"
    ELS = "ELS"
    PAYMENTS = "PAYMENTS"
    DESK = "DESK"
    PHONE = "PHONE"
    DOCUMENTS = "DOCUMENTS"
    INSPECTOR = "INSPECTOR"
    OFFICE_LIST = "OFFICE_LIST"
    OFFICE_ORDERS = "OFFICE_ORDERS"
    OFFICE_STUDENTS = "OFFICE_STUDENTS"
    OFFICE_ORDER = "OFFICE_ORDER"
    OFFICE_STUDENT = "OFFICE_STUDENT"
    SIMULATION = "SIMULATION"
    OFFICE_CLASSES = "OFFICE_CLASSES"
    OFFICE_CLASS = "OFFICE_CLASS"


PLACE_TITLES: Mapping[Place, MessageId] = {
    Place.EVERYWHERE: N_("Wszędzie"),
    Place.SESSION: N_("Po zalogowaniu, gdzie się nie pisze"),
    Place.TIME: N_("Czas symulacji, gdzie się nie pisze"),
    Place.CLASS: N_("Na zajęciach"),
    Place.USOSWEB: N_("W USOSweb"),
    Place.MLEGITYMACJA: N_("Na stronie mLegitymacja"),
    Place.QR: N_("Przy kodzie QR na całym ekranie"),
    Place.PHOTO: N_("Na stronie Zdjęcie do legitymacji"),
    Place.ELS: N_("Na stronie Legitymacja plastikowa"),
    Place.PAYMENTS: N_("Na stronie Płatności (model FK)"),
    Place.DESK: N_("Obok siebie: USOSweb i telefon"),
    Place.PHONE: N_("W telefonie"),
    Place.DOCUMENTS: N_("W mObywatelu przy dokumentach"),
    Place.INSPECTOR: N_("U kontrolera"),
    Place.OFFICE_LIST: N_("W dziekanacie przy tabelach"),
    Place.OFFICE_ORDERS: N_("W dziekanacie przy zamówieniach"),
    Place.OFFICE_STUDENTS: N_("W dziekanacie przy studentach"),
    Place.OFFICE_ORDER: N_("W dziekanacie przy jednym zamówieniu"),
    Place.OFFICE_STUDENT: N_("W dziekanacie przy aktach studenta"),
    Place.SIMULATION: N_("Na pulpicie symulacji"),
    Place.OFFICE_CLASSES: N_("Na stronie Zajęcia"),
    Place.OFFICE_CLASS: N_("Przy tablicy zajęć"),
}

_SYSTEMS = frozenset({Place.USOSWEB, Place.DESK, Place.PHONE, Place.OFFICE_LIST})
"""Places of many pages."""


def from_near(place: Place) -> tuple[bool, bool, int]:
    """Return what sorts a page's own place first, then its system's, then what is everywhere."""
    return place in ANY_SCREEN, place in _SYSTEMS, list(Place).index(place)


ANY_SCREEN = frozenset({Place.EVERYWHERE, Place.SESSION, Place.TIME})
"""What every screen offers, whatever it is about; the session's only where there is one."""
_ANYWHERE = ANY_SCREEN | {Place.CLASS}
_USOSWEB = _ANYWHERE | {Place.USOSWEB, Place.DESK}
_PHONE = _ANYWHERE | {Place.DESK, Place.PHONE}
TOGETHER: tuple[frozenset[Place], ...] = (
    _USOSWEB | {Place.MLEGITYMACJA, Place.PAYMENTS},
    _USOSWEB | {Place.PHOTO},
    _USOSWEB | {Place.ELS},
    _USOSWEB | {Place.OFFICE_LIST, Place.OFFICE_ORDERS},
    _USOSWEB | {Place.OFFICE_LIST, Place.OFFICE_STUDENTS},
    _USOSWEB | {Place.SIMULATION},
    _USOSWEB | {Place.OFFICE_CLASSES},
    _PHONE | {Place.MLEGITYMACJA},
    _PHONE | {Place.DOCUMENTS},
    _ANYWHERE | {Place.MLEGITYMACJA, Place.QR},
    _ANYWHERE | {Place.DESK, Place.INSPECTOR},
    _ANYWHERE | {Place.OFFICE_ORDER},
    _ANYWHERE | {Place.OFFICE_STUDENT},
    ANY_SCREEN | {Place.OFFICE_CLASS},
)
"""The places whose commands can be offered at the same time, so that their keys must differ."""


ONE_MEANING = frozenset("zauswx")
"""The letters that mean the same on every page, so that a habit of one does no harm on another."""


class UserCommand(NamedTuple):
    """What a user can ask for. The first key is the one that is shown.

    A key is a character as it is typed, ``f1`` … ``f12``, or ``ctrl+`` and a letter.

    ``rank`` orders the footer, the lowest first; zero keeps a command out of it.

    What ``is_final`` cannot be taken back: its key is a capital letter, and it asks first, with the
    safe answer chosen. No other command has a capital letter.
    """

    id: str
    keys: tuple[str, ...]
    place: Place
    label: MessageId
    help: MessageId
    rank: int = 0
    is_final: bool = False


# fmt: off
_ALL = (
    UserCommand("app.help", ("f1", "?"), Place.EVERYWHERE, N_("Pomoc"),
        N_("Objaśnia stronę i wymienia klawisze."), rank=1),
    UserCommand("app.language", ("f2", "ctrl+l"), Place.EVERYWHERE,
        MessageId(" | ".join(LANGUAGES).upper()),
        N_("Przełącza język."), rank=11),
    UserCommand("app.theme", ("f3", "ctrl+t"), Place.EVERYWHERE, N_("Motyw"),
        N_("Przełącza kolory: jasne, ciemne, kontrastowe albo kolory terminala."), rank=14),
    UserCommand("app.palette", ("f4", "ctrl+p"), Place.EVERYWHERE, N_("Polecenia"),
        N_("Otwiera listę wszystkich poleceń z wyszukiwaniem."), rank=12),
    UserCommand("app.jump", ("f9", "ctrl+o"), Place.EVERYWHERE, N_("Skok"),
        N_("Stawia litery przy wszystkim, co można wybrać; litera tam prowadzi, Esc je zdejmuje.")),
    UserCommand("app.settings", ("ctrl+g",), Place.EVERYWHERE, N_("Ustawienia"),
        N_("Język, kolory, klawisze i wygląd; zapamiętuje wybór, jeśli może.")),
    UserCommand("app.exercise", ("ctrl+n",), Place.EVERYWHERE, N_("Ćwiczenie"),
        N_("Pokazuje zadanie i podpowiedzi ćwiczenia, które trwa.")),
    UserCommand("app.quit", ("ctrl+q", "f10"), Place.EVERYWHERE, N_("Koniec"),
        N_("Kończy program; zamówienia zostają w magazynie danych."), rank=13),
    UserCommand("app.let_go", (",",), Place.SESSION, N_("Przestań pokazywać"),
        N_("Dziekanat: zabiera z ekranów klasy to, co na nich pokazuje.")),
    UserCommand("time.next", (".",), Place.TIME, N_("Następne zdarzenie"),
        N_("Przesuwa czas symulacji do najbliższego zdarzenia.")),
    UserCommand("time.faster", (">",), Place.TIME, N_("Szybciej"),
        N_("Przyspiesza czas symulacji: ×60, ×600, ×3600, potem znów ×1.")),
    UserCommand("time.stop", ("=",), Place.TIME, N_("Zatrzymaj | wznów czas"),
        N_("Zatrzymuje czas symulacji albo puszcza go dalej.")),
    UserCommand("class.next", ("ctrl+r",), Place.CLASS, N_("Następne ćwiczenie"),
        N_("Przechodzi do następnego ćwiczenia, gdy to jest rozwiązane.")),
    UserCommand("class.message", ("ctrl+y",), Place.CLASS, N_("Wiadomość"),
        N_("Pokazuje albo chowa ostatnią wiadomość od osoby prowadzącej.")),
    UserCommand("class.again", ("P",), Place.CLASS, N_("Ponów"),
        N_("Cofa wszystko, co zrobiono w tym ćwiczeniu; najpierw pyta."), is_final=True),
    UserCommand("usosweb.refresh", ("f5", "r"), Place.USOSWEB, N_("Odśwież"),
        N_("Wczytuje stronę od nowa, jak odświeżenie w przeglądarce."), rank=6),
    UserCommand("usosweb.follow", ("f6", "6"), Place.USOSWEB, N_("Na żywo"),
        N_("Przełącza: strona śledzi zamówienie sama albo, jak w USOSweb, po odświeżeniu.")),
    UserCommand("usosweb.menu", ("m",), Place.USOSWEB, N_("Menu"),
        N_("Przechodzi do lewego menu; w wąskim oknie wysuwa je."), rank=7),
    UserCommand("usosweb.news", ("1",), Place.USOSWEB, N_("AKTUALNOŚCI"),
        N_("Otwiera kartę AKTUALNOŚCI.")),
    UserCommand("usosweb.mine", ("2",), Place.USOSWEB, N_("MÓJ USOSWEB"),
        N_("Otwiera kartę MÓJ USOSWEB z Twoimi danymi.")),
    UserCommand("usosweb.students", ("3",), Place.USOSWEB, N_("DLA STUDENTÓW"),
        N_("Otwiera kartę DLA STUDENTÓW.")),
    UserCommand("usosweb.staff", ("4",), Place.USOSWEB, N_("DLA PRACOWNIKÓW"),
        N_("Otwiera kartę DLA PRACOWNIKÓW.")),
    UserCommand("usosweb.everybody", ("0",), Place.USOSWEB, N_("DLA WSZYSTKICH"),
        N_("Otwiera kartę DLA WSZYSTKICH, jeśli uczelnia coś na niej ma.")),
    UserCommand("usosweb.mlegitymacja", ("l",), Place.USOSWEB, N_("mLegitymacja"),
        N_("Otwiera stronę mLegitymacja: warunki, zamówienie, kody."), rank=9),
    UserCommand("usosweb.payments", ("p",), Place.USOSWEB, N_("Płatności"),
        N_("Otwiera stronę Płatności (model FK)."), rank=7),
    UserCommand("usosweb.photo", ("f",), Place.USOSWEB, N_("Zdjęcie"),
        N_("Otwiera stronę Zdjęcie do legitymacji.")),
    UserCommand("usosweb.els", ("j",), Place.USOSWEB, N_("ELS"),
        N_("Otwiera stronę Legitymacja plastikowa (ELS), gdzie składa się o nią wniosek.")),
    UserCommand("usosweb.logout", ("w",), Place.SESSION, N_("wyloguj się"),
        N_("Wylogowuje i wraca do strony logowania."), rank=8),
    UserCommand("mlegitymacja.order", ("z",), Place.MLEGITYMACJA, N_("Zamów"),
        N_("Zamawia mLegitymację, jeśli spełniasz wszystkie warunki."), rank=2),
    UserCommand("mlegitymacja.cancel", ("a",), Place.MLEGITYMACJA, N_("Anuluj"),
        N_("Anuluje zamówienie, dopóki nie jest gotowe; najpierw pyta."), rank=2),
    UserCommand("mlegitymacja.revoke", ("U",), Place.MLEGITYMACJA, N_("Unieważnij"),
        N_("Unieważnia gotową mLegitymację i jej kody; najpierw pyta."), rank=5, is_final=True),
    UserCommand("mlegitymacja.qr", ("b",), Place.MLEGITYMACJA, N_("Kod QR"),
        N_("Pokazuje kod QR i kod aktywacyjny na całym ekranie."), rank=2),
    UserCommand("mlegitymacja.copy_token", ("t",), Place.MLEGITYMACJA, N_("Kopiuj QR"),
        N_("Kopiuje tekst kodu QR do schowka."), rank=3),
    UserCommand("mlegitymacja.copy_pass", ("k",), Place.MLEGITYMACJA, N_("Kopiuj kod"),
        N_("Kopiuje kod aktywacyjny do schowka."), rank=4),
    UserCommand("qr.large", ("d",), Place.QR, N_("Duży kod"),
        N_("Rysuje kod QR dużym, gdy skaner nie czyta go przez odstępy między wierszami."), rank=2),
    UserCommand("qr.invert", ("i",), Place.QR, N_("Odwróć barwy"),
        N_("Zamienia jasne z ciemnym, gdy terminal bez barw pokazuje kod jak negatyw."), rank=6),
    UserCommand("photo.send", ("o",), Place.PHOTO, N_("Zgłoś zdjęcie"),
        N_("Zgłasza wybrane zdjęcie do zatwierdzenia."), rank=2),
    UserCommand("els.apply", ("n",), Place.ELS, N_("Złóż wniosek"),
        N_("Składa wniosek o legitymację plastikową; najpierw pyta."), rank=2),
    UserCommand("payments.pay", ("o",), Place.PAYMENTS, N_("Zapłać"),
        N_("Wysyła symulowany przelew; kwotę i konto można poprawić."), rank=2),
    UserCommand("desk.switch", ("f7", "7"), Place.DESK, N_("Telefon"),
        N_("Przechodzi między USOSweb a telefonem; jedno i drugie zostaje, jak było."), rank=6),
    UserCommand("desk.phone", ("f8", "8"), Place.DESK, N_("mObywatel"),
        N_("Przechodzi do telefonu, do aplikacji mObywatel.")),
    UserCommand("phone.home", ("h",), Place.PHONE, N_("Aplikacje"),
        N_("Pokazuje aplikacje w telefonie."), rank=2),
    UserCommand("phone.mobilny_usos", ("m",), Place.PHONE, N_("Mobilny USOS"),
        N_("Otwiera aplikację Mobilny USOS."), rank=3),
    UserCommand("phone.mobywatel", ("o",), Place.PHONE, N_("mObywatel"),
        N_("Otwiera aplikację mObywatel."), rank=3),
    UserCommand("mobywatel.network", ("n",), Place.PHONE, N_("Sieć"),
        N_("Włącza albo wyłącza sieć w telefonie."), rank=7),
    UserCommand("mobywatel.other_phone", ("x",), Place.PHONE, N_("Drugi telefon"),
        N_("Bierze do ręki drugi telefon tej samej osoby.")),
    UserCommand("mobywatel.add", ("d",), Place.DOCUMENTS, N_("Dodaj"),
        N_("Dodaje dokument, jeśli nie ma go jeszcze w telefonie."), rank=2),
    UserCommand("mobywatel.confirm", ("p",), Place.DOCUMENTS, N_("Potwierdź"),
        N_("Potwierdza swoje dane osobie, która sprawdza dokument."), rank=4),
    UserCommand("mobywatel.update", ("r",), Place.DOCUMENTS, N_("Aktualizuj"),
        N_("Pobiera aktualne dane i ważność dokumentu."), rank=5),
    UserCommand("mobywatel.remove", ("U",), Place.DOCUMENTS, N_("Usuń"),
        N_("Usuwa dokument z telefonu; najpierw pyta."), rank=6, is_final=True),
    UserCommand("inspector.ask", ("p",), Place.INSPECTOR, N_("Sprawdź"),
        N_("Rozpoczyna sprawdzenie i pokazuje jego kod."), rank=2),
    UserCommand("inspector.finish", ("k",), Place.INSPECTOR, N_("Zakończ"),
        N_("Kończy sprawdzenie; jego wynik od razu znika."), rank=3),
)

OFFICE_COMMANDS = (
    UserCommand("office.orders", ("5",), Place.USOSWEB, N_("Zamówienia"),
        N_("Otwiera listę zamówień, ich historię i decyzje o nich.")),
    UserCommand("office.students", ("s",), Place.USOSWEB, N_("Studenci"),
        N_("Otwiera listę studentów i ich akta.")),
    UserCommand("office.simulation", ("y",), Place.USOSWEB, N_("Symulacja"),
        N_("Otwiera pulpit symulacji: czas i awarie.")),
    UserCommand("office.audit", ("d",), Place.USOSWEB, N_("Dziennik zmian"),
        N_("Otwiera dziennik: kto, kiedy i co zmienił.")),
    UserCommand("office.classes", ("q",), Place.USOSWEB, N_("Zajęcia"),
        N_("Otwiera zajęcia: ćwiczenia, które wiele osób robi naraz, i tablicę z ich postępami.")),
    UserCommand("office.find", ("n",), Place.OFFICE_LIST, N_("Szukaj"),
        N_("Przechodzi do pola wyszukiwania; strzałka w dół wraca do tabeli."), rank=2),
    UserCommand("orders.status", ("t",), Place.OFFICE_ORDERS, N_("Status"),
        N_("Pokazuje tylko zamówienia o wybranym statusie."), rank=3),
    UserCommand("orders.university", ("u",), Place.OFFICE_ORDERS, N_("Uczelnia"),
        N_("Pokazuje tylko zamówienia wybranej uczelni.")),
    UserCommand("orders.age", ("g",), Place.OFFICE_ORDERS, N_("Wiek"),
        N_("Pokazuje tylko zamówienia złożone dawniej niż podano.")),
    UserCommand("orders.sort", ("o",), Place.OFFICE_ORDERS, N_("Sortuj"),
        N_("Sortuje według wybranej kolumny; można też kliknąć nagłówek."), rank=4),
    UserCommand("orders.reverse", ("v",), Place.OFFICE_ORDERS, N_("Odwróć"),
        N_("Odwraca kolejność wierszy.")),
    UserCommand("orders.counters", ("c",), Place.OFFICE_ORDERS, N_("Liczniki"),
        N_("Liczy pokazane zamówienia według statusów i dni.")),
    UserCommand("orders.revoke_list", ("X",), Place.OFFICE_ORDERS, N_("Unieważnij listę"),
        N_("Unieważnia zamówienia z wklejonej listy; najpierw pokazuje podgląd."),
        rank=5, is_final=True),
    UserCommand("orders.export", ("e",), Place.OFFICE_ORDERS, N_("Eksport"),
        N_("Zapisuje pokazane wiersze do pliku CSV albo JSON."), rank=5),
    UserCommand("students.extend_els", ("e",), Place.OFFICE_STUDENTS, N_("Przedłuż ELS uczelni"),
        N_("Przedłuża ELS wszystkich studentów uczelni naraz; najpierw pokazuje podgląd."), rank=3),
    UserCommand("order.fail", ("B",), Place.OFFICE_ORDER, N_("Odrzuć zamówienie"),
        N_("Kończy zamówienie w toku błędem; wymaga powodu."), rank=2, is_final=True),
    UserCommand("order.retry", ("p",), Place.OFFICE_ORDER, N_("Ponów zamówienie"),
        N_("Składa zamówienie ponownie po błędzie, w imieniu studenta."), rank=2),
    UserCommand("order.revoke", ("U",), Place.OFFICE_ORDER, N_("Unieważnij"),
        N_("Unieważnia zamówienie i kody; wymaga powodu, najpierw pyta."), rank=2, is_final=True),
    UserCommand("order.student", ("o",), Place.OFFICE_ORDER, N_("Akta studenta"),
        N_("Otwiera akta studenta, który złożył zamówienie."), rank=3),
    UserCommand("student.approve_photo", ("t",), Place.OFFICE_STUDENT, N_("Zatwierdź zdjęcie"),
        N_("Zatwierdza zdjęcie, które czeka."), rank=2),
    UserCommand("student.reject_photo", ("O",), Place.OFFICE_STUDENT, N_("Odrzuć zdjęcie"),
        N_("Odrzuca zdjęcie, które czeka; wymaga powodu."), rank=3, is_final=True),
    UserCommand("student.issue_els", ("e",), Place.OFFICE_STUDENT, N_("Wydaj ELS"),
        N_("Wydaje legitymację plastikową z ważnością na ten semestr."), rank=4),
    UserCommand("student.extend_els", ("p",), Place.OFFICE_STUDENT, N_("Przedłuż ELS"),
        N_("Przedłuża legitymację plastikową na ten semestr."), rank=4),
    UserCommand("student.record_hologram", ("h",), Place.OFFICE_STUDENT, N_("Odnotuj hologram"),
        N_("Zapisuje w USOS datę z hologramu na karcie."), rank=4),
    UserCommand("student.book_payment", ("k",), Place.OFFICE_STUDENT, N_("Zaksięguj wpłatę"),
        N_("Księguje wpłatę należności, najpierw tej za kartę."), rank=5),
    UserCommand("student.change_surname", ("N",), Place.OFFICE_STUDENT, N_("Zmień nazwisko"),
        N_("Zapisuje nowe nazwisko; mLegitymacja traci ważność."), is_final=True),
    UserCommand("student.set_pesel", ("E",), Place.OFFICE_STUDENT, N_("Zapisz PESEL"),
        N_("Zapisuje zmyślony numer PESEL."), is_final=True),
    UserCommand("student.set_number", ("M",), Place.OFFICE_STUDENT, N_("Zapisz numer albumu"),
        N_("Nadaje albo zmienia numer albumu."), is_final=True),
    UserCommand("student.suspend", ("W",), Place.OFFICE_STUDENT, N_("Zawieś w prawach"),
        N_("Zawiesza w prawach studenta; mLegitymacja traci ważność."), is_final=True),
    UserCommand("student.strike_off", ("S",), Place.OFFICE_STUDENT, N_("Skreśl z listy"),
        N_("Skreśla z listy studentów; mLegitymacja traci ważność."), is_final=True),
    UserCommand("student.graduate", ("A",), Place.OFFICE_STUDENT, N_("Ukończenie studiów"),
        N_("Zapisuje, że student ukończył dziś studia."), is_final=True),
    UserCommand("student.reinstate", ("r",), Place.OFFICE_STUDENT, N_("Przywróć w prawach"),
        N_("Przywraca studenta do stanu aktywnego.")),
    UserCommand("simulation.pause", ("h",), Place.SIMULATION, N_("Zatrzymaj | wznów czas"),
        N_("Zatrzymuje czas symulacji albo puszcza go dalej."), rank=2),
    UserCommand("simulation.step", ("k",), Place.SIMULATION, N_("Następne zdarzenie"),
        N_("Przesuwa czas do najbliższego zdarzenia."), rank=3),
    UserCommand("simulation.forward", ("n",), Place.SIMULATION, N_("Naprzód o…"),
        N_("Przesuwa czas naprzód o podany okres."), rank=4),
    UserCommand("simulation.forward_to", ("t",), Place.SIMULATION, N_("Naprzód do daty…"),
        N_("Przesuwa czas naprzód do podanej daty.")),
    UserCommand("simulation.speed", ("v",), Place.SIMULATION, N_("Tempo czasu…"),
        N_("Ustala, jak szybko płynie czas symulacji.")),
    UserCommand("simulation.agent", ("g",), Place.SIMULATION, N_("Agent USOS"),
        N_("Wyłącza albo włącza agenta USOS, który wysyła zamówienia.")),
    UserCommand("simulation.ministry", ("i",), Place.SIMULATION, N_("System mObywatel"),
        N_("Wyłącza albo włącza system Ministerstwa.")),
    UserCommand("simulation.network", ("e",), Place.SIMULATION, N_("Sieć telefonów"),
        N_("Odcina telefony od sieci albo łączy je z powrotem.")),
    UserCommand("simulation.usosweb", ("9",), Place.SIMULATION, N_("USOSweb"),
        N_("Wyłącza albo włącza USOSweb.")),
    UserCommand("simulation.rejections", ("o",), Place.SIMULATION, N_("Odrzucenia…"),
        N_("Ustala, ile zamówień z tysiąca jest odrzucanych.")),
    UserCommand("simulation.slowdown", ("b",), Place.SIMULATION, N_("Spowolnienie…"),
        N_("Ustala, ile razy wolniej pracują systemy.")),
    UserCommand("simulation.scenario", ("c",), Place.SIMULATION, N_("Scenariusz…"),
        N_("Ustawia wybraną sytuację z jej studentami."), rank=5),
    UserCommand("simulation.reset", ("X",), Place.SIMULATION, N_("Dane demonstracyjne"),
        N_("Wraca do danych demonstracyjnych; najpierw pyta."), is_final=True),
    UserCommand("classes.open", ("o",), Place.OFFICE_CLASSES, N_("Otwórz zajęcia"),
        N_("Otwiera nowe zajęcia: nazwa, hasło i ćwiczenia po kolei."), rank=2),
    UserCommand("board.find", ("f",), Place.OFFICE_CLASS, N_("Znajdź osobę"),
        N_("Wymienia wszystkich na zajęciach z wyszukiwaniem i zaznacza wybraną osobę.")),
    UserCommand("board.look", ("r",), Place.OFFICE_CLASS, N_("Przez ramię"),
        N_("Pokazuje ekran osoby z zaznaczonego wiersza; ona o tym wie. Robi to też Enter."),
        rank=2),
    UserCommand("board.show", ("m",), Place.OFFICE_CLASS, N_("Pokaż mój ekran"),
        N_("Pokazuje Twój ekran wszystkim na zajęciach; drugi raz przestaje.")),
    UserCommand("board.demo", ("v",), Place.OFFICE_CLASS, N_("Pokaz dla wszystkich"),
        N_("Odtwarza wybrany pokaz na ekranach wszystkich na zajęciach.")),
    UserCommand("board.say", ("t",), Place.OFFICE_CLASS, N_("Napisz"),
        N_("Wysyła wiadomość do osoby z zaznaczonego wiersza."), rank=2),
    UserCommand("board.say_all", ("o",), Place.OFFICE_CLASS, N_("Napisz wszystkim"),
        N_("Wysyła wiadomość do wszystkich na zajęciach."), rank=3),
    UserCommand("board.hint", ("p",), Place.OFFICE_CLASS, N_("Podpowiedz"),
        N_("Daje osobie z zaznaczonego wiersza następną podpowiedź do jej ćwiczenia."), rank=4),
    UserCommand("board.hint_all", ("d",), Place.OFFICE_CLASS, N_("Podpowiedz wszystkim"),
        N_("Daje następną podpowiedź każdemu, kto jeszcze nie rozwiązał swojego ćwiczenia.")),
    UserCommand("board.next", ("n",), Place.OFFICE_CLASS, N_("Następne ćwiczenie"),
        N_("Daje osobie z zaznaczonego wiersza następne ćwiczenie.")),
    UserCommand("board.next_all", ("N",), Place.OFFICE_CLASS, N_("Następne wszystkim"),
        N_("Przechodzi z całymi zajęciami do następnego ćwiczenia; najpierw pyta."),
        rank=5, is_final=True),
    UserCommand("board.clock", ("c",), Place.OFFICE_CLASS, N_("Zegary"),
        N_("Zatrzymuje czas symulacji wszystkich na zajęciach albo puszcza go dalej."), rank=6),
    UserCommand("board.results", ("e",), Place.OFFICE_CLASS, N_("Wyniki"),
        N_("Pokazuje wyniki i zapisuje je jako CSV.")),
    UserCommand("board.remove", ("U",), Place.OFFICE_CLASS, N_("Wyproś"),
        N_("Usuwa z zajęć osobę z zaznaczonego wiersza i jej świat; najpierw pyta."),
        is_final=True),
    UserCommand("board.close", ("X",), Place.OFFICE_CLASS, N_("Zamknij zajęcia"),
        N_("Kończy zajęcia i usuwa wszystko, co do nich należy; najpierw pyta."),
        rank=7, is_final=True),
)
"""What is the office's alone."""
# fmt: on

COMMANDS: Mapping[str, UserCommand] = {command.id: command for command in (*_ALL, *OFFICE_COMMANDS)}

FOOTER_LENGTH = 7
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_KEY_NAMES = {**_ARROWS, "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}


def shown_key(key: str) -> str:
    """Return a key as it is written on screen: ``F1``, ``Ctrl+Q``, ``PgUp``, ``z``."""
    if len(key) == 1:
        return key
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))
