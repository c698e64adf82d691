"""The office's chapters: what the dean's office does so that students can order, and to end it."""

from __future__ import annotations

from collections.abc import Iterator

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order_status import OrderStatus
from mleg_tui.domain.university import Condition, OrderPath, University
from mleg_tui.errands.expectation import Expected
from mleg_tui.errands.steps import (
    Choose,
    Fill,
    Forward,
    Give,
    Office,
    Order,
    Pay,
    Push,
    SendPhoto,
    Step,
    WaitFor,
)
from mleg_tui.guide.chapter import DEBTOR, OFFICE, STUDENT, Chapter, Move
from mleg_tui.locale import _, local
from mleg_tui.simulation.progress import REJECTED

_JAN = "jan.kowalski"
"""Whose plastic card was not extended."""
_LOST = N_("Zgubiony telefon")
_LEFT = N_("Skreślenie z listy studentów")
_STUDENTS = Give("office.students")
_ISSUED = (
    Order(who=STUDENT),
    WaitFor(OrderStatus.READY, who=STUDENT),
    Give("usosweb.staff"),
)
_REVOKED = Expected(who=STUDENT, status=OrderStatus.REVOKED)


def office_chapters(university: University) -> Iterator[Chapter]:
    """Yield what this university's office has to do, the usual first."""
    yield approve_photo()
    if Condition.ELS_EXTENDED in university.regulation.conditions:
        yield extend_els()
        yield extend_all(university)
    if OrderPath.PAYMENTS in university.paths:
        yield book_payment()
    yield retry(university)
    yield revoke()
    yield revoke_list()


def approve_photo() -> Chapter:
    """Tell how a student's file is found, and the photo in it approved."""
    return Chapter(
        id="approve-photo",
        title=_("Dziekanat: zatwierdzenie zdjęcia"),
        about=_("Zdjęcie, które student wysłał, liczy się dopiero, gdy dziekanat je zatwierdzi."),
        user=OFFICE,
        setup=(SendPhoto("owl", who=DEBTOR),),
        moves=(
            Move(say=_("Przejdź do zakładki „DLA PRACOWNIKÓW”."), steps=(Give("usosweb.staff"),)),
            Move(
                say=_("W menu wybierz „Studenci”."),
                before=(Give("usosweb.menu"),),
                steps=(Choose("office_students"),),
            ),
            Move(
                say=_("Wpisz nazwisko albo numer albumu; wystarczą litery bez ogonków."),
                steps=(Fill(field="find", text="zielinski", submit=True),),
            ),
            Move(say=_("Otwórz akta."), steps=(Choose(),)),
            Move(
                say=_("Obejrzyj zdjęcie. Jeżeli jest dobre, zatwierdź je; inaczej odrzuć."),
                steps=(Choose("student.approve_photo"),),
            ),
            Move(
                say=_("Zdjęcie jest zatwierdzone, a student widzi to przy swoich warunkach."),
                look=("photo-state",),
            ),
        ),
    )


def _file_of(surname: str) -> tuple[Step, ...]:
    """Return the way to the list on which a student's file is marked."""
    return (_STUDENTS, Fill(field="find", text=surname, submit=True))


def _open_file() -> Move:
    return Move(say=_("W „Studenci” wyszukaj studenta i otwórz jego akta."), steps=(Choose(),))


def extend_els() -> Chapter:
    """Tell how one plastic card is extended."""
    return Chapter(
        id="extend-els",
        title=_("Dziekanat: przedłużenie ELS"),
        about=_("Liczy się zapis w USOS, nie hologram. Opłaty muszą być przedtem rozliczone."),
        user=OFFICE,
        setup=_file_of("kowalski"),
        expect=Expected(who=_JAN, why_cannot_order=()),
        moves=(
            _open_file(),
            Move(say=_("Przedłuż ELS na ten semestr."), steps=(Choose("student.extend_els"),)),
            Move(say=_("Student może teraz zamówić mLegitymację."), look=("conditions",)),
        ),
    )


def extend_all(university: University) -> Chapter:
    """Tell how the cards of all are extended at once."""
    return Chapter(
        id="extend-all",
        title=_("Dziekanat: przedłużenie ELS wszystkim"),
        about=_("Na początku semestru można przedłużyć karty całej uczelni naraz."),
        user=OFFICE,
        setup=(_STUDENTS,),
        expect=Expected(who=_JAN, why_cannot_order=()),
        moves=(
            Move(
                say=_("W „Studenci” wybierz „Przedłuż ELS uczelni”."),
                steps=(Give("students.extend_els"),),
            ),
            Move(
                say=_("Wybierz uczelnię: {university}.").format(university=local(university.name)),
                steps=(Choose(university.id),),
            ),
            Move(
                say=_("Podgląd mówi, czyje karty zostaną przedłużone, a czyje nie. Potwierdź."),
                steps=(Push("yes"),),
            ),
            Move(say=_("Przeczytaj, co zostało zrobione."), steps=(Push("no"),)),
        ),
    )


def book_payment() -> Chapter:
    """Tell how a payment that came astray is booked, and the card issued."""
    return Chapter(
        id="book-payment",
        title=_("Dziekanat: zaksięgowanie wpłaty i wydanie ELS"),
        about=_(
            "Wpłata na złe konto pozostaje nierozliczona, dopóki dziekanat jej nie zaksięguje."
        ),
        user=OFFICE,
        setup=(
            Pay("22", account="00109010140000071219812874", who=DEBTOR),
            Forward(by="1d"),
            *_file_of("zielinski"),
        ),
        expect=Expected(who=DEBTOR, why_cannot_order=()),
        moves=(
            _open_file(),
            Move(say=_("Zaksięguj wpłatę za ELS."), steps=(Choose("student.book_payment"),)),
            Move(say=_("Sprawdź, której należności dotyczy, i potwierdź."), steps=(Push("yes"),)),
            Move(
                say=_("Opłata jest rozliczona, więc można wydać ELS."),
                steps=(Choose("student.issue_els"),),
            ),
        ),
    )


def retry(university: University) -> Chapter:
    """Tell how an order that failed is placed once more."""
    return Chapter(
        id="retry",
        title=_("Dziekanat: ponowienie zamówienia po błędzie"),
        about=_("Zamówienie może zostać odrzucone po przekazaniu; powód jest w historii."),
        user=OFFICE,
        setup=(
            Order(who=STUDENT),
            Office("fail", REJECTED, who=STUDENT),
            Give("usosweb.staff"),
        ),
        expect=Expected(who=STUDENT, status=OrderStatus.PENDING, orders=2),
        moves=(
            Move(
                say=_("W „Zamówienia” otwórz to, które ma status „{status}”.").format(
                    status=local(university.label(OrderStatus.ERROR))
                ),
                steps=(Choose(),),
            ),
            Move(say=_("Gdy przyczyna minęła, ponów zamówienie."), steps=(Choose("order.retry"),)),
            Move(say=_("Potwierdź."), steps=(Push("yes"),)),
            Move(say=_("Jest nowe zamówienie, a student widzi je u siebie."), look=("facts",)),
        ),
    )


def revoke() -> Chapter:
    """Tell how one mLegitymacja is revoked."""
    return Chapter(
        id="revoke",
        title=_("Dziekanat: unieważnienie mLegitymacji"),
        about=_("Wymaga powodu, który zobaczy student. Tego nie można cofnąć."),
        user=OFFICE,
        setup=_ISSUED,
        expect=_REVOKED,
        moves=(
            Move(say=_("W „Zamówienia” otwórz zamówienie."), steps=(Choose(),)),
            Move(say=_("Wybierz „Unieważnij”."), steps=(Choose("order.revoke"),)),
            Move(
                say=_("Podaj powód i potwierdź."),
                steps=(Fill(field="field-0", text=_LOST), Push("yes")),
            ),
            Move(say=_("Historia mówi, kto, kiedy i dlaczego."), look=("history",)),
        ),
    )


def revoke_list() -> Chapter:
    """Tell how those of a list are revoked at once."""
    return Chapter(
        id="revoke-list",
        title=_("Dziekanat: unieważnienie z listy"),
        about=_("Na przykład po skreśleniu wielu studentów naraz."),
        user=OFFICE,
        setup=_ISSUED,
        expect=_REVOKED,
        moves=(
            Move(
                say=_("W „Zamówienia” wybierz „Unieważnij listę”."),
                steps=(Give("orders.revoke_list"),),
            ),
            Move(
                say=_(
                    "Wklej numery albumu albo identyfikatory (1), podaj powód (2) i poproś "
                    "o podgląd (3)."
                ),
                steps=(
                    Fill(field="field-0", text="401237 999999"),
                    Fill(field="field-1", text=_LEFT),
                    Push("yes"),
                ),
            ),
            Move(
                say=_(
                    "Podgląd mówi o każdej pozycji, czy coś zostanie unieważnione, a jeśli nie, "
                    "to dlaczego. Nic jeszcze nie zostało zmienione; potwierdź."
                ),
                steps=(Push("yes"),),
            ),
            Move(
                say=_("Na dole widać, ile unieważniono. Po odświeżeniu lista ma nowy status."),
                steps=(Give("usosweb.refresh"),),
            ),
        ),
    )
