"""F1: what the page is in real life, what one can do on it, and the keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.locale import _
from mleg_tui.ui.commands import COMMANDS, PLACE_TITLES, Place, shown_key
from mleg_tui.ui.widgets.bars import SimulationBar

TOPICS: Mapping[str, MessageId] = MappingProxyType(
    {
        "usosweb.login": N_(
            "Strona logowania CAS. W rzeczywistości wpisuje się tu identyfikator i hasło "
            "uczelniane. W symulatorze działają tylko konta demonstracyjne z listy. Po kilku "
            "błędnych hasłach trzeba chwilę poczekać."
        ),
        "usosweb.news": N_(
            "Pierwsza strona po zalogowaniu. Karty otwierają klawisze 1–4 albo strzałki na pasku "
            "kart, lewe menu klawisz m."
        ),
        "usosweb.my_data": N_(
            "Dane, które uczelnia ma w USOS. To z nich wynika, czy warunki zamówienia są "
            "spełnione. Poprawia je dziekanat, nie student."
        ),
        "usosweb.students": N_("Karta dla studentów. Stąd idzie się do mLegitymacji."),
        "usosweb.mlegitymacja": N_(
            "Tu zamawia się mLegitymację, śledzi zamówienie i odbiera kody. Prawdziwy USOSweb nie "
            "odświeża się sam: po kilku minutach trzeba odświeżyć stronę. Symulator umie oba "
            "sposoby (F6). Zamówienie można anulować, dopóki nie jest gotowe, a gotową "
            "mLegitymację unieważnić, np. po zmianie albo zgubieniu telefonu."
        ),
        "usosweb.payments": N_(
            "Należności i wpłaty w modelu FK. Każda należność ma swój numer konta; wpłata musi "
            "przyjść w terminie, później rosną odsetki. Za mała kwota albo złe konto zostawiają "
            "wpłatę nierozliczoną. Dane migrują w nocy, więc dzisiejszą wpłatę widać jutro. "
            "Poniżej jest mLegitymacja: klawisz l prowadzi do niej, p z powrotem."
        ),
        "usosweb.photo": N_(
            "Zdjęcie do legitymacji wysyła student, a zatwierdza dziekanat. Odrzucone zdjęcie "
            "ma podany powód; wtedy wysyła się inne. Tu są tylko zmyślone obrazki."
        ),
        "usosweb.staff_orders": N_(
            "Zamówienia mLegitymacji tak, jak widzi je dziekanat: kto, kiedy i w jakim są stanie. "
            "Kodu QR i kodu aktywacyjnego dziekanat nie widzi."
        ),
        "office.order": N_(
            "Jedno zamówienie z całą historią: kto, kiedy, co i dlaczego. Odrzucone zamówienie "
            "można ponowić; każda zmiana trafia do dziennika."
        ),
        "office.students": N_(
            "Studenci i to, czy spełniają warunki zamówienia. Enter otwiera akta, w których "
            "dziekanat zatwierdza zdjęcie, wydaje i przedłuża ELS, księguje wpłaty i zmienia dane."
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
            "Telefon studenta. Aplikacje zostają tak, jak je zostawiono. F7 wraca do USOSweb."
        ),
        "mobilny_usos.menu": N_(
            "Mobilny USOS: aplikacja uczelni. Z bocznego menu wybiera się mLegitymację."
        ),
        "mobilny_usos.tab": N_("Zakładka mLegitymacja w Mobilnym USOS. Dalej: Moja mLegitymacja."),
        "mobilny_usos.mine": N_(
            "To samo zamówienie co w USOSweb. Gdy mLegitymacja jest gotowa, telefon pokazuje "
            "powiadomienie, a na tej stronie są kod QR i kod aktywacyjny, każdy do skopiowania."
        ),
        "mobywatel.lock": N_(
            "mObywatel ma własne hasło, inne niż w USOSweb i inne niż kod aktywacyjny. Po trzech "
            "błędnych hasłach aplikacja jest przez minutę zablokowana. Klawisz x bierze do ręki "
            "drugi telefon."
        ),
        "mobywatel.documents": N_(
            "Dokumenty w telefonie. Okazywać można je bez sieci, dodawać, aktualizować i "
            "potwierdzać tylko z siecią (klawisz n)."
        ),
        "mobywatel.add": N_(
            "Legitymację dodaje się tokenem (kod QR) i kodem aktywacyjnym z USOSweb albo Mobilnego "
            "USOS. Spacje i końce wierszy nie szkodzą, wielkość liter ma znaczenie. Esc pyta, czy "
            "przerwać."
        ),
        "mobywatel.document": N_(
            "Dokument z chwilą okazania, która biegnie na żywo; po niej poznaje się, że to nie "
            "zdjęcie ekranu. Po unieważnieniu w USOSweb dokument traci ważność przy aktualizacji."
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
            "widzi kodu, powiększ okno albo przepisz tekst; klawisz i odwraca kolory terminala "
            "bez barw."
        ),
    }
)
MARKING = N_(
    "Tekst można zaznaczyć myszą; w wielu terminalach trzeba przy tym trzymać Shift "
    "(macOS: Option). Pod tmuxem kopiowanie ułatwia: set -s set-clipboard on."
)


class Help(ModalScreen[None]):
    """The page's explanation and all keys, from the definitions of the commands."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss(None)", show=False)
    ]
    AUTO_FOCUS = "#text"

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        """Draw the help."""
        yield SimulationBar()
        with VerticalScroll(id="text"):
            yield Static(id="help")

    def on_mount(self) -> None:
        """Fill it."""
        self.say()

    def say(self) -> None:
        """Say it in the session's present language."""
        parts = [Content(_(TOPICS[self._topic])), Content("")] if self._topic in TOPICS else []
        for place in Place:
            parts.append(Content.from_markup("[b]$title[/b]", title=_(PLACE_TITLES[place])))
            parts += [
                Content.from_markup(
                    "  [b]$keys[/b] $help",
                    keys=" ".join(shown_key(key) for key in command.keys).ljust(10),
                    help=_(command.help),
                )
                for command in COMMANDS.values()
                if command.place is place
            ]
            parts.append(Content(""))
        parts += [Content(_(MARKING)), Content(""), Content(_("Esc zamyka pomoc."))]
        self.query_one("#help", Static).update(Content("\n").join(parts))
