"""The student's chapters: the way to the order that the university has, then mObywatel.

The texts are those of the instructions that universities give (docs/domain.md §3, §5, §8, §9).
"""

from __future__ import annotations

from collections.abc import Iterator

from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.domain.phone import Validity
from mleg_tui.domain.university import OrderPath, University
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import (
    DEMO_PASSWORD,
    Choose,
    Fill,
    Forward,
    Give,
    Key,
    Order,
    PhoneAdd,
    Push,
    WaitFor,
)
from mleg_tui.guide.chapter import DEBTOR, PHONE, STUDENT, Chapter, Move
from mleg_tui.locale import _, local

_APP_PASSWORD = "Mocne-haslo1"  # noqa: S105 - of a phone that is only drawn
_IN_PROGRESS, _READY = WaitFor(OrderStatus.IN_PROGRESS), WaitFor(OrderStatus.READY)
_READY_AT_LAST = Expected(who=STUDENT, status=OrderStatus.READY)
_COPIED = frozenset({OrderPath.APPLICATION, OrderPath.MOBILE})
"""Ways to the order whose instructions have the codes copied, not scanned."""


def student_chapters(university: University) -> Iterator[Chapter]:
    """Yield the chapters that this university's students need, the usual way first."""
    ways = {
        OrderPath.MENU: usosweb,
        OrderPath.PAYMENTS: usosweb,
        OrderPath.APPLICATION: usosweb,
        OrderPath.MOBILE: mobilny_usos,
    }
    used = [*dict.fromkeys(ways[path] for path in university.paths)]
    yield from (way(university) for way in used)
    yield mobywatel(university)
    yield photo()
    if OrderPath.PAYMENTS in university.paths:
        yield fee()
    if usosweb in used:
        yield new_phone(university)


def usosweb(university: University) -> Chapter:
    """Tell the way through USOSweb: by the menu, the payments page or the application."""
    return Chapter(
        id="usosweb",
        title=_("Zamówienie w USOSweb"),
        about=_("Od zalogowania do kodu QR i kodu aktywacyjnego."),
        moves=(*_way_in(university), *_order(university), *_wait(university)),
        expect=_READY_AT_LAST,
    )


def _way_in(university: University) -> Iterator[Move]:
    yield Move(
        say=_("Zaloguj się do USOSweb: {address}").format(address=university.address),
        steps=(
            Fill(field="login", text=STUDENT),
            Fill(field="password", text=DEMO_PASSWORD),
            Push("submit"),
        ),
    )
    yield Move(
        say=_("Przejdź do zakładki „DLA STUDENTÓW”."),
        steps=(Give("usosweb.students"),),
    )
    if OrderPath.PAYMENTS in university.paths:
        yield Move(
            say=_(
                "Przejdź do sekcji „Płatności (model FK)”, gdzie są wszystkie informacje "
                "o opłatach. Tam też zamawia się mLegitymację."
            ),
            steps=(Push("to-payments"),),
        )
    else:
        yield Move(
            say=_("Wybierz „mLegitymacja”: na tej stronie albo w menu po lewej."),
            steps=(Push("to-mlegitymacja"),),
        )


def _order(university: University) -> Iterator[Move]:
    yield Move(
        say=_(
            "Sprawdź, czy spełniasz wszystkie warunki. Gdy któryś nie jest spełniony, stoi przy "
            "nim powód i to, kto może go usunąć."
        ),
        look=("conditions",),
    )
    if not university.consents:
        yield Move(
            say=_("Zamów mLegitymację niebieskim przyciskiem „Zamów mLegitymację”."),
            steps=(Push("order"),),
        )
        return
    yield Move(
        say=_("Przyciskiem „Zamów mLegitymację” otwórz wniosek o wydanie mLegitymacji."),
        steps=(Push("order"),),
    )
    yield from _consents(university)


def _consents(university: University) -> Iterator[Move]:
    """Tell how the application is filed, where there is one."""
    if university.consents:
        yield Move(
            say=_(
                "Przeczytaj i zaakceptuj wszystkie zgody, potem złóż wniosek. Bez którejkolwiek "
                "z nich nie ma zamówienia ani kodu QR."
            ),
            steps=(*(Push(f"consent-{one.id}") for one in university.consents), Push("place")),
        )


def _wait(university: University) -> Iterator[Move]:
    skin = university.skin
    refresh = Push("refresh") if skin.refresh_label else Give("usosweb.refresh")
    yield Move(
        say=_("Pojawi się zamówienie. Najpierw ma ono status „{status}”.").format(
            status=_status(university, OrderStatus.PENDING)
        ),
        look=("status",),
    )
    yield Move(
        say=_(
            "USOSweb nie odświeża się sam: po chwili odśwież stronę. Status zmieni się na "
            "„{status}”."
        ).format(status=_status(university, OrderStatus.IN_PROGRESS)),
        before=(_IN_PROGRESS,),
        steps=(refresh,),
    )
    yield Move(
        say=_(
            "Po kilku minutach odśwież stronę jeszcze raz. Gdy system mObywatel przetworzy "
            "zamówienie, status zmieni się na „{status}”."
        ).format(status=_status(university, OrderStatus.READY)),
        before=(_READY,),
        steps=(refresh,),
    )
    if skin.install_label is not None:
        yield Move(
            say=_("Naciśnij „{button}”, a pojawią się kody.").format(
                button=local(skin.install_label)
            ),
            steps=(Push("codes"),),
        )
    codes = _("Na stronie są kod QR z tekstem obok (1) i kod aktywacyjny (2).")
    if university.closing_line is None:
        codes += " " + _("Dalej idzie się w aplikacji mObywatel.")
    else:
        codes += " " + local(university.closing_line)
    yield Move(say=codes, look=("token", "pass"))


def mobilny_usos(university: University) -> Chapter:
    """Tell the way through Mobilny USOS."""
    return Chapter(
        id="mobilny-usos",
        title=_("Zamówienie w aplikacji Mobilny USOS"),
        about=_("To samo zamówienie, złożone w telefonie."),
        user=STUDENT,
        setup=(Give("desk.switch"),),
        columns=PHONE,
        expect=_READY_AT_LAST,
        moves=(
            Move(
                say=_("Otwórz aplikację Mobilny USOS w swoim telefonie."),
                steps=(Push("phone-mobilny_usos"),),
            ),
            Move(
                say=_("Wybierz zakładkę „mLegitymacja” z bocznego menu."),
                steps=(Push("to-mlegitymacja"),),
            ),
            Move(say=_("Naciśnij „Moja mLegitymacja”."), steps=(Push("to-mine"),)),
            Move(say=_("Naciśnij „Zamów mLegitymację”."), steps=(Push("order"),)),
            *_consents(university),
            Move(
                say=_(
                    "Na ekranie jest informacja, że zamówienie jest w toku. Przetwarzanie trwa na "
                    "ogół nie więcej niż dobę; potem przyjdzie powiadomienie."
                ),
                look=("progress",),
            ),
            Move(
                say=_("Gdy przyjdzie powiadomienie, otwórz je: mLegitymację można zainstalować."),
                before=(Give("phone.home"), _READY),
                steps=(Push("banner"),),
            ),
            Move(
                say=_(
                    "W tej samej zakładce są kod QR jako tekst (1) i kod aktywacyjny (2). Każdy "
                    "można skopiować do aplikacji mObywatel."
                ),
                look=("copy-token", "copy-pass"),
            ),
        ),
    )


def mobywatel(university: University) -> Chapter:
    """Tell how the mLegitymacja comes to the phone, and what it shows there."""
    document = local(university.document_name)
    return Chapter(
        id="mobywatel",
        title=_("mLegitymacja w aplikacji mObywatel"),
        about=_("Potrzebne są kod QR i kod aktywacyjny z poprzedniego rozdziału, oraz sieć."),
        user=STUDENT,
        setup=(Order(), _READY, Give("usosweb.mlegitymacja"), Give("desk.phone")),
        columns=PHONE,
        expect=Expected(status=OrderStatus.COLLECTED, documents={"1": Validity.VALID}),
        moves=(
            Move(
                say=_("Pobierz i zainstaluj w telefonie aplikację mObywatel."),
                steps=(Push("install"),),
            ),
            Move(
                say=_(
                    "Przy pierwszym uruchomieniu ustaw hasło aplikacji. To nie jest ani hasło do "
                    "USOSweb, ani kod aktywacyjny."
                ),
                steps=(
                    Fill(field="new", text=_APP_PASSWORD),
                    Fill(field="repeated", text=_APP_PASSWORD),
                    Push("set"),
                ),
            ),
            Move(say=_("Dodaj nowy dokument."), steps=(Push("add"),)),
            Move(
                say=_("W panelu „Wybór dokumentu” naciśnij „{document}”.").format(
                    document=document
                ),
                steps=(Push("student-card"),),
            ),
            Move(
                say=_("Zapoznaj się z regulaminem usługi mLegitymacja studencka i zaakceptuj go."),
                steps=(Push("terms"), Push("next")),
            ),
            *_token(university),
            Move(
                say=_("Wprowadź kod aktywacyjny. Wielkość liter ma znaczenie."),
                steps=(Fill(field="code-typed", text="{code}"), Push("activate")),
            ),
            Move(
                say=_(
                    "Po zatwierdzeniu pojawia się mLegitymacja. Aby ją okazać, otwórz mObywatela "
                    "i wybierz ją: widać wtedy datę i godzinę okazania. Działa to także bez sieci."
                ),
                look=("moment",),
            ),
        ),
    )


def _token(university: University) -> Iterator[Move]:
    """Tell how the QR code comes to the app: scanned, or copied as its text."""
    if not _COPIED.intersection(university.paths):
        yield Move(
            say=_(
                "Pozwól aplikacji używać aparatu. Bez tej zgody tekst spod kodu QR można wpisać."
            ),
            steps=(Push("grant"),),
        )
        yield Move(say=_("Zeskanuj kod QR z USOSweb."), steps=(Push("scan"),))
        return
    yield Move(
        say=_(
            "Aplikacja pyta o aparat. Jeżeli na to pozwolisz, kod QR zeskanujesz; bez tej zgody "
            "wprowadza się go jako tekst."
        ),
        steps=(Push("refuse"),),
    )
    yield Move(
        say=_("Skopiuj kod QR z zakładki mLegitymacja, wprowadź go tutaj i zatwierdź."),
        steps=(Fill(field="token-typed", text="{token}"), Push("next")),
    )


def photo() -> Chapter:
    """Tell how a photo is sent, where there is none or it was rejected."""
    return Chapter(
        id="photo",
        title=_("Zdjęcie do legitymacji"),
        about=_("Gdy w USOS nie ma zdjęcia albo zostało odrzucone."),
        user=DEBTOR,
        setup=(Give("usosweb.photo"), Key("tab")),
        moves=(
            Move(
                say=_("Na stronie „Zdjęcie do legitymacji” wybierz nowe zdjęcie."),
                steps=(Choose("owl"),),
            ),
            Move(say=_("Zgłoś je do zatwierdzenia."), steps=(Push("send"),)),
            Move(say=_("Poczekaj, aż dziekanat zatwierdzi zdjęcie."), look=("state",)),
        ),
    )


def fee() -> Chapter:
    """Tell how the fee for the plastic card is paid, and when that is seen."""
    return Chapter(
        id="fee",
        title=_("Płatności (model FK): opłata za ELS"),
        about=_("Bez rozliczonej opłaty dziekanat nie wyda legitymacji plastikowej (ELS)."),
        user=DEBTOR,
        setup=(Give("usosweb.payments"),),
        moves=(
            Move(
                say=_("W „Należności nierozliczone” są kwoty i terminy płatności."),
                look=("subpage",),
            ),
            Move(
                say=_("Wybierz zapłatę. W symulatorze przelew jest zmyślony."), steps=(Push("pay"),)
            ),
            Move(
                say=_(
                    "Każda należność ma swój numer konta. Zapłać całą kwotę na to konto i przed "
                    "terminem; potem rosną odsetki."
                ),
                steps=(Push("yes"),),
            ),
            Move(
                say=_("Dane migrują w nocy, więc dzisiejszą wpłatę widać jutro."),
                look=("on-the-way",),
            ),
            Move(
                say=_("Następnego dnia odśwież stronę."),
                before=(Forward(by="1d"),),
                steps=(Give("usosweb.refresh"),),
            ),
            Move(
                say=_("Opłaty za ELS nie ma już wśród nierozliczonych; dziekanat może ją wydać."),
                look=("subpage",),
            ),
        ),
    )


def new_phone(university: University) -> Chapter:
    """Tell the repair for a new phone, a lost one, and codes that mObywatel does not know."""
    end = "revoke" if university.skin.end_label is None else "end"
    return Chapter(
        id="new-phone",
        title=_("Nowy albo zgubiony telefon"),
        about=_(
            "Jedna mLegitymacja żyje na jednym telefonie. Tak samo postępuje się, gdy mObywatel "
            "mówi „mLegitymacja nie istnieje”: unieważnij i zamów ponownie."
        ),
        user=STUDENT,
        setup=(Order(), _READY, PhoneAdd(), Give("usosweb.mlegitymacja")),
        expect=Expected(status=OrderStatus.PENDING, orders=2),
        moves=(
            Move(say=_("Na stronie mLegitymacja zakończ dotychczasową."), steps=(Push(end),)),
            Move(
                say=_("Potwierdź. Dokument w starym telefonie straci ważność."),
                steps=(Push("yes"),),
            ),
            Move(say=_("Zamów mLegitymację ponownie."), steps=(Push("order"),)),
            *_consents(university),
            Move(
                say=_(
                    "Dalej jest tak jak za pierwszym razem: nowe kody wprowadź w nowym telefonie."
                ),
                look=("status",),
            ),
        ),
    )


def _status(university: University, status: OrderStatus) -> str:
    return local(university.label(status))
