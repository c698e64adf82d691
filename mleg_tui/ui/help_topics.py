"""What the help says of each page: what it is in real life, what one can do, what is left out.

``{key[…]}`` stands for the key of a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mleg_tui.domain.messages import N_, MessageId

TOPICS: Mapping[str, MessageId] = MappingProxyType(
    {
        "usosweb.login": N_(
            "Strona logowania CAS. W rzeczywistości wpisuje się tu identyfikator i hasło "
            "uczelniane. W symulatorze działają tylko konta demonstracyjne z listy, wszystkie z "
            "hasłem demo. Enter prowadzi z pola do pola i loguje. Po kilku błędnych hasłach trzeba "
            "chwilę poczekać. Zmiany hasła i odzyskiwania konta tu nie ma."
        ),
        "usosweb.news": N_(
            "Pierwsza strona po zalogowaniu. Karty otwierają klawisze {key[usosweb.news]}, "
            "{key[usosweb.mine]}, {key[usosweb.students]} i {key[usosweb.staff]} albo strzałki na "
            "pasku kart, lewe menu klawisz {key[usosweb.menu]}. Prawdziwy USOSweb ma wiele innych "
            "stron; są tu tylko te, które prowadzą do mLegitymacji."
        ),
        "usosweb.my_data": N_(
            "Dane, które uczelnia ma w USOS. To z nich wynika, czy warunki zamówienia są "
            "spełnione. Poprawia je dziekanat, nie student. Ocen, zajęć i innych danych z "
            "prawdziwej karty MÓJ USOSWEB tu nie ma."
        ),
        "usosweb.students": N_(
            "Karta dla studentów. Stąd idzie się do mLegitymacji (klawisz "
            "{key[usosweb.mlegitymacja]}) i do zdjęcia (klawisz {key[usosweb.photo]}). "
            "Rejestracji, podań i innych spraw z prawdziwej karty tu nie ma."
        ),
        "usosweb.mlegitymacja": N_(
            "Tu zamawia się mLegitymację, śledzi zamówienie i odbiera kody. Prawdziwy USOSweb nie "
            "odświeża się sam: po kilku minutach trzeba odświeżyć stronę. Symulator umie oba "
            "sposoby ({key[usosweb.follow]}). Zamówienie można anulować, dopóki nie jest "
            "gotowe, a gotową mLegitymację unieważnić, np. po zmianie albo zgubieniu telefonu."
        ),
        "usosweb.payments": N_(
            "Należności i wpłaty w modelu FK. Każda należność ma swój numer konta; wpłata musi "
            "przyjść w terminie, później rosną odsetki. Za mała kwota albo złe konto zostawiają "
            "wpłatę nierozliczoną. Dane migrują w nocy, więc dzisiejszą wpłatę widać jutro. "
            "Poniżej jest mLegitymacja: klawisz {key[usosweb.mlegitymacja]} prowadzi do niej, "
            "{key[usosweb.payments]} z powrotem. Przelew jest zmyślony: żadnego banku tu nie ma."
        ),
        "usosweb.photo": N_(
            "Zdjęcie do legitymacji wysyła student, a zatwierdza dziekanat. Odrzucone zdjęcie "
            "ma podany powód; wtedy wysyła się inne. Tu są tylko zmyślone obrazki; plików "
            "symulator nie przyjmuje."
        ),
        "usosweb.staff_orders": N_(
            "Zamówienia mLegitymacji tak, jak widzi je dziekanat: kto, kiedy i w jakim są stanie. "
            "Kodu QR i kodu aktywacyjnego dziekanat nie widzi. Enter otwiera zamówienie z jego "
            "historią. W prawdziwym USOS wygląda to inaczej; tu jest to, co w nim ważne."
        ),
        "office.order": N_(
            "Jedno zamówienie z całą historią: kto, kiedy, co i dlaczego. Odrzucone zamówienie "
            "można ponowić; każda zmiana trafia do dziennika."
        ),
        "office.students": N_(
            "Studenci i to, czy spełniają warunki zamówienia. Enter otwiera akta, w których "
            "dziekanat zatwierdza zdjęcie, wydaje i przedłuża ELS, księguje wpłaty i zmienia dane. "
            "Toku studiów, ocen i podań tu nie ma."
        ),
        "office.student": N_(
            "Akta studenta. Po lewej to, co wie uczelnia, po prawej to, co dziekanat może zrobić; "
            "wyszarzone czynności mają podany powód. Zmiana danych i koniec praw studenta "
            "unieważniają mLegitymację."
        ),
        "office.audit": N_(
            "Każda zmiana: kto ją zrobił, kiedy w czasie symulacji i naprawdę, co było przed i po. "
            "Dziennika nikt nie może poprawić, a tajnych kodów w nim nie ma."
        ),
        "office.simulation": N_(
            "Tego pulpitu nie ma w prawdziwych systemach. Stąd prowadzący zatrzymuje i przesuwa "
            "czas, wyłącza systemy i ustawia scenariusze. Zmiany widzą wszystkie sesje."
        ),
        "phone.home": N_(
            "Telefon studenta. Aplikacje zostają tak, jak je zostawiono. {key[desk.switch]} wraca "
            "do USOSweb. Powiadomienie otwiera się klawiszem Enter. Są tu tylko aplikacje, "
            "których potrzebuje mLegitymacja; obok jest to, czego prawdziwy telefon nie ma."
        ),
        "mobilny_usos.menu": N_(
            "Mobilny USOS: aplikacja uczelni. Z bocznego menu wybiera się mLegitymację; innych "
            "pozycji prawdziwego menu (plan zajęć, oceny) tu nie ma."
        ),
        "mobilny_usos.tab": N_(
            "Zakładka mLegitymacja w Mobilnym USOS. Dalej: Moja mLegitymacja, gdzie się ją zamawia "
            "i odbiera kody."
        ),
        "mobilny_usos.mine": N_(
            "To samo zamówienie co w USOSweb. Gdy mLegitymacja jest gotowa, telefon pokazuje "
            "powiadomienie, a na tej stronie są kod QR i kod aktywacyjny, każdy do skopiowania."
        ),
        "mobywatel.lock": N_(
            "Najpierw instaluje się aplikację. mObywatel ma własne hasło, inne niż w USOSweb i "
            "inne niż kod aktywacyjny. Po trzech błędnych hasłach aplikacja jest przez minutę "
            "zablokowana. Klawisz {key[mobywatel.other_phone]} bierze do ręki drugi telefon. "
            "Profilu zaufanego i innych sposobów logowania tu nie ma."
        ),
        "mobywatel.documents": N_(
            "Dokumenty w telefonie. Okazywać można je bez sieci, dodawać, aktualizować i "
            "potwierdzać tylko z siecią (klawisz {key[mobywatel.network]}). Z prawdziwych "
            "dokumentów są tu tylko legitymacje."
        ),
        "mobywatel.add": N_(
            "Legitymację dodaje się tokenem (kod QR) i kodem aktywacyjnym z USOSweb albo Mobilnego "
            "USOS. Spacje i końce wierszy nie szkodzą, wielkość liter ma znaczenie. Esc pyta, czy "
            "przerwać."
        ),
        "mobywatel.document": N_(
            "Dokument z chwilą okazania, która biegnie na żywo; po niej poznaje się, że to nie "
            "zdjęcie ekranu. Kod kreskowy zawiera numer legitymacji, który nie może być prawdziwy. "
            "Po unieważnieniu w USOSweb dokument traci ważność przy aktualizacji."
        ),
        "mobywatel.confirm": N_(
            "Kontroler pokazuje sześć cyfr. Po ich wpisaniu widać, kto prosi o dane, i można je "
            "udostępnić. Ważność podaje system mObywatel, nie telefon."
        ),
        "inspector": N_(
            "Sprawdzanie dokumentu: kod trzeba podać okazicielowi, który wpisuje go w mObywatelu. "
            "Wynik jest widoczny kilka minut. Samo zdjęcie dokumentu niczego nie potwierdza."
        ),
        "usosweb.qr": N_(
            "Kod QR do zeskanowania w mObywatelu i kod aktywacyjny do wpisania. Jeśli skaner nie "
            "widzi kodu, przeszkadzają mu zwykle odstępy między wierszami terminala: w dużym oknie "
            "pomaga duży kod (klawisz {key[qr.large]}), inaczej przepisz tekst. Klawisz "
            "{key[qr.invert]} odwraca kolory terminala bez barw."
        ),
    }
)
